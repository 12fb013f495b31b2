/** Tests of the masks. */
@NullMarked
package dev.gatehouse.masking.masks;

import org.jspecify.annotations.NullMarked;
