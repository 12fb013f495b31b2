package dev.gatehouse.wire.mysql.result;

import dev.gatehouse.wire.mysql.message.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Column definitions as a server writes them, for tests.
 *
 * @param charset the number of its collation
 */
record Column(String table, String name, int type, int charset, int flags) {

    /** A column of this type, not of text. */
    static ColumnDefinition of(int type) {
        return new Column("t", "c", type, 63, 128).definition("");
    }

    /** A column of text in utf8mb4. */
    static ColumnDefinition text() {
        return new Column("t", "c", ColumnType.VAR_STRING, 45, 0).definition("");
    }

    ColumnDefinition definition(String extended) {
        ByteBuf out = payload(extended);
        return ColumnDefinition.read(out, 0, out.readableBytes(), !extended.isEmpty());
    }

    ByteBuf payload(String extended) {
        ByteBuf out = Unpooled.buffer();
        for (String part : new String[] {"def", "shop", "alias", table, "label", name}) {
            Packet.string(out, part);
        }
        if (!extended.isEmpty()) {
            Packet.string(out, extended);
        }
        out.writeByte(12).writeShortLE(charset).writeIntLE(80).writeByte(type).writeShortLE(flags);
        return out.writeByte(0).writeShortLE(0);
    }
}
