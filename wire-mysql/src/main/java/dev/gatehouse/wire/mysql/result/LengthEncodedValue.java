package dev.gatehouse.wire.mysql.result;

import dev.gatehouse.wire.mysql.message.Packet;
import io.netty.buffer.ByteBuf;

/**
 * Writes a string whose length is known only when it has been written. The length is always in its shortest form: by its
 * first byte a row is told from the packets that may come in its place.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_dt_strings.html">String Types,
 *     Protocol::LengthEncodedString</a>
 */
final class LengthEncodedValue {

    private static final int LEAST_OF_TWO = 251;
    private static final int LEAST_OF_THREE = 1 << 16;
    private static final int LEAST_OF_EIGHT = 1 << 24;
    /** Moves go in pieces of this size, none of which the copying underneath cuts any further. */
    static final int PIECE = 64 << 10;

    private LengthEncodedValue() {}

    /** How many bytes a length takes. */
    static int sizeOf(int length) {
        return length < LEAST_OF_TWO ? 1 : length < LEAST_OF_THREE ? 3 : length < LEAST_OF_EIGHT ? 4 : 9;
    }

    /**
     * Begins a string; answers where, for {@link #end}.
     *
     * @param expected how long it is likely to become; saves moving it
     */
    static int begin(ByteBuf out, int expected) {
        int start = out.writerIndex();
        out.writeZero(sizeOf(expected));
        return start;
    }

    /**
     * Ends a string, all of which has been written.
     *
     * @param expected what {@link #begin} was told
     */
    static void end(ByteBuf out, int start, int expected) {
        int from = start + sizeOf(expected);
        int length = out.writerIndex() - from;
        int to = start + sizeOf(length);
        if (from != to) {
            move(out, from, to, length);
        }
        out.writerIndex(start);
        Packet.lengthEncoded(out, length);
        out.writerIndex(to + length);
    }

    private static void move(ByteBuf out, int from, int to, int length) {
        out.ensureWritable(Math.max(to - from, 0));
        if (to < from) {
            for (int done = 0; done < length; done += PIECE) {
                out.setBytes(to + done, out, from + done, Math.min(PIECE, length - done));
            }
        } else {
            right(out, from, to - from, length);
        }
    }

    /** Moves bytes to the right, within what the buffer has room for. */
    static void right(ByteBuf out, int from, int distance, int length) {
        for (int left = length; left > 0; left -= Math.min(PIECE, left)) {
            int size = Math.min(PIECE, left);
            out.setBytes(from + distance + left - size, out, from + left - size, size);
        }
    }
}
