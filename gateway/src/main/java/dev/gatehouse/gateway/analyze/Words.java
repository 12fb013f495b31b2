package dev.gatehouse.gateway.analyze;

import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Command.Where;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.StatementClass;

/** The words of the answers that are not those of policy files. */
final class Words {

    private Words() {}

    /**
     * The class of a command: what it is for, by its own verb; a query that also writes counts as a write.
     *
     * @see <a href="https://www.postgresql.org/docs/current/sql-commands.html">SQL Commands</a>
     */
    static String statementClass(Command command) {
        return runsCode(command) ? "code" : byVerb(command);
    }

    /**
     * Whether a statement takes part that is not in the text: {@code EXPLAIN EXECUTE p}, {@code CREATE TABLE t AS EXECUTE p},
     * {@code SET STATEMENT … FOR CALL p()}.
     */
    private static boolean runsCode(Command command) {
        boolean sets = command.verb() == Kind.SET;
        return command.effects().stream()
                .anyMatch(
                        effect -> effect instanceof Effect.Runs runs && (sets || runs.code() == Effect.Code.PREPARED));
    }

    private static String byVerb(Command command) {
        return switch (command.verb()) {
            case SELECT -> command.kinds().stream().anyMatch(Words::writes) ? "write" : "read";
            case HANDLER -> "read";
            case CALL, DO, EXECUTE -> "code";
            case DECLARE, FETCH, MOVE, CLOSE, EXPLAIN, COPY_IN, COPY_OUT, LOAD_DATA, LOAD_DATA_LOCAL, UNKNOWN ->
                "utility";
            default -> of(command.verb().statementClass());
        };
    }

    /** Whether a query of this kind leaves something behind. */
    private static boolean writes(Kind kind) {
        return kind == Kind.INTO_OUTFILE
                || kind.statementClass() == StatementClass.WRITE
                || kind.statementClass() == StatementClass.DDL;
    }

    private static String of(StatementClass statementClass) {
        return switch (statementClass) {
            case ADMIN, UNKNOWN -> "utility";
            case READ, WRITE, DDL, DCL, SESSION, TRANSACTION -> statementClass.word();
        };
    }

    static String use(Use use) {
        return switch (use) {
            case RESULT -> "output";
            case PREDICATE -> "predicate";
            case JOIN -> "join";
            case ORDER -> "order";
            case GROUP -> "group";
            case AGGREGATE -> "aggregate";
            case CARRIED -> "carried";
            case WRITTEN -> "written";
        };
    }

    static String where(Where where) {
        return switch (where) {
            case NOT_APPLICABLE -> "none";
            case PRESENT -> "present";
            case MISSING -> "missing";
            case ALWAYS_TRUE -> "always_true";
        };
    }
}
