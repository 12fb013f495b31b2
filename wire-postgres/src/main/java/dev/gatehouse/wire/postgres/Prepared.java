package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.wire.postgres.message.RowDescription;
import org.jspecify.annotations.Nullable;

/** A prepared statement as the gateway knows it. Lives on the session's loop. */
final class Prepared {

    final String name;
    final byte[] sql;
    int[] types;
    /** The last analysis of the text, and the scope it was made for. */
    Analysis analysis;

    Scope scope;
    /** How the server cut the text into tokens, whatever its setting has become since. */
    final Modes modes;
    /** Whether the server was asked to describe the result, by the client or by us. */
    boolean describing;
    /** The result's columns; null until the server has described them, or when there are none. */
    @Nullable
    RowDescription columns;
    /** The statement this one takes the name of, which comes back if the server refuses this one. */
    final @Nullable Prepared previous;

    Prepared(String name, byte[] sql, int[] types, Analysis analysis, Scope scope, @Nullable Prepared previous) {
        this.name = name;
        this.sql = sql;
        this.types = types;
        this.analysis = analysis;
        this.scope = scope;
        this.modes = scope.modes();
        this.previous = previous;
    }
}
