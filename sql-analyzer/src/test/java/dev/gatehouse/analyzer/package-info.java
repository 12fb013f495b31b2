/** Tests of the analyzer. */
@NullMarked
package dev.gatehouse.analyzer;

import org.jspecify.annotations.NullMarked;
