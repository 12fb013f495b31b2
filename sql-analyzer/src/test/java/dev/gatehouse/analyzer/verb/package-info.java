/** Tests of the commands that neither query nor change single rows. */
@NullMarked
package dev.gatehouse.analyzer.verb;

import org.jspecify.annotations.NullMarked;
