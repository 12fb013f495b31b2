package dev.gatehouse.wire.mysql.result;

import dev.gatehouse.wire.mysql.message.Packet;
import io.netty.buffer.ByteBuf;

/** Ends packets that may have become longer than one packet can be, as a masked row may. */
public final class LongPacket {

    private static final int NUMBERS = 0xff;

    private LongPacket() {}

    /**
     * Ends what {@link Packet#begin} has begun: as one packet, or cut into as many as it needs.
     *
     * @param number the number it was begun with
     * @return how many packets it has become
     */
    public static int end(ByteBuf out, int start, int number) {
        int length = out.writerIndex() - start - Packet.HEADER;
        int more = length / Packet.MAX_PAYLOAD;
        if (more > 0) {
            cut(out, start, length, more, number);
        } else {
            Packet.end(out, start);
        }
        return more + 1;
    }

    private static void cut(ByteBuf out, int start, int length, int more, int number) {
        out.writeZero(more * Packet.HEADER);
        for (int i = more; i > 0; i--) {
            int done = i * Packet.MAX_PAYLOAD;
            int from = start + Packet.HEADER + done;
            int size = Math.min(Packet.MAX_PAYLOAD, length - done);
            LengthEncodedValue.right(out, from, i * Packet.HEADER, size);
            header(out, from + (i - 1) * Packet.HEADER, size, number + i);
        }
        header(out, start, Packet.MAX_PAYLOAD, number);
    }

    private static void header(ByteBuf out, int at, int length, int number) {
        out.setMediumLE(at, length);
        Packet.number(out, at, number & NUMBERS);
    }
}
