/** The command line: one small class for each command, and what they share. */
@NullMarked
package dev.gatehouse.gateway.command;

import org.jspecify.annotations.NullMarked;
