package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Applicant.Wanted;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** How grants change in the store; each method is one step of a transaction. */
final class GrantRegister {

    private static final String COUNTS = " revoked_at IS NULL AND until_at > ? AND (most_uses = 0 OR uses < most_uses)";

    private GrantRegister() {}

    /**
     * A grant that counts.
     *
     * @param id its request's
     */
    record Live(String id, String rule, String identity) {}

    /** Notes what a request asks for. */
    static void open(Connection connection, Request request, Wanted wanted) throws SQLException {
        Sql.change(
                connection,
                "INSERT INTO approval_grant (request, rule, identity, seconds, most_uses, uses) VALUES (?, ?, ?, ?, ?, 0)",
                request.id(),
                wanted.rule(),
                request.session().subject().name(),
                wanted.length().toSeconds(),
                wanted.mostUses());
    }

    /** What follows from an approval: of a grant, that it counts from now on; of a statement, nothing yet. */
    static Ticket begin(Connection connection, Matter matter, Ticket.Approved approved, Register register, Instant now)
            throws SQLException {
        List<Long> lengths = Sql.rows(
                connection,
                "SELECT seconds FROM approval_grant WHERE request = ?",
                row -> row.getLong("seconds"),
                matter.id());
        if (lengths.isEmpty()) {
            return approved;
        }
        Instant until = now.plus(Duration.ofSeconds(lengths.get(0)));
        Sql.change(connection, "UPDATE approval_grant SET until_at = ? WHERE request = ?", until, matter.id());
        register.claim(connection, matter.id(), matter.decision(), now);
        String result = Ticket.Used.GRANTED + until.truncatedTo(ChronoUnit.SECONDS);
        Register.ran(connection, matter.decision(), result);
        return new Ticket.Used(approved, matter.decision(), Optional.of(result));
    }

    /** All that count now. */
    static List<Live> live(Connection connection, Instant now) throws SQLException {
        return Sql.rows(
                connection,
                "SELECT request, rule, identity FROM approval_grant WHERE" + COUNTS + " ORDER BY until_at, request",
                row -> new Live(row.getString("request"), row.getString("rule"), row.getString("identity")),
                now);
    }

    /** Takes one statement from a grant; whether it counts and is this identity's. */
    static boolean spend(Connection connection, String id, String identity, Instant now) throws SQLException {
        return Sql.change(
                        connection,
                        "UPDATE approval_grant SET uses = uses + 1 WHERE request = ? AND identity = ? AND" + COUNTS,
                        id,
                        identity,
                        now)
                == 1;
    }

    /** Ends a grant; whether it still counted. */
    static boolean revoke(Connection connection, String id, Instant now) throws SQLException {
        return Sql.change(
                        connection,
                        "UPDATE approval_grant SET revoked_at = ? WHERE request = ? AND" + COUNTS,
                        now,
                        id,
                        now)
                == 1;
    }

    /** Notes with a request that its grant was revoked. */
    static void told(Connection connection, String id, String result) throws SQLException {
        Sql.change(
                connection,
                "UPDATE approval_request SET version = version + 1, result = ? WHERE id = ?",
                Sql.text(result),
                id);
    }
}
