/** Cuts statement text into tokens exactly as the server would, by dialect and session mode. */
@NullMarked
package dev.gatehouse.analyzer.lexer;

import org.jspecify.annotations.NullMarked;
