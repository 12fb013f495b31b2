package dev.gatehouse.wire.mysql;

import dev.gatehouse.wire.mysql.message.Packet;
import io.netty.buffer.ByteBuf;

/** Writes payloads of any length. */
final class Payloads {

    private Payloads() {}

    /**
     * Writes a payload as one packet, or as many as it needs.
     *
     * @param payload lent
     */
    static void write(ByteBuf out, ByteBuf payload, int index, int length, Numbers numbers) {
        int at = index;
        int left = length;
        int size;
        do {
            size = Math.min(left, Packet.MAX_PAYLOAD);
            out.writeMediumLE(size).writeByte(numbers.take()).writeBytes(payload, at, size);
            at += size;
            left -= size;
        } while (size == Packet.MAX_PAYLOAD);
    }
}
