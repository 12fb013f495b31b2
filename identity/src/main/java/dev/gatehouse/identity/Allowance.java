package dev.gatehouse.identity;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets something be done so often at once, and then once in a while. Not safe for many threads. */
final class Allowance {

    private final int most;
    private final long each;
    private final LongSupplier nanos;
    private int left;
    private long since;

    /**
     * @param most how often at once
     * @param each after which time once more
     * @param nanos as {@link System#nanoTime}
     */
    Allowance(int most, Duration each, LongSupplier nanos) {
        this.most = most;
        this.each = each.toNanos();
        this.nanos = nanos;
        this.left = most;
        this.since = nanos.getAsLong();
    }

    /** Whether it may be done now; counts it then. */
    boolean take() {
        long earned = (nanos.getAsLong() - since) / each;
        since += earned * each;
        left = (int) Math.min(most, left + earned);
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
