/** Looks through texts for values that give themselves away, whatever column they stand in. */
@NullMarked
package dev.gatehouse.masking.detect;

import org.jspecify.annotations.NullMarked;
