package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.policy.RulePolicy;

/**
 * A server file and its policy, both found good.
 *
 * @param settings the server
 * @param policy the rules
 */
public record Configuration(Settings settings, RulePolicy policy) {}
