package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Parameter;
import dev.gatehouse.firewall.statement.Statement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the journal is told of one session's statements and the rulings on them. */
final class StatementRecords {

    /** Larger values bound to what is allowed are not written down twice. */
    private static final int MOST_BOUND_BYTES = 16 << 10;

    private final Session session;
    private final Recorder recorder;
    private final Rulings rulings;

    StatementRecords(Session session, Recorder recorder, Rulings rulings) {
        this.session = session;
        this.recorder = recorder;
        this.rulings = rulings;
    }

    /**
     * Records that a statement is allowed, without a copy where nothing is bound to it.
     *
     * @throws Recorder.JournalUnavailable if it could not be recorded
     */
    void allowed(Statement statement, long decision, Ruling.Source rule) {
        int bound = statement.boundBytes();
        if (bound == 0) {
            String version = rulings.policy().version();
            recorder.allowed(session.number(), decision, statement.sql(), statement.length(), rule.id(), version);
        } else if (bound <= MOST_BOUND_BYTES) {
            recorder.record(asked(statement, decision, Verdict.ALLOW, rule, ""));
        } else {
            String detail = "parameters of " + bound + " bytes, which stand in the client's frames alone";
            recorder.record(event(decision, sql(statement), List.of(), Verdict.ALLOW, rule, detail));
        }
    }

    /** A ruling on a statement, with its text and the values bound to it. */
    Event.Asked asked(Statement statement, long decision, Verdict verdict, Ruling.Source rule, String detail) {
        List<Parameter> parameters = statement.parameters();
        return event(
                decision,
                sql(statement),
                parameters.stream().map(Parameter::text).toList(),
                verdict,
                rule,
                detail);
    }

    /** The refusal of what hides or bypasses SQL. */
    Event.Asked notPassed(long decision, String what) {
        return event(decision, "", List.of(), Verdict.BLOCK, Refusals.PROTOCOL, what);
    }

    private Event.Asked event(
            long decision,
            String sql,
            List<@Nullable String> parameters,
            Verdict verdict,
            Ruling.Source rule,
            String detail) {
        return new Event.Asked(
                session.number(),
                decision,
                sql,
                parameters,
                verdict,
                rule.id(),
                rulings.policy().version(),
                detail);
    }

    /** A statement's text. */
    static String sql(Statement statement) {
        return new String(statement.sql(), 0, statement.length(), StandardCharsets.UTF_8);
    }
}
