package dev.gatehouse.wire.mysql;

import dev.gatehouse.wire.mysql.message.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** Writes payloads of any length. */
final class Payloads {

    private Payloads() {}

    /** A command with its text, as the first of what its numbers count. */
    static ByteBuf command(ByteBufAllocator allocator, int command, byte[] text, Numbers numbers) {
        ByteBuf payload = Unpooled.wrappedBuffer(new byte[] {(byte) command}, text);
        ByteBuf out = allocator.buffer(payload.readableBytes() + Packet.HEADER);
        write(out, payload, 0, payload.readableBytes(), numbers);
        payload.release();
        return out;
    }

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
