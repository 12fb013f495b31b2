package dev.gatehouse.firewall.audit;

import java.util.Locale;

/** What was decided about a statement, in the words filters use. */
public enum Verdict {
    ALLOW,
    BLOCK,
    /** Held for approval; what became of it is a {@code Decided} event of its own. */
    APPROVE;

    /** The word filters use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
