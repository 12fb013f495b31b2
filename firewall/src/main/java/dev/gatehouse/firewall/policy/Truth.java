package dev.gatehouse.firewall.policy;

/** Whether a condition holds, when what it asks may not be known. What protects takes the unknown for a match, what allows does not. */
public enum Truth {
    NO,
    UNKNOWN,
    YES;

    static Truth of(boolean holds) {
        return holds ? YES : NO;
    }

    Truth and(Truth other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Truth or(Truth other) {
        return compareTo(other) >= 0 ? this : other;
    }

    Truth not() {
        return this == YES ? NO : this == NO ? YES : UNKNOWN;
    }
}
