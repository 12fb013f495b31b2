/** Which cells of a result are rewritten, and how. */
@NullMarked
package dev.gatehouse.firewall.masking;

import org.jspecify.annotations.NullMarked;
