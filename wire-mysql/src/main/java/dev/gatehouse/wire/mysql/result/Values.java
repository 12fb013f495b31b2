package dev.gatehouse.wire.mysql.result;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/** Finds length-encoded values in rows, and writes their masked forms. */
final class Values {

    private static final int TWO_BYTES = 0xfc;
    private static final int THREE_BYTES = 0xfd;
    private static final int EIGHT_BYTES = 0xfe;

    private Values() {}

    /** Where the value begins whose length stands here. */
    static int begin(ByteBuf row, int at, int end) {
        int size = at >= end
                ? 1
                : switch (row.getUnsignedByte(at)) {
                    case TWO_BYTES -> 3;
                    case THREE_BYTES -> 4;
                    case EIGHT_BYTES -> 9;
                    default -> 1;
                };
        if (end - at < size) {
            throw new ProtocolViolation("a row shorter than its columns");
        }
        return at + size;
    }

    /**
     * How long that value is.
     *
     * @param begin where it begins
     */
    static int length(ByteBuf row, int at, int begin, int end) {
        int first = row.getUnsignedByte(at);
        long length =
                switch (begin - at) {
                    case 3 -> row.getUnsignedShortLE(at + 1);
                    case 4 -> row.getUnsignedMediumLE(at + 1);
                    case 9 -> row.getLongLE(at + 1);
                    default -> first;
                };
        boolean none = begin - at == 1 && first >= 0xfb;
        if (none || length < 0 || length > end - begin) {
            throw new ProtocolViolation("a value longer than its row");
        }
        return (int) length;
    }

    /** Writes the masked form of a value behind its length; answers false, and nothing is written, where it is NULL. */
    static boolean write(Mask mask, ByteBuf row, int value, int size, ByteBuf out) {
        int start = LengthEncodedValue.begin(out, size);
        int written = mask.write(row, value, size, out);
        if (written == Mask.NULL) {
            out.writerIndex(start);
            return false;
        }
        LengthEncodedValue.end(out, start, size);
        return true;
    }
}
