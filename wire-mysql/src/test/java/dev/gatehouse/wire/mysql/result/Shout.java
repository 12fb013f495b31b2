package dev.gatehouse.wire.mysql.result;

import dev.gatehouse.firewall.masking.Mask;
import io.netty.buffer.ByteBuf;

/** A mask for tests: writes each value so many times over, with an exclamation mark, and NULL in place of what begins with n. */
record Shout(int times) implements Mask {

    Shout() {
        this(1);
    }

    @Override
    public int write(ByteBuf row, int index, int length, ByteBuf out) {
        if (length > 0 && row.getByte(index) == 'n') {
            return NULL;
        }
        for (int i = 0; i < times; i++) {
            out.writeBytes(row, index, length);
        }
        out.writeByte('!');
        return times * length + 1;
    }

    @Override
    public String id() {
        return "shout";
    }
}
