package dev.gatehouse.analyzer.tree;

/** How far a changed setting reaches. */
public enum Span {
    /** The rest of the transaction. */
    TRANSACTION,
    /** The rest of the session. */
    SESSION,
    /** One statement. */
    STATEMENT,
    /** Every session of the server, until it restarts. */
    GLOBAL,
    /** Every session of the server, a database or a role, for good. */
    LASTING,
    /** A variable of the session that holds a value of the client's own. */
    VARIABLE
}
