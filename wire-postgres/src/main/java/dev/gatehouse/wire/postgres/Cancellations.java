package dev.gatehouse.wire.postgres;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The keys that let a client cancel what it runs: our own, so that a client never learns the server's. Thread-safe. */
final class Cancellations {

    private final SecureRandom random = new SecureRandom();
    private final Map<Long, Serving> sessions = new ConcurrentHashMap<>();

    /**
     * Draws a key for a session.
     *
     * @return process id in the upper, secret in the lower 32 bits
     */
    long register(Serving session) {
        while (true) {
            long key = random.nextLong() & Long.MAX_VALUE;
            if (sessions.putIfAbsent(key, session) == null) {
                return key;
            }
        }
    }

    void remove(long key) {
        sessions.remove(key);
    }

    /** The session a key belongs to; null when there is none. To be used on that session's loop only. */
    @Nullable
    Serving find(long key) {
        return sessions.get(key);
    }
}
