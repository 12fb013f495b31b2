package dev.gatehouse.firewall.audit;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.statement.Dialect;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One thing the journal tells. */
public sealed interface Event {

    /** The session it belongs to, see {@link dev.gatehouse.firewall.session.Id}. */
    long session();

    /** A client was let in. */
    record Opened(
            long session,
            String user,
            String kind,
            List<String> groups,
            String source,
            String application,
            String protocol,
            String upstream,
            String database,
            String login)
            implements Event {

        /** The beginning of this session. */
        public static Opened of(Session session) {
            Subject subject = session.subject();
            return new Opened(
                    session.number(),
                    subject.name(),
                    subject.kind().name().toLowerCase(Locale.ROOT),
                    subject.groups().stream().sorted().toList(),
                    session.source().getHostAddress(),
                    session.application(),
                    session.upstream().dialect() == Dialect.POSTGRESQL ? "postgres" : "mysql",
                    session.upstream().name(),
                    session.database(),
                    session.login().name());
        }
    }

    /** A client was turned away before a session began; {@code session} numbers the connection. */
    record TurnedAway(long session, String source, String user, String reason) implements Event {}

    /**
     * Bytes that came from, or went to, a client: whole frames or parts of them, in order. Concatenated, the bytes of one
     * direction are the stream, but that secrets in it are zeros.
     */
    record Frames(long session, Direction direction, byte[] bytes) implements Event {}

    /**
     * A statement was ruled on. Recorded before it is forwarded.
     *
     * @param decision the decision's number
     * @param sql the exact text
     * @param parameters the bound values; null for SQL's NULL; empty where {@code detail} says that they are too large
     * @param verdict the ruling
     * @param rule the rule that decided
     * @param policy the policy's version
     * @param detail for a block, the message; for an approval, the request's id; else empty, or that the parameters stand in
     *     the frames alone
     */
    record Asked(
            long session,
            long decision,
            String sql,
            List<@Nullable String> parameters,
            Verdict verdict,
            String rule,
            String policy,
            String detail)
            implements Event {}

    /**
     * A request moved: approved, rejected, expired or withdrawn. Recorded before anything follows from it.
     *
     * @param decision the decision that opened the request
     * @param request the request's id
     * @param outcome {@code approved | rejected | expired | withdrawn}, or {@code approval} for one of several approvals
     *     that are needed, after which it still waits; {@code opened} where a reason was given, which is the comment;
     *     {@code used} by the statement, {@code viewed} by a person, or {@code uncertain} when nobody can say whether what
     *     was recorded before has come about; {@code granted} for a statement that was taken from a grant, and {@code
     *     revoked} for the grant's end
     * @param by who decided; empty for expiry
     * @param comment what they said
     */
    record Decided(long session, long decision, String request, String outcome, String by, String comment)
            implements Event {}

    /**
     * The server has answered a statement.
     *
     * @param decision the decision that let it through
     * @param result the command tag, or the SQLSTATE and message as the client got it
     * @param failed whether it was an error
     * @param masked the masks that rewrote its rows
     */
    record Answered(long session, long decision, String result, boolean failed, List<String> masked) implements Event {}

    /** The session ended. */
    record Closed(long session, String reason) implements Event {}

    /**
     * An event with when it happened.
     *
     * @param at wall clock time
     * @param nanos monotonic time, comparable within one run of the gateway only
     * @param sequence the record's place in the journal
     */
    record Entry(Instant at, long nanos, long sequence, Event event) {}
}
