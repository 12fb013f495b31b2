package dev.gatehouse.journal;

import java.nio.ByteBuffer;

/**
 * How one record lies in a spool and, byte for byte the same, in a batch of the queue. All numbers are little-endian;
 * the next slot begins at the next multiple of 8.
 *
 * <pre>
 *   0  int   bytes     of the whole slot, this header included, without the rest up to a multiple of 8
 *   4  byte  type      0 for padding up to the end of the ring, of which nothing else is written; else see EventCodec
 *   5  byte  format    of the body: 1
 *   6  short           zero
 *   8  long  session
 *  16  long  nanos     monotonic time
 *  24  long  wall      nanoseconds since 1970-01-01 UTC
 *  32  …     body
 * </pre>
 */
final class Slot {

    static final int HEADER_BYTES = 32;
    static final byte PADDING = 0;
    static final byte FORMAT = 1;
    static final int ALIGNMENT = 8;

    private static final int TYPE = 4;
    private static final int FORMAT_AT = 5;
    private static final int SESSION = 8;
    private static final int NANOS = 16;
    private static final int WALL = 24;

    private Slot() {}

    static int aligned(int bytes) {
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    static void write(ByteBuffer ring, int at, int bytes, byte type, long session, long nanos, long wall) {
        ring.putLong(at, (bytes & 0xFFFF_FFFFL) | (type & 0xFFL) << 32 | (long) FORMAT << 40);
        ring.putLong(at + SESSION, session);
        ring.putLong(at + NANOS, nanos);
        ring.putLong(at + WALL, wall);
    }

    static void pad(ByteBuffer ring, int at, int bytes) {
        ring.putLong(at, bytes & 0xFFFF_FFFFL);
    }

    static int bytes(ByteBuffer ring, int at) {
        return ring.getInt(at);
    }

    static byte type(ByteBuffer ring, int at) {
        return ring.get(at + TYPE);
    }

    static byte format(ByteBuffer ring, int at) {
        return ring.get(at + FORMAT_AT);
    }

    static long session(ByteBuffer ring, int at) {
        return ring.getLong(at + SESSION);
    }

    static long nanos(ByteBuffer ring, int at) {
        return ring.getLong(at + NANOS);
    }

    static long wall(ByteBuffer ring, int at) {
        return ring.getLong(at + WALL);
    }

    /**
     * The length of the slot at an offset, checked against what is there.
     *
     * @param room how many bytes there are from the offset on
     * @param where for the message
     * @throws JournalException if no slot can lie there
     */
    static int checked(ByteBuffer ring, int at, long room, String where) {
        int bytes = room < ALIGNMENT ? 0 : bytes(ring, at);
        boolean padding = bytes > 0 && type(ring, at) == PADDING;
        if (bytes < (padding ? ALIGNMENT : HEADER_BYTES) || aligned(bytes) > room || aligned(bytes) < 0) {
            throw new JournalException("journal: " + where + " is damaged: a record of " + bytes
                    + " bytes where there is" + " room for " + room);
        }
        return bytes;
    }
}
