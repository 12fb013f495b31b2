package dev.gatehouse.masking.masks;

import io.netty.buffer.ByteBuf;

/** Counts and finds code points in bytes that claim to be UTF-8. */
final class Utf8 {

    /** What {@link #count} answers for bytes that are not UTF-8. */
    static final int INVALID = -1;

    private Utf8() {}

    /** How many code points a value has; {@link #INVALID} if it is not well-formed (RFC 3629, section 4). */
    static int count(ByteBuf row, int index, int length) {
        int end = index + length;
        int at = index;
        int points = 0;
        while (at < end) {
            byte lead = row.getByte(at);
            int size = lead >= 0 ? 1 : sequence(row, at, end, lead & 0xff);
            if (size == 0) {
                return INVALID;
            }
            at += size;
            points++;
        }
        return points;
    }

    /** The length of the well-formed sequence of several bytes that begins here; 0 if there is none. */
    private static int sequence(ByteBuf row, int at, int end, int lead) {
        int size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        if (lead < 0xc2 || lead > 0xf4 || at + size > end) {
            return 0;
        }
        int second = row.getByte(at + 1) & 0xff;
        int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((row.getByte(at + i) & 0xc0) != 0x80) {
                return 0;
            }
        }
        return size;
    }

    /** Where the code point begins that comes so many after this index, in well-formed bytes. */
    static int skip(ByteBuf row, int index, int points) {
        int at = index;
        for (int i = 0; i < points; i++) {
            int lead = row.getByte(at) & 0xff;
            at += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        }
        return at;
    }
}
