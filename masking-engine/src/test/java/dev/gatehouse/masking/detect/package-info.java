/** Tests of what is recognised in texts. */
@NullMarked
package dev.gatehouse.masking.detect;

import org.jspecify.annotations.NullMarked;
