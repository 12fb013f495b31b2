package dev.gatehouse.masking.masks;

import dev.gatehouse.firewall.masking.Mask;
import io.netty.buffer.ByteBuf;

/** Shows nothing at all: SQL's NULL, which every type has. */
record Null(String id) implements Mask {

    @Override
    public int write(ByteBuf row, int index, int length, ByteBuf out) {
        return NULL;
    }
}
