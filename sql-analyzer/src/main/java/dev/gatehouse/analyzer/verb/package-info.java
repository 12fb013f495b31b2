/**
 * Reads the commands that neither query nor change single rows, by their synopses: the manual's own, written down in
 * text files of this package's resources.
 */
@NullMarked
package dev.gatehouse.analyzer.verb;

import org.jspecify.annotations.NullMarked;
