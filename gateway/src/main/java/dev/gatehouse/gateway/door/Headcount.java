package dev.gatehouse.gateway.door;

import dev.gatehouse.firewall.session.Session;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the sessions of each user and to each upstream, whatever protocol they speak, and keeps them within their limits.
 * Safe for many threads.
 */
public final class Headcount {

    private final int maxPerUser;
    private final Map<String, Integer> counts = new HashMap<>();

    /** @param maxPerUser 0 for no limit */
    public Headcount(int maxPerUser) {
        this.maxPerUser = maxPerUser;
    }

    /** Counts a session in, unless a limit is reached. */
    synchronized boolean enter(Session session) {
        int most = session.upstream().maxConnections();
        if (isFull(user(session), maxPerUser) || isFull(upstream(session), most)) {
            return false;
        }
        counts.merge(user(session), 1, Integer::sum);
        counts.merge(upstream(session), 1, Integer::sum);
        return true;
    }

    /** Counts a session out that {@link #enter} counted in. */
    synchronized void leave(Session session) {
        counts.computeIfPresent(user(session), (name, count) -> count == 1 ? null : count - 1);
        counts.computeIfPresent(upstream(session), (name, count) -> count == 1 ? null : count - 1);
    }

    private boolean isFull(String name, int most) {
        return most > 0 && counts.getOrDefault(name, 0) >= most;
    }

    private static String user(Session session) {
        return "user " + session.subject().name();
    }

    private static String upstream(Session session) {
        return "upstream " + session.upstream().name();
    }
}
