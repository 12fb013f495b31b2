package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.masking.Mask;
import io.netty.buffer.ByteBuf;

/** Shows nothing of a value. */
enum Withheld implements Mask {
    INSTANCE;

    @Override
    public int write(ByteBuf row, int index, int length, ByteBuf out) {
        return NULL;
    }

    @Override
    public String id() {
        return "unaccounted";
    }
}
