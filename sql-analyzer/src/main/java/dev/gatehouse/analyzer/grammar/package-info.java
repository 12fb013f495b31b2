/** Reads statements into the syntax tree, with parsers generated from Calcite's grammar template and our productions. */
@NullMarked
package dev.gatehouse.analyzer.grammar;

import org.jspecify.annotations.NullMarked;
