package dev.gatehouse.journal;

import java.nio.ByteBuffer;
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
    void add(long spool, ByteBuffer stretch, String where) {
        strands.computeIfAbsent(spool, id -> new Strand(where)).add(stretch);
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
