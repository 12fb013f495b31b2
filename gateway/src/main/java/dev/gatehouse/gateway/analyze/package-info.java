/** The command that tells what statements do: lines of JSON in, lines of JSON out. */
@NullMarked
package dev.gatehouse.gateway.analyze;

import org.jspecify.annotations.NullMarked;
