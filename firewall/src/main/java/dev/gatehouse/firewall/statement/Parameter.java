package dev.gatehouse.firewall.statement;

import org.jspecify.annotations.Nullable;

/**
 * A value bound to a statement's parameter, as a reviewer is shown it.
 *
 * @param text the value as text, or as {@code \x} and hexadecimal digits when it came in a binary form that is not known;
 *     null for SQL's NULL
 */
public record Parameter(@Nullable String text) {}
