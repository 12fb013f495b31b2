package dev.gatehouse.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of one pass, see {@link Batch}, given out in the order of their stamps. */
final class Pass {

    private final Map<Long, Strand> strands = new LinkedHashMap<>();
    private final long number;
    private long sequence;
    private @Nullable Strand current;

    Pass(long number, long sequence) {
        this.number = number;
        this.sequence = sequence;
    }

    long number() {
        return number;
    }

    /** Adds a stretch of a spool that follows those added before. */
    void add(long spool, Stretch stretch, String where) {
        strands.computeIfAbsent(spool, id -> new Strand(where)).add(stretch);
    }

    /**
     * Leaves out what may be without its cause: what was stamped later than all that was published at one instant. To be
     * done before the first {@link #next}.
     *
     * @param seen by spool, the position up to which records were published at that instant; of a spool that is not there
     *     any more, all were
     */
    void cutAfter(Map<Long, Long> seen) {
        long latest = Long.MIN_VALUE;
        for (Map.Entry<Long, Strand> strand : strands.entrySet()) {
            long before = seen.getOrDefault(strand.getKey(), Long.MAX_VALUE);
            latest = Math.max(latest, strand.getValue().latest(before));
        }
        for (Strand strand : strands.values()) {
            strand.cutAfter(latest);
        }
    }

    /** Moves on to the next record; null when there is none. It is good until the next call. */
    @Nullable
    Strand next() {
        if (current != null) {
            current.step();
            sequence++;
        }
        Strand earliest = null;
        for (Strand strand : strands.values()) {
            if (strand.settle() && (earliest == null || strand.nanos() < earliest.nanos())) {
                earliest = strand;
            }
        }
        current = earliest;
        return earliest;
    }

    /** The place in the journal of the record that {@link #next} gave. */
    long sequence() {
        return sequence;
    }
}
