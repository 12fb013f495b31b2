/** Result sets: what their columns are, and the masked form of their rows. */
@NullMarked
package dev.gatehouse.wire.mysql.result;

import org.jspecify.annotations.NullMarked;
