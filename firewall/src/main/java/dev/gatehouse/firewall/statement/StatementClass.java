package dev.gatehouse.firewall.statement;

import java.util.Locale;

/** The coarse sorts of statement, in the words policy files use. */
public enum StatementClass {
    READ,
    WRITE,
    DDL,
    DCL,
    SESSION,
    TRANSACTION,
    ADMIN,
    UNKNOWN;

    /** The word policy files use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
