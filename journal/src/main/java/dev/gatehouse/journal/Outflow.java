package dev.gatehouse.journal;

import java.nio.ByteBuffer;

/** A spool's consumer: cuts what is published into stretches that fit a batch. Used by one thread at a time. */
final class Outflow {

    private final Spool spool;
    private final ByteBuffer ring;
    private final ByteBuffer window;
    private final String where;

    /** What was published when it was last looked up. */
    private long tail;

    private long from;
    private long to;
    private int at;
    private int count;

    Outflow(Spool spool) {
        this.spool = spool;
        this.ring = spool.ring();
        this.window = spool.ring();
        this.where = "the spool " + spool.file();
        this.from = spool.head();
        this.to = from;
    }

    Spool spool() {
        return spool;
    }

    /** The position up to which the queue is said to hold the records. */
    long head() {
        return to;
    }

    /** Looks up what is published; {@link #next} goes no further. */
    void look() {
        tail = spool.tail();
    }

    /** Skips what is known to be kept already. */
    void skip(long position) {
        if (position > to && position <= spool.tail()) {
            to = position;
            consumed();
        }
    }

    /**
     * The stamp of the last record within the next so many bytes.
     *
     * @return {@code otherwise} when there are not more than that
     */
    long stampAfter(int bytes, long otherwise) {
        if (tail - to <= bytes) {
            return otherwise;
        }
        long stamp = otherwise;
        boolean any = false;
        for (long position = to; position < tail && (position - to < bytes || !any); ) {
            int offset = spool.offset(position);
            int size = Slot.aligned(slot(position, offset));
            if (Slot.type(ring, offset) != Slot.PADDING) {
                stamp = Math.min(otherwise, Slot.nanos(ring, offset));
                any = true;
            }
            position += size;
        }
        return stamp;
    }

    /**
     * Cuts the next stretch: whole records stamped no later than {@code until}, as many as fit, at least one.
     *
     * @return whether there is one
     */
    boolean next(long until, int maxBytes) {
        from = to;
        long position = to;
        if (position < tail && Slot.type(ring, spool.offset(position)) == Slot.PADDING) {
            position += slot(position, spool.offset(position));
        }
        at = spool.offset(position);
        count = 0;
        int bytes = 0;
        while (position < tail) {
            int offset = at + bytes;
            if (offset == spool.capacity() || Slot.type(ring, offset) == Slot.PADDING) {
                break;
            }
            int size = Slot.aligned(slot(position, offset));
            if (Slot.nanos(ring, offset) > until || (count > 0 && bytes + size > maxBytes)) {
                break;
            }
            bytes += size;
            position += size;
            count++;
        }
        if (count > 0) {
            to = position;
        }
        return count > 0;
    }

    /** The batch of the stretch that was cut. */
    Batch batch(long pass, long sequence) {
        int bytes = (int) (to - from);
        // Padding before the stretch belongs to its positions, not to its bytes.
        int before = spool.offset(from) <= at ? at - spool.offset(from) : spool.capacity() - spool.offset(from);
        int length = bytes - before;
        return new Batch(count, pass, sequence, spool.id(), from, to, length, Batch.crc(stretch(length)));
    }

    /** The bytes of the stretch that was cut, from the position to the limit; good until the next. */
    ByteBuffer stretch(Batch batch) {
        return stretch(batch.bytes());
    }

    private ByteBuffer stretch(int length) {
        return window.limit(at + length).position(at);
    }

    /** Gives the stretch's room back to the producer. */
    void consumed() {
        from = to;
        spool.consumed(to);
    }

    /** Goes back to before the stretch that was cut. */
    void restore() {
        to = from;
    }

    private int slot(long position, int offset) {
        return Slot.checked(ring, offset, Math.min(tail - position, spool.capacity() - offset), where);
    }
}
