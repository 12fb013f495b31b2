package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Applicant;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.statement.Parameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How requests change in the store; each method is one step of a transaction. */
final class Register {

    static final int MOST_OPEN = 1000;
    /** Of the texts and values of those that are open; one alone may be longer. */
    static final long MOST_CHARACTERS = 64 << 20;

    /** For so long the answer to what was rejected stays the same. */
    static final Duration REJECTION_STANDS = Duration.ofMinutes(10);

    /** For so long the store remembers how a request ended; the journal knows it longer. */
    static final Duration REMEMBERED = Duration.ofDays(90);

    private static final String MOVE = "UPDATE approval_request SET version = version + 1, state = ?";

    /** What this gateway is called. */
    private final String gateway;

    Register(String gateway) {
        this.gateway = gateway;
    }

    /** Lets nobody else bring a statement to the desk until the transaction has ended. */
    static void lockDesk(Connection connection) throws SQLException {
        Sql.count(connection, "SELECT id FROM approval_desk WHERE id = 1 FOR UPDATE");
    }

    static boolean isTaken(Connection connection, String id) throws SQLException {
        return Sql.count(connection, "SELECT count(*) FROM approval_request WHERE id = ?", id) > 0;
    }

    /** Why one more request is not taken in. */
    static Optional<String> tooMany(Connection connection, Request request) throws SQLException {
        String open = "FROM approval_request WHERE state IN ('pending', 'approved')";
        long all = Sql.count(connection, "SELECT count(*) " + open);
        if (all >= MOST_OPEN) {
            return Optional.of("too many requests are open");
        }
        long together = Sql.count(connection, "SELECT coalesce(sum(characters), 0) " + open);
        if (all > 0 && together + characters(request) > MOST_CHARACTERS) {
            return Optional.of("the requests that are open are too long together");
        }
        String name = request.session().subject().name();
        String flow = request.flow().name();
        long own = Sql.count(connection, "SELECT count(*) " + open + " AND identity = ? AND flow = ?", name, flow);
        return own < request.flow().mostPending()
                ? Optional.empty()
                : Optional.of(name + " has " + own + " requests open, as many as " + flow + " allows");
    }

    private static long characters(Request request) {
        long all = request.sql().length();
        for (Parameter parameter : request.parameters()) {
            String text = parameter.text();
            all += text == null ? 0 : text.length();
        }
        return all;
    }

    /** Takes in a request. */
    static void open(Connection connection, Request request, Applicant applicant) throws SQLException {
        Sql.change(
                connection,
                "INSERT INTO approval_request (id, version, state, same, identity, flow, characters, stays, session,"
                        + " decision, policy, asked_at, deadline, reason, document)"
                        + " VALUES (?, 1, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?)",
                request.id(),
                Sameness.of(request),
                request.session().subject().name(),
                request.flow().name(),
                characters(request),
                applicant.stays(),
                applicant.session(),
                applicant.decision(),
                applicant.asked().policy(),
                request.asked(),
                request.deadline(),
                RequestDocument.write(request));
    }

    /** The version of the policy by which a request was asked for. */
    static Optional<String> policy(Connection connection, String id) throws SQLException {
        return Sql.rows(connection, "SELECT policy FROM approval_request WHERE id = ?", row -> row.getString(1), id)
                .stream()
                .findFirst();
    }

    /** Seats a statement at a request, until a moment of the store's clock. */
    void seat(Connection connection, String id, Applicant applicant, Instant until) throws SQLException {
        Sql.change(
                connection,
                "INSERT INTO approval_place (request, decision, gateway, until_at) VALUES (?, ?, ?, ?)",
                id,
                applicant.decision(),
                gateway,
                until);
    }

    static void unseat(Connection connection, String id, long decision) throws SQLException {
        Sql.change(connection, "DELETE FROM approval_place WHERE request = ? AND decision = ?", id, decision);
    }

    /** How many statements wait for a request, at all gateways. */
    static long seated(Connection connection, String id, Instant now) throws SQLException {
        return Sql.count(connection, "SELECT count(*) FROM approval_place WHERE request = ? AND until_at > ?", id, now);
    }

    /** Notes a person's decision, and where the request stands after it. */
    static void vote(Connection connection, Matter matter, Ticket.Vote vote, boolean approves, Ticket next)
            throws SQLException {
        long number = Sql.count(connection, "SELECT count(*) FROM approval_vote WHERE request = ?", matter.id());
        Sql.change(
                connection,
                "INSERT INTO approval_vote (request, number, approves, reviewer, who, operator, via, comment, at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                matter.id(),
                number + 1,
                approves,
                vote.by().name(),
                vote.by().name().toLowerCase(Locale.ROOT),
                vote.by().operator(),
                vote.by().via(),
                Sql.text(vote.comment()),
                vote.at());
        if (next instanceof Ticket.Approved approved) {
            Sql.change(connection, MOVE + ", run_until = ? WHERE id = ?", "approved", approved.until(), matter.id());
        } else if (next instanceof Ticket.Denied) {
            end(connection, matter.id(), "rejected", "", vote.at());
        } else {
            Sql.change(connection, MOVE + " WHERE id = ?", "pending", matter.id());
        }
    }

    /** Ends a request undecided or unused. */
    static void end(Connection connection, String id, String state, String reason, Instant now) throws SQLException {
        Sql.change(connection, MOVE + ", reason = ?, ended_at = ? WHERE id = ?", state, Sql.text(reason), now, id);
        Sql.change(connection, "DELETE FROM approval_place WHERE request = ?", id);
    }

    /** Spends an approval on a statement, which is the only one from then on. */
    void claim(Connection connection, String id, long decision, Instant now) throws SQLException {
        int claimed = Sql.change(
                connection,
                MOVE + ", claimed_by = ?, claimed_at = ?, gateway = ?, ended_at = ?"
                        + " WHERE id = ? AND state = 'approved' AND claimed_by IS NULL",
                "claimed",
                decision,
                now,
                gateway,
                now,
                id);
        if (claimed != 1) {
            throw new SQLException(id + " was not approved when it was claimed");
        }
        Sql.change(connection, "DELETE FROM approval_place WHERE request = ?", id);
    }

    /** Notes what the server answered to the statement that an approval was spent on. */
    static void ran(Connection connection, long decision, String result) throws SQLException {
        Sql.change(
                connection,
                "UPDATE approval_request SET version = version + 1, result = ? WHERE claimed_by = ? AND result IS NULL",
                Sql.text(result),
                decision);
    }

    /** Forgets what ended long ago. */
    static void forget(Connection connection, Instant now) throws SQLException {
        Sql.change(connection, "DELETE FROM approval_request WHERE ended_at < ?", now.minus(REMEMBERED));
    }
}
