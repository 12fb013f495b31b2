package dev.gatehouse.firewall.policy;

/**
 * A mask the policy puts on a column.
 *
 * @param id the mask's id in the policy file
 * @param transform what it does to a value
 */
public record MaskRule(String id, Transform transform) {}
