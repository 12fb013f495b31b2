package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * A spool's producer: copies a record into the ring and publishes it, and that is all. Used by one thread.
 *
 * <p>A record is written beyond the published tail and becomes visible by the tail's move, all of it or nothing: neither
 * an exception nor the death of the process leaves a part of one.
 */
final class SpoolRecorder implements Recorder {

    /** Frames are cut into records of at most this many bytes, so that batches stay small. */
    static final int MAX_PART_BYTES = 32 << 10;

    private static final int SCRATCH_KEPT_BYTES = 1 << 20;
    private static final int SCRATCH_BYTES = 1 << 10;

    private final Spool spool;
    private final ByteBuffer ring;
    private final ByteBuffer window;
    private final int capacity;
    private final int half;
    private final int maxRecordBytes;
    private final int maxPartBytes;
    private final Standing standing;
    private final Runnable waker;
    private final ShortTexts texts = new ShortTexts();
    private ByteBuf scratch = Unpooled.buffer(SCRATCH_BYTES);

    /** What is published. */
    private long tail;
    /** What is written, published or not. */
    private long next;
    /** The position that cannot be written yet; the consumer may have moved it on since it was looked up. */
    private long limit;

    /**
     * A producer that goes on where the spool ends.
     *
     * @param waker called when the ring fills up; must be cheap, and may be called often
     */
    SpoolRecorder(Spool spool, Standing standing, Runnable waker) {
        this.spool = spool;
        this.ring = spool.ring();
        this.window = spool.ring();
        this.capacity = spool.capacity();
        this.half = capacity / 2;
        this.maxRecordBytes = capacity / 4;
        this.maxPartBytes = Math.min(MAX_PART_BYTES, capacity / 16);
        this.standing = standing;
        this.waker = waker;
        this.tail = spool.tail();
        this.next = tail;
        this.limit = spool.head() + capacity;
    }

    @Override
    public void frames(long session, Direction direction, ByteBuf bytes, int index, int length) {
        requireOpen();
        next = tail;
        byte type = EventCodec.type(direction);
        long nanos = System.nanoTime();
        int at = index;
        int left = length;
        do {
            int part = Math.min(left, maxPartBytes);
            int body = claim(session, type, nanos, part);
            copy(bytes, at, part, body);
            at += part;
            left -= part;
        } while (left > 0);
        publish();
    }

    @Override
    public void allowed(long session, long decision, byte[] sql, int length, String rule, String policy) {
        requireTrusted();
        next = tail;
        byte[] ruleText = texts.encoded(rule);
        byte[] policyText = texts.encoded(policy);
        int fixed = Long.BYTES + 2 * Integer.BYTES + ruleText.length + policyText.length;
        if (length > maxRecordBytes - fixed - Slot.HEADER_BYTES) {
            throw tooLarge(length);
        }
        int at = claim(session, EventCodec.ALLOWED, System.nanoTime(), fixed + length);
        ring.putLong(at, decision);
        at = putText(at + Long.BYTES, ruleText);
        at = putText(at, policyText);
        ring.put(at, sql, 0, length);
        publish();
    }

    @Override
    public void answered(long session, long decision, ByteBuf tag, int index, int length) {
        requireOpen();
        next = tail;
        if (length > maxRecordBytes - Long.BYTES - Slot.HEADER_BYTES) {
            throw tooLarge(length);
        }
        int at = claim(session, EventCodec.SHORT_ANSWERED, System.nanoTime(), Long.BYTES + length);
        ring.putLong(at, decision);
        copy(tag, index, length, at + Long.BYTES);
        publish();
    }

    @Override
    public void record(Event event) {
        if (event instanceof Event.Frames frames) {
            byte[] bytes = frames.bytes();
            frames(frames.session(), frames.direction(), Unpooled.wrappedBuffer(bytes), 0, bytes.length);
            return;
        }
        if (event instanceof Event.Asked) {
            requireTrusted();
        } else {
            requireOpen();
        }
        next = tail;
        scratch.clear();
        EventCodec.write(event, scratch);
        int length = scratch.readableBytes();
        if (length > maxRecordBytes - Slot.HEADER_BYTES) {
            scratch = Unpooled.buffer(SCRATCH_BYTES);
            throw tooLarge(length);
        }
        int at = claim(event.session(), EventCodec.type(event), System.nanoTime(), length);
        ring.put(at, scratch.array(), scratch.arrayOffset(), length);
        publish();
        if (scratch.capacity() > SCRATCH_KEPT_BYTES) {
            scratch = Unpooled.buffer(SCRATCH_BYTES);
        }
    }

    @Override
    public boolean hasRoom() {
        if (limit - tail < capacity / 4) {
            limit = spool.head() + capacity;
            waker.run();
        }
        return limit - tail >= capacity / 4;
    }

    /** Takes the place of a record and writes its header; returns where its body goes. */
    private int claim(long session, byte type, long nanos, int bodyBytes) {
        int bytes = Slot.HEADER_BYTES + bodyBytes;
        int size = Slot.aligned(bytes);
        int at = spool.offset(next);
        int room = capacity - at;
        boolean wraps = size > room;
        long end = next + size + (wraps ? room : 0);
        if (end > limit) {
            limit = spool.head() + capacity;
            if (end > limit) {
                throw full(size);
            }
        }
        if (wraps) {
            Slot.pad(ring, at, room);
            at = 0;
        }
        Slot.write(ring, at, bytes, type, session, nanos, standing.wall(nanos));
        next = end;
        return at + Slot.HEADER_BYTES;
    }

    private void publish() {
        spool.publish(next);
        tail = next;
        if (tail > limit - half) {
            limit = spool.head() + capacity;
            if (tail > limit - half) {
                waker.run();
            }
        }
    }

    private void copy(ByteBuf from, int index, int length, int to) {
        window.limit(to + length).position(to);
        from.getBytes(index, window);
    }

    private int putText(int at, byte[] text) {
        ring.putInt(at, text.length);
        ring.put(at + Integer.BYTES, text);
        return at + Integer.BYTES + text.length;
    }

    private void requireOpen() {
        String end = standing.end();
        if (end != null) {
            throw new JournalUnavailable(end);
        }
    }

    private void requireTrusted() {
        String refusal = standing.refusal();
        if (refusal != null) {
            throw new JournalUnavailable(refusal);
        }
    }

    private JournalUnavailable full(int size) {
        waker.run();
        return new JournalUnavailable("journal: the spool " + spool.file().getFileName() + " is full: " + size
                + " bytes do not fit beside " + (tail - limit + capacity) + " of " + capacity + " not yet written out");
    }

    private JournalUnavailable tooLarge(int length) {
        return new JournalUnavailable("journal: a record of " + length + " bytes is larger than the "
                + (maxRecordBytes - Slot.HEADER_BYTES) + " the spool takes");
    }
}
