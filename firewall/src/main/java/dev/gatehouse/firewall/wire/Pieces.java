package dev.gatehouse.firewall.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Puts together what arrives in pieces. */
public final class Pieces {

    private Pieces() {}

    /**
     * Moves as much as there is, and no more than is missing, to what has begun to arrive.
     *
     * @param begun lent
     * @param next what has come now; lent
     * @param whole how many bytes it has once it is whole
     */
    public static void fill(ByteBuf begun, ByteBuf next, int whole) {
        int missing = Math.min(whole - begun.readableBytes(), next.readableBytes());
        if (missing > 0) {
            begun.writeBytes(next, missing);
        }
    }

    /**
     * What has come first and what has come behind it, in one buffer.
     *
     * @param first owned
     * @param second owned
     * @return owned by the caller
     */
    public static ByteBuf join(ByteBufAllocator allocator, ByteBuf first, ByteBuf second) {
        if (!second.isReadable()) {
            second.release();
            return first;
        }
        ByteBuf both = allocator.buffer(first.readableBytes() + second.readableBytes());
        both.writeBytes(first).writeBytes(second);
        first.release();
        second.release();
        return both;
    }
}
