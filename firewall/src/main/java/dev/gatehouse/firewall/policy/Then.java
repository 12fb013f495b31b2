package dev.gatehouse.firewall.policy;

import java.util.Set;

/** What a rule does when it matches. */
public sealed interface Then {

    /**
     * Allows the statement.
     *
     * @param overrides ids of block and approve rules that then do not count
     */
    record Allow(Set<String> overrides) implements Then {
        public Allow {
            overrides = Set.copyOf(overrides);
        }
    }

    /**
     * Blocks it.
     *
     * @param message what the client is told; empty for the rule's title
     * @param hint what to do; may be empty
     */
    record Block(String message, String hint) implements Then {}

    /** Lets it wait for people, if it is allowed at all. */
    record Approve(Flow flow) implements Then {}
}
