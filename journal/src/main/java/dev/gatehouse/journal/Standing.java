package dev.gatehouse.journal;

import org.jspecify.annotations.Nullable;

/** How the journal stands, told by the writer and asked by every recorder. Safe for many threads. */
final class Standing {

    private volatile @Nullable String failure;
    private volatile @Nullable String shortage;
    private volatile @Nullable String end;
    /** What {@link #refusal} answers, in one read. */
    private volatile @Nullable String refusal;
    /** Wall clock minus monotonic clock, in nanoseconds. */
    private volatile long epoch;

    Standing() {
        setClock();
    }

    /** Why no new statement may be recorded; null when it may. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** Why nothing at all may be recorded; null when it may. */
    @Nullable
    String end() {
        return end;
    }

    /** The wall clock at a monotonic time, in nanoseconds since 1970. */
    long wall(long nanos) {
        return nanos + epoch;
    }

    void setClock() {
        long offset = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
        // Only steps of the clock are followed: its milliseconds would make neighbouring records jump about.
        if (Math.abs(offset - epoch) > 2_000_000) {
            epoch = offset;
        }
    }

    synchronized void failed(@Nullable String why) {
        failure = why;
        settle();
    }

    synchronized void shortOfSpace(@Nullable String why) {
        shortage = why;
        settle();
    }

    synchronized void ended(String why) {
        end = why;
        settle();
    }

    private void settle() {
        refusal = end != null ? end : failure != null ? failure : shortage;
    }
}
