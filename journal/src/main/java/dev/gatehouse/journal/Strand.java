package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Event;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The records of one spool within a pass, in order, and a place among them. */
final class Strand {

    private static final long NANOS = 1_000_000_000;

    private final String where;
    private final Deque<Stretch> stretches = new ArrayDeque<>();
    private ByteBuffer slots = ByteBuffer.allocate(0);
    private int at;

    Strand(String where) {
        this.where = where;
    }

    /** Adds what follows. */
    void add(Stretch stretch) {
        stretches.add(stretch);
    }

    /** The latest stamp of its records before a position of the spool. */
    long latest(long before) {
        long latest = Long.MIN_VALUE;
        for (Stretch stretch : stretches) {
            latest = Math.max(latest, stretch.latest(before, where));
        }
        return latest;
    }

    /** Leaves out the records stamped later than that. */
    void cutAfter(long latest) {
        stretches.forEach(stretch -> stretch.cutAfter(latest, where));
    }

    /** Steps over padding to the next record; whether there is one. */
    boolean settle() {
        while (true) {
            if (at == slots.limit()) {
                Stretch following = stretches.poll();
                if (following == null) {
                    return false;
                }
                slots = following.slots();
                at = 0;
            } else if (bytes() > 0 && Slot.type(slots, at) == Slot.PADDING) {
                step();
            } else {
                return true;
            }
        }
    }

    void step() {
        at += Slot.aligned(bytes());
    }

    long nanos() {
        return Slot.nanos(slots, at);
    }

    long session() {
        return Slot.session(slots, at);
    }

    long wall() {
        return Slot.wall(slots, at);
    }

    boolean isFrames() {
        byte type = Slot.type(slots, at);
        return type == EventCodec.FRAMES_FROM_CLIENT || type == EventCodec.FRAMES_TO_CLIENT;
    }

    /** The record at this place. */
    Event.Entry entry(long sequence) {
        ByteBuf body = Unpooled.wrappedBuffer(slots.array())
                .slice(slots.arrayOffset() + at + Slot.HEADER_BYTES, bytes() - Slot.HEADER_BYTES);
        Event event = EventCodec.read(Slot.type(slots, at), Slot.format(slots, at), session(), body);
        Instant wall = Instant.ofEpochSecond(Math.floorDiv(wall(), NANOS), Math.floorMod(wall(), NANOS));
        return new Event.Entry(wall, nanos(), sequence, event);
    }

    private int bytes() {
        return Slot.checked(slots, at, slots.limit() - at, where);
    }
}
