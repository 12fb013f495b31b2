package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Approvals.Unavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has to be told of requests, to each hook each event at least once and those of one request in their order. What
 * follows from a request is read from the request itself, so that nothing is missed through the death of a gateway; of several gateways
 * one at a time tells it. Waits for the store; not for event loops.
 */
public final class Notices {

    /** For so long, nobody else tries what was taken to be told. */
    private static final Duration LEASE = Duration.ofMinutes(1);
    /** What was asked for longer ago is not begun to be told. */
    private static final Duration NEWS = Duration.ofDays(2);

    private static final int MOST = 20;

    private static final String STEPS =
            "CASE r.state WHEN 'pending' THEN 1 WHEN 'approved' THEN 2 WHEN 'rejected' THEN 2"
                    + " WHEN 'claimed' THEN CASE WHEN r.result IS NULL THEN 2 ELSE 3 END"
                    + " ELSE CASE WHEN r.run_until IS NULL THEN 2 ELSE 3 END END";
    private static final String NEW = " FROM approval_request r JOIN approval_hook h ON h.name = ?"
            + " WHERE r.asked_at >= h.since AND r.asked_at > ? AND NOT EXISTS"
            + " (SELECT 1 FROM approval_notice n WHERE n.request = r.id AND n.hook = h.name)";
    private static final String DUE = " FROM approval_notice n JOIN approval_request r ON r.id = n.request"
            + " WHERE n.hook = ? AND n.next_at <= ? AND n.told < " + STEPS;

    private final Store store;

    Notices(Store store) {
        this.store = store;
    }

    private record Due(String request, int told, int attempts) {}

    /**
     * Has a hook told of what is asked for from now on, unless it is told already.
     *
     * @throws Unavailable if the store does not answer
     */
    public void begin(String hook) {
        store.transact(connection -> {
            Register.lockDesk(connection);
            return Sql.count(connection, "SELECT count(*) FROM approval_hook WHERE name = ?", hook) > 0
                    ? 0
                    : Sql.change(
                            connection,
                            "INSERT INTO approval_hook (name, since) VALUES (?, ?)",
                            hook,
                            store.now(connection));
        });
    }

    /**
     * Takes what is due, so that nobody else tries it for a while.
     *
     * @throws Unavailable if the store does not answer
     */
    public List<Notice> take(String hook) {
        boolean any = store.read(connection -> {
            Instant now = store.now(connection);
            return Sql.count(connection, "SELECT count(*)" + DUE, hook, now) > 0
                    || Sql.count(connection, "SELECT count(*)" + NEW, hook, now.minus(NEWS)) > 0;
        });
        return any ? store.transact(connection -> take(connection, hook)) : List.of();
    }

    private List<Notice> take(Connection connection, String hook) throws SQLException {
        Sql.rows(connection, "SELECT name FROM approval_hook WHERE name = ? FOR UPDATE", row -> row.getString(1), hook);
        Instant now = store.now(connection);
        Sql.change(
                connection,
                "INSERT INTO approval_notice (request, hook, told, attempts, next_at)"
                        + " SELECT r.id, h.name, 0, 0, r.asked_at" + NEW,
                hook,
                now.minus(NEWS));
        List<Due> due = Sql.rows(
                connection,
                "SELECT n.request, n.told, n.attempts" + DUE + " ORDER BY r.asked_at LIMIT " + MOST,
                row -> new Due(row.getString("request"), row.getInt("told"), row.getInt("attempts")),
                hook,
                now);
        List<Notice> taken = new ArrayList<>();
        for (Due one : due) {
            Sql.change(
                    connection,
                    "UPDATE approval_notice SET attempts = attempts + 1, next_at = ? WHERE request = ? AND hook = ?",
                    now.plus(LEASE),
                    one.request(),
                    hook);
            Optional<Matter> matter = Matters.find(connection, one.request());
            matter.ifPresent(
                    found -> taken.add(new Notice(Notice.Step.after(one.told()), one.attempts(), found.ticket())));
        }
        return taken;
    }

    /**
     * Notes that a hook was told, or that it is given up.
     *
     * @throws Unavailable if the store does not answer; then it is told once more
     */
    public void told(String hook, Notice notice) {
        store.transact(connection -> Sql.change(
                connection,
                "UPDATE approval_notice SET told = told + 1, attempts = 0, next_at = ?"
                        + " WHERE request = ? AND hook = ? AND told = ?",
                store.now(connection),
                notice.ticket().request().id(),
                hook,
                notice.step().number() - 1));
    }

    /**
     * Has a hook told once more.
     *
     * @throws Unavailable if the store does not answer; then that is so all the same
     */
    public void later(String hook, Notice notice, Duration pause) {
        store.transact(connection -> Sql.change(
                connection,
                "UPDATE approval_notice SET next_at = ? WHERE request = ? AND hook = ? AND told = ?",
                store.now(connection).plus(pause),
                notice.ticket().request().id(),
                hook,
                notice.step().number() - 1));
    }
}
