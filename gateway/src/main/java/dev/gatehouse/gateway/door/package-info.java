/** Who may come in, and to which upstream. */
@NullMarked
package dev.gatehouse.gateway.door;

import org.jspecify.annotations.NullMarked;
