/** Has two parsers watch each other: whether their trees of one statement name the same, and nothing got lost. */
@NullMarked
package dev.gatehouse.analyzer.agreement;

import org.jspecify.annotations.NullMarked;
