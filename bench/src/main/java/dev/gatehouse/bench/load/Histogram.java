package dev.gatehouse.bench.load;

/**
 * Counts durations in buckets that are a fixed share of their value wide (at most 1/64), so that a percentile costs no
 * memory per query. Used by one thread at a time.
 */
final class Histogram {

    private static final int SUB_BITS = 6;
    private static final int SUBS = 1 << SUB_BITS;

    private final long[] counts = new long[SUBS * (Long.SIZE - SUB_BITS)];
    private long total;

    /** Counts one duration. */
    void add(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
        total++;
    }

    /** Counts everything another one counted. */
    void add(Histogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    /** How many were counted. */
    long total() {
        return total;
    }

    /** The smallest bucket bound below which a share of the durations lies; 0 when nothing was counted. */
    long percentile(double share) {
        long rank = (long) Math.ceil(total * share);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return floor(i);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        if (nanos < SUBS) {
            return (int) nanos;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - SUB_BITS;
        return (shift + 1) * SUBS + (int) (nanos >>> shift) - SUBS;
    }

    private static long floor(int bucket) {
        if (bucket < SUBS) {
            return bucket;
        }
        int shift = bucket / SUBS - 1;
        return (long) (bucket % SUBS + SUBS) << shift;
    }
}
