/** Tests of the masking plan. */
@NullMarked
package dev.gatehouse.masking;

import org.jspecify.annotations.NullMarked;
