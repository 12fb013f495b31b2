/** Tests of the second reading. */
@NullMarked
package dev.gatehouse.analyzer.second;

import org.jspecify.annotations.NullMarked;
