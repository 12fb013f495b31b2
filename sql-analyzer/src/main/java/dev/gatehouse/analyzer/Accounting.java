package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Catalog;
import dev.gatehouse.firewall.statement.Scope;
import java.util.List;

/**
 * Reads texts for tools: each statement of a text by itself, on the caller's thread, whose stack should be large. An
 * instance holds what is known of one database and may be used by many threads.
 */
public final class Accounting {

    private final Snapshot snapshot;

    /** @param snapshot what is known; with {@link Snapshot#EMPTY} tables are those the text names */
    public Accounting(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** What is known, for who asks of columns. */
    public Catalog catalog() {
        return Views.of(snapshot);
    }

    /**
     * Accounts for each statement of a text.
     *
     * @param sql UTF-8
     * @return in the order of the text; empty when there is no statement in it
     * @throws Unreadable if the server could not read the text either, whatever it is to mean: a zero byte, a string or
     *     comment without an end
     */
    public List<StatementAccount> read(byte[] sql, Scope scope) {
        return CommandReader.each(sql, snapshot, scope);
    }
}
