package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Statement.Transaction;
import dev.gatehouse.wire.mysql.message.Status;

/** Whether a transaction is open, and whether it may have written, as the server tells it and by what it was sent. */
final class TransactionState {

    /** What stays true between two answers. */
    private static final int LASTING =
            Status.IN_TRANSACTION | Status.AUTOCOMMIT | Status.NO_BACKSLASH_ESCAPES | Status.ANSI_QUOTES;

    private int status;
    /** Whether the open transaction was sent something that writes. */
    private boolean wrote;

    /** Takes in what the server tells behind an answer. */
    void told(int flags) {
        status = flags;
        if ((flags & Status.IN_TRANSACTION) == 0) {
            wrote = false;
        }
    }

    /** Notes that the server was sent a statement. */
    void sent(Analysis analysis) {
        wrote = wrote || analysis.mayWrite();
    }

    /** What the next statement meets. */
    Transaction met() {
        if ((status & Status.IN_TRANSACTION) == 0) {
            return Transaction.NONE;
        }
        return wrote ? Transaction.WRITTEN : Transaction.CLEAN;
    }

    /** The flags that the gateway tells behind an answer of its own. */
    int status() {
        return status & LASTING;
    }
}
