package dev.gatehouse.firewall.approval;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.StatementClass;
import java.util.Set;

/**
 * Tells the statements that mean something else in another session, or later in their own: those that use its variables,
 * temporary tables, cursors or prepared statements, its transaction, or data that its client sends behind them. What was approved of them is certain only as long as their session
 * does nothing but wait.
 */
public final class SessionBound {

    /** Functions whose results are of the session. */
    private static final Set<String> OF_THE_SESSION = Set.of(
            "current_setting",
            "currval",
            "lastval",
            "pg_backend_pid",
            "last_insert_id",
            "found_rows",
            "row_count",
            "connection_id");

    /** Kinds that read what the client sends behind them, or where they left off. */
    private static final Set<Kind> WITH_MORE_TO_COME = Set.of(Kind.COPY_IN, Kind.LOAD_DATA_LOCAL, Kind.HANDLER);

    private SessionBound() {}

    /** Whether the statement is one of these, or may be. */
    public static boolean is(Analysis analysis, Scope scope) {
        return scope.hasTemporaries()
                || analysis.match(
                        understood -> understood.commands().stream().anyMatch(SessionBound::is), opaque -> true);
    }

    private static boolean is(Command command) {
        return command.naming().isPresent()
                || command.kinds().stream().anyMatch(SessionBound::is)
                || command.effects().stream().anyMatch(SessionBound::is);
    }

    private static boolean is(Kind kind) {
        return WITH_MORE_TO_COME.contains(kind) || kind.statementClass() == StatementClass.TRANSACTION;
    }

    private static boolean is(Effect effect) {
        return effect instanceof Effect.Recalls
                || (effect instanceof Effect.Calls calls && OF_THE_SESSION.contains(calls.name()))
                || (effect instanceof Effect.Runs runs && runs.code() == Effect.Code.PREPARED);
    }
}
