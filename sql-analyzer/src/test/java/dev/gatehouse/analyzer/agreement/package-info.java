/** Tests of what is made of two readings. */
@NullMarked
package dev.gatehouse.analyzer.agreement;

import org.jspecify.annotations.NullMarked;
