/** The masks: each rewrites the bytes of one value. */
@NullMarked
package dev.gatehouse.masking.masks;

import org.jspecify.annotations.NullMarked;
