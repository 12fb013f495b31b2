package dev.gatehouse.console.signin;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts attempts to sign in, so that passwords cannot be tried by the thousand: of one name from one place, of everybody from
 * one place, and of one name from everywhere. An attempt is counted before its password is looked at, whatever the name is,
 * and forgotten when it fits. Counts drain evenly. Safe for many threads.
 */
final class Attempts {

    private static final Duration WINDOW = Duration.ofMinutes(10);
    static final int MOST_OF_NAME_FROM_PLACE = 5;
    static final int MOST_FROM_PLACE = 30;
    static final int MOST_OF_NAME = 60;
    private static final int MOST_REMEMBERED = 50_000;
    /** Whoever has one address of IPv6 has all 2⁶⁴ beside it. */
    private static final int NETWORK_BYTES = 8;

    private final InstantSource clock;

    /** How full each count is and when that was so, the longest unused first; guarded by itself. */
    private final Map<String, Level> levels = new LinkedHashMap<>(16, 0.75f, true);

    private record Level(double height, Instant at) {}

    private record Limit(String key, int most) {}

    Attempts(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Counts an attempt.
     *
     * @return how long to wait before the next when there have been too many; then this one does not count
     */
    Optional<Duration> begin(String name, InetAddress source) {
        Instant now = clock.instant();
        synchronized (levels) {
            for (Limit limit : limits(name, source)) {
                double over = height(limit, now) + 1 - limit.most();
                if (over > 0) {
                    return Optional.of(Duration.ofMillis(1 + (long) (over * WINDOW.toMillis() / limit.most())));
                }
            }
            for (Limit limit : limits(name, source)) {
                levels.put(limit.key(), new Level(height(limit, now) + 1, now));
            }
            while (levels.size() > MOST_REMEMBERED) {
                levels.remove(levels.keySet().iterator().next());
            }
        }
        return Optional.empty();
    }

    /** Forgets an attempt that succeeded. */
    void succeeded(String name, InetAddress source) {
        Instant now = clock.instant();
        synchronized (levels) {
            List<Limit> limits = limits(name, source);
            levels.remove(limits.get(0).key());
            for (Limit limit : limits.subList(1, limits.size())) {
                levels.put(limit.key(), new Level(Math.max(0, height(limit, now) - 1), now));
            }
        }
    }

    private double height(Limit limit, Instant now) {
        Level level = levels.get(limit.key());
        if (level == null) {
            return 0;
        }
        double drained = (double) Duration.between(level.at(), now).toMillis() * limit.most() / WINDOW.toMillis();
        return Math.max(0, level.height() - Math.max(0, drained));
    }

    private static List<Limit> limits(String name, InetAddress source) {
        byte[] address = source.getAddress();
        String place = HexFormat.of()
                .formatHex(source instanceof Inet6Address ? Arrays.copyOf(address, NETWORK_BYTES) : address);
        return List.of(
                new Limit("both " + place + " " + name, MOST_OF_NAME_FROM_PLACE),
                new Limit("place " + place, MOST_FROM_PLACE),
                new Limit("name " + name, MOST_OF_NAME));
    }
}
