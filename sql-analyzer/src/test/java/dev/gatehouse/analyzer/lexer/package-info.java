/** Tests of the lexers. */
@NullMarked
package dev.gatehouse.analyzer.lexer;

import org.jspecify.annotations.NullMarked;
