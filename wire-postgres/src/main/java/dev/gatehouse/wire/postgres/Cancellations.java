package dev.gatehouse.wire.postgres;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys that let a client cancel what it runs. The process id is the server's, as any statement may ask for it; the
 * secret is our own, so that a client never learns the server's. Thread-safe.
 */
final class Cancellations {

    private final SecureRandom random = new SecureRandom();
    /** By process id; several servers may use the same one. */
    private final Map<Integer, List<Holder>> sessions = new ConcurrentHashMap<>();

    private record Holder(CancelKey key, Serving session) {}

    /**
     * Draws a key for a session.
     *
     * @param server the server's own key; null where it gave none
     * @param secretBytes how long the secret is
     */
    CancelKey register(Serving session, @Nullable CancelKey server, int secretBytes) {
        byte[] secret = new byte[secretBytes];
        random.nextBytes(secret);
        int process = server == null ? random.nextInt() & Integer.MAX_VALUE : server.process();
        CancelKey key = new CancelKey(process, secret);
        sessions.compute(process, (id, holders) -> {
            List<Holder> all = new ArrayList<>(holders == null ? List.of() : holders);
            all.add(new Holder(key, session));
            return List.copyOf(all);
        });
        return key;
    }

    void remove(CancelKey key) {
        sessions.computeIfPresent(key.process(), (id, holders) -> {
            List<Holder> left =
                    holders.stream().filter(holder -> !holder.key.matches(key)).toList();
            return left.isEmpty() ? null : left;
        });
    }

    /** The session a key belongs to; null when there is none. To be used on that session's loop only. */
    @Nullable
    Serving find(CancelKey key) {
        Serving found = null;
        for (Holder holder : sessions.getOrDefault(key.process(), List.of())) {
            if (holder.key.matches(key)) {
                found = holder.session;
            }
        }
        return found;
    }
}
