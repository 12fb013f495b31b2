package dev.gatehouse.gateway.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the clients that have not proved yet who they are, so that nobody keeps the gateway busy with connections alone.
 * An IPv6 network of 64 bits counts as one address, since one machine has them all. Safe for many threads.
 */
public final class Newcomers {

    private static final Logger LOG = LoggerFactory.getLogger(Newcomers.class);
    private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int NETWORK_BYTES = 8;

    private final int most;
    private final int mostOfOne;
    private final LongSupplier clock;
    private final Map<ByteBuffer, Integer> counts = new HashMap<>();

    private int all;
    private long turnedAway;
    private long unsaid;
    private long saidAt;

    /**
     * @param most how many there may be at once
     * @param mostOfOne how many of them from one address
     * @param clock nanoseconds that never go back
     */
    public Newcomers(int most, int mostOfOne, LongSupplier clock) {
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.clock = clock;
        this.saidAt = clock.getAsLong() - QUIET_NANOS;
    }

    /** One client's place; it counts until it is left. */
    final class Place {

        private final ByteBuffer address;
        private final AtomicBoolean taken = new AtomicBoolean(true);

        private Place(ByteBuffer address) {
            this.address = address;
        }

        /** The client is known now, or gone; further calls do nothing. */
        void leave() {
            if (taken.getAndSet(false)) {
                Newcomers.this.leave(address);
            }
        }
    }

    /** Counts a client in; empty when there are too many. */
    synchronized Optional<Place> enter(InetAddress source) {
        ByteBuffer address = counted(source);
        int ofOne = counts.getOrDefault(address, 0);
        if (all >= most || ofOne >= mostOfOne) {
            refuse(source, ofOne >= mostOfOne ? ofOne : all, ofOne >= mostOfOne ? "from its address" : "in all");
            return Optional.empty();
        }
        counts.put(address, ofOne + 1);
        all++;
        return Optional.of(new Place(address));
    }

    private synchronized void leave(ByteBuffer address) {
        all--;
        counts.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    /** One line for many: a log that grows with each attempt would be another way to harm. */
    private void refuse(InetAddress source, int waiting, String where) {
        turnedAway++;
        unsaid++;
        long now = clock.getAsLong();
        if (now - saidAt >= QUIET_NANOS) {
            LOG.warn(
                    "turned away {} unknown client(s), the last one from {}: {} {} have not logged in yet",
                    unsaid,
                    source.getHostAddress(),
                    waiting,
                    where);
            unsaid = 0;
            saidAt = now;
        }
    }

    /** How many there are now. */
    public synchronized int waiting() {
        return all;
    }

    /** How many found no place so far. */
    public synchronized long turnedAway() {
        return turnedAway;
    }

    private static ByteBuffer counted(InetAddress source) {
        byte[] address = source.getAddress();
        return ByteBuffer.wrap(address, 0, source instanceof Inet6Address ? NETWORK_BYTES : address.length)
                .slice();
    }
}
