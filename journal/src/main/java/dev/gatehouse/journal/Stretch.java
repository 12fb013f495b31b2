package dev.gatehouse.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A copy of a part of one spool.
 *
 * @param position where in the spool it begins
 * @param slots whole slots, on the heap, from 0 to the limit
 */
record Stretch(long position, ByteBuffer slots) {

    Stretch {
        slots = slots.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The latest stamp of its records before a position; the least number when there is none. */
    long latest(long before, String where) {
        long latest = Long.MIN_VALUE;
        int at = 0;
        while (at < slots.limit() && position + at < before) {
            int size = Slot.aligned(Slot.checked(slots, at, slots.limit() - at, where));
            if (Slot.type(slots, at) != Slot.PADDING) {
                latest = Math.max(latest, Slot.nanos(slots, at));
            }
            at += size;
        }
        return latest;
    }

    /** Leaves out the records stamped later than that. */
    void cutAfter(long latest, String where) {
        int at = 0;
        while (at < slots.limit()) {
            int size = Slot.aligned(Slot.checked(slots, at, slots.limit() - at, where));
            if (Slot.type(slots, at) != Slot.PADDING && Slot.nanos(slots, at) > latest) {
                break;
            }
            at += size;
        }
        slots.limit(at);
    }
}
