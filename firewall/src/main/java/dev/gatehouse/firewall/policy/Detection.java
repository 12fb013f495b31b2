package dev.gatehouse.firewall.policy;

/**
 * What is looked for in texts of columns that are shown in clear, and what is shown in its place.
 *
 * @param kind what is looked for
 * @param rule the mask for it
 */
public record Detection(ValueKind kind, MaskRule rule) {}
