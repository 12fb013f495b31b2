/** Measures how much of a folder of statements the analyzer understands, and how right it is. */
@NullMarked
package dev.gatehouse.bench.corpora;

import org.jspecify.annotations.NullMarked;
