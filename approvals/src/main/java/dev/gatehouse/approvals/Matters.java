package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Requests as they are read from the store. */
final class Matters {

    private static final String OPEN = "state IN ('pending', 'approved')";

    private Matters() {}

    /** A row, before the votes are put to it. */
    private record Row(
            Request request,
            String state,
            long version,
            boolean stays,
            long session,
            long decision,
            String reason,
            long claimedBy,
            Optional<String> result) {

        static Row of(ResultSet from) throws SQLException {
            return new Row(
                    RequestDocument.read(
                            from.getString("document"),
                            from.getString("id"),
                            Sql.instant(from, "asked_at"),
                            Sql.instant(from, "deadline")),
                    from.getString("state"),
                    from.getLong("version"),
                    from.getBoolean("stays"),
                    from.getLong("session"),
                    from.getLong("decision"),
                    from.getString("reason"),
                    from.getLong("claimed_by"),
                    Optional.ofNullable(from.getString("result")));
        }

        Matter with(List<Cast> votes) {
            return new Matter(ticket(votes), version, stays, session, decision);
        }

        private Ticket ticket(List<Cast> votes) {
            List<Ticket.Vote> approvals =
                    votes.stream().filter(Cast::approves).map(Cast::vote).toList();
            return switch (state) {
                case "pending" -> new Ticket.Pending(request, approvals);
                case "approved" -> new Ticket.Approved(request, approvals);
                case "claimed" -> new Ticket.Used(new Ticket.Approved(request, approvals), claimedBy, result);
                case "rejected" ->
                    new Ticket.Denied(request, votes.get(votes.size() - 1).vote());
                case "expired" -> new Ticket.Expired(request);
                case "withdrawn" -> new Ticket.Withdrawn(request, reason);
                default -> throw new IllegalStateException("the store holds a request in the state " + state);
            };
        }
    }

    /** One person's decision. */
    private record Cast(String request, boolean approves, Ticket.Vote vote) {

        static Cast of(ResultSet from) throws SQLException {
            Reviewer by = new Reviewer(
                    from.getString("reviewer"), Set.of(), from.getBoolean("operator"), from.getString("via"));
            return new Cast(
                    from.getString("request"),
                    from.getBoolean("approves"),
                    new Ticket.Vote(by, from.getString("comment"), Sql.instant(from, "at")));
        }
    }

    /** The request of that id, which nobody else changes until the transaction has ended. */
    static Optional<Matter> lock(Connection connection, String id) throws SQLException {
        return first(connection, "WHERE id = ? FOR UPDATE", id);
    }

    static Optional<Matter> find(Connection connection, String id) throws SQLException {
        return first(connection, "WHERE id = ?", id);
    }

    /** The request that is open for what is asked, as {@link #lock} has it. */
    static Optional<Matter> lockOpenFor(Connection connection, Request asked) throws SQLException {
        return first(connection, "WHERE same = ? AND " + OPEN + " FOR UPDATE", Sameness.of(asked));
    }

    /** The rejection of what is asked that still stands. */
    static Optional<Matter> rejected(Connection connection, Request asked, Instant now) throws SQLException {
        return first(
                connection,
                "WHERE same = ? AND state = 'rejected' AND ended_at > ? ORDER BY ended_at DESC LIMIT 1",
                Sameness.of(asked),
                now.minus(Register.REJECTION_STANDS));
    }

    /** The latest that still waits for a decision. */
    static Optional<Matter> lastPending(Connection connection) throws SQLException {
        return first(connection, "WHERE state = 'pending' ORDER BY asked_at DESC, decision DESC LIMIT 1");
    }

    /** Those whose time has passed. */
    static List<String> due(Connection connection, Instant now) throws SQLException {
        return Sql.rows(
                connection,
                "SELECT id FROM approval_request WHERE (state = 'pending' AND deadline <= ?)"
                        + " OR (state = 'approved' AND run_until <= ?)",
                result -> result.getString(1),
                now,
                now);
    }

    /** How often each of these has changed; those that are not there are left out. */
    static Map<String, Long> versions(Connection connection, Collection<String> ids) throws SQLException {
        Map<String, Long> versions = new HashMap<>();
        if (!ids.isEmpty()) {
            Sql.rows(
                    connection,
                    "SELECT id, version FROM approval_request WHERE id IN " + Sql.list(ids.size()),
                    row -> versions.put(row.getString(1), row.getLong(2)),
                    ids.toArray());
        }
        return versions;
    }

    /**
     * Those that are open, the oldest first, then those that ended, the latest first.
     *
     * @param mostEnded how many of those
     * @param mostCharacters how long their texts and values may be together; one alone may be longer
     */
    static List<Ticket> all(Connection connection, int mostEnded, long mostCharacters) throws SQLException {
        String ended = "WHERE NOT " + OPEN + " ORDER BY ended_at DESC, version DESC LIMIT " + mostEnded;
        List<String> ids = ids(connection, "WHERE " + OPEN + " ORDER BY asked_at, decision", Long.MAX_VALUE);
        ids.addAll(ids(connection, ended, mostCharacters));
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, Matter> known = new HashMap<>();
        matters(connection, "WHERE id IN " + Sql.list(ids.size()), ids.toArray())
                .forEach(matter -> known.put(matter.id(), matter));
        return ids.stream()
                .map(known::get)
                .filter(Objects::nonNull)
                .map(Matter::ticket)
                .toList();
    }

    private static List<String> ids(Connection connection, String which, long mostCharacters) throws SQLException {
        List<String> ids = new ArrayList<>();
        long[] characters = {0};
        Sql.rows(connection, "SELECT id, characters FROM approval_request " + which, row -> {
            characters[0] += row.getLong(2);
            return (ids.isEmpty() || characters[0] <= mostCharacters) && ids.add(row.getString(1));
        });
        return ids;
    }

    private static Optional<Matter> first(Connection connection, String which, Object... values) throws SQLException {
        return matters(connection, which, values).stream().findFirst();
    }

    private static List<Matter> matters(Connection connection, String which, Object... values) throws SQLException {
        List<Row> rows = Sql.rows(connection, "SELECT * FROM approval_request " + which, Row::of, values);
        if (rows.isEmpty()) {
            return List.of();
        }
        Object[] ids = rows.stream().map(row -> row.request().id()).toArray();
        Map<String, List<Cast>> votes = Sql.rows(
                        connection,
                        "SELECT * FROM approval_vote WHERE request IN " + Sql.list(ids.length) + " ORDER BY number",
                        Cast::of,
                        ids)
                .stream()
                .collect(Collectors.groupingBy(Cast::request));
        return rows.stream()
                .map(row -> row.with(votes.getOrDefault(row.request().id(), List.of())))
                .toList();
    }
}
