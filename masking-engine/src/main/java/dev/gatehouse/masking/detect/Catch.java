package dev.gatehouse.masking.detect;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.policy.ValueKind;

/**
 * What is looked for, and what is made of it.
 *
 * @param kind what is looked for
 * @param mask writes what is shown in its place
 */
public record Catch(ValueKind kind, Mask mask) {}
