package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.session.Upstream;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that clients know their connections by, as a server would count them. They are the gateway's own, since a client
 * is told its number before it is known which server it wants. Thread-safe.
 */
final class Connections {

    /** Far from where servers count, so that a number of theirs is not taken for one of ours; and within 31 bits. */
    private static final int FIRST = 1 << 30;

    private static final int MASK = FIRST - 1;

    private final Map<Long, Serving> sessions = new ConcurrentHashMap<>();
    private final Map<Long, Boolean> drawn = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private int last = random.nextInt() & MASK;

    /** Draws a number that no open connection has. */
    synchronized long draw() {
        long number;
        do {
            last = (last + 1) & MASK;
            number = (long) FIRST + last;
        } while (drawn.putIfAbsent(number, true) != null);
        return number;
    }

    /** Notes that a connection has become a session. */
    void serves(long number, Serving serving) {
        sessions.put(number, serving);
    }

    /** Notes that a session has ended. */
    void left(long number) {
        sessions.remove(number);
    }

    /** Notes that a connection has ended. */
    void ended(long number) {
        sessions.remove(number);
        drawn.remove(number);
    }

    /**
     * The session that somebody means by a number: ours, or the one its server counts it by, which {@code CONNECTION_ID()} shows.
     * To be used on that session's loop only.
     *
     * @param upstream the server that is asked
     * @return null when there is none
     */
    @Nullable
    Serving find(long number, Upstream upstream) {
        Serving ours = sessions.get(number);
        if (ours != null) {
            return ours;
        }
        for (Serving serving : sessions.values()) {
            if (serving.serverNumber() == number
                    && serving.session.upstream().name().equals(upstream.name())) {
                return serving;
            }
        }
        return null;
    }

    /** The number a client knows a connection of the server's by; the server's own where it is none of the gateway's. */
    long shown(long serverNumber, Upstream upstream) {
        for (Map.Entry<Long, Serving> entry : sessions.entrySet()) {
            if (entry.getValue().serverNumber() == serverNumber
                    && entry.getValue().session.upstream().name().equals(upstream.name())) {
                return entry.getKey();
            }
        }
        return serverNumber;
    }
}
