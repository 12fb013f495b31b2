package dev.gatehouse.wire.mysql.prepared;

import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import dev.gatehouse.wire.mysql.result.ColumnType;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * The types of the values a statement is executed with. The client sends them with the first execution; they hold for later
 * ones until it sends others.
 *
 * @param types of each value: its number, see {@link ColumnType}, and {@link #UNSIGNED}
 * @param names of each value; empty where it has none
 */
record Types(List<Integer> types, List<String> names) {

    /** Of an execution without values. */
    static final Types NONE = new Types(List.of(), List.of());

    /** A number that has no sign. */
    static final int UNSIGNED = 0x8000;

    private static final int BYTES = 2;

    Types {
        types = List.copyOf(types);
        names = List.copyOf(names);
    }

    /**
     * Reads them.
     *
     * @param named whether each has a name behind it
     */
    static Types read(Body body, int count, boolean named) {
        if ((long) count * BYTES > body.left()) {
            throw new ProtocolViolation("an execution without all types of its values");
        }
        Integer[] types = new Integer[count];
        String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            int type = body.int2();
            if ((type & ~UNSIGNED) > 0xff || !isKnown(type & 0xff)) {
                throw new ProtocolViolation("a value of type " + type);
            }
            types[i] = type;
            names[i] = named ? body.lengthEncodedString() : "";
        }
        return new Types(List.of(types), List.of(names));
    }

    /** Whether all servers read a value of this type as it is read here. */
    private static boolean isKnown(int type) {
        return switch (type) {
            case ColumnType.TINY,
                    ColumnType.SHORT,
                    ColumnType.LONG,
                    ColumnType.LONGLONG,
                    ColumnType.FLOAT,
                    ColumnType.DOUBLE,
                    ColumnType.NULL,
                    ColumnType.DATE,
                    ColumnType.TIME,
                    ColumnType.DATETIME,
                    ColumnType.TIMESTAMP,
                    ColumnType.DECIMAL,
                    ColumnType.NEWDECIMAL,
                    ColumnType.VARCHAR,
                    ColumnType.TINY_BLOB,
                    ColumnType.MEDIUM_BLOB,
                    ColumnType.LONG_BLOB,
                    ColumnType.BLOB,
                    ColumnType.VAR_STRING,
                    ColumnType.STRING -> true;
            default -> false;
        };
    }

    int count() {
        return types.size();
    }

    int type(int value) {
        return types.get(value) & 0xff;
    }

    String name(int value) {
        return names.get(value);
    }

    /** Writes them as a client does. */
    void write(ByteBuf out, boolean named) {
        for (int i = 0; i < types.size(); i++) {
            out.writeShortLE(types.get(i));
            if (named) {
                Packet.string(out, names.get(i));
            }
        }
    }
}
