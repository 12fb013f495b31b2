package dev.gatehouse.wire.mysql.prepared;

import dev.gatehouse.firewall.statement.Parameter;
import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * Values bound to the parameters of a statement, in a form that is the same for the same values, however they were sent:
 *
 * <pre>
 *   2 bytes type │ name │ 0x00 │ value          each value, and each name, behind its length
 *   2 bytes type │ name │ 0x01                  NULL; MariaDB's DEFAULT and IGNORE are 0x02 and 0x03
 * </pre>
 */
public final class Binding {

    /** No values. */
    public static final Binding NONE = new Binding(new byte[0]);

    private static final int VALUE = 0;
    private static final int NULL = 1;
    private static final int DEFAULT = 2;
    private static final int IGNORE = 3;

    private final byte[] bytes;

    private Binding(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Collects values. */
    static final class Collector {

        private final Types types;
        private final ByteBuf out = Unpooled.buffer();
        private int next;

        Collector(Types types) {
            this.types = types;
        }

        /** The type of the next value. */
        int type() {
            return types.type(next);
        }

        void value(byte[] value) {
            begin().writeByte(VALUE);
            Packet.bytes(out, value);
        }

        void nothing() {
            begin().writeByte(NULL);
        }

        /** Takes MariaDB's indicator for something else than a value. */
        void indicator(int indicator) {
            if (indicator < NULL || indicator > IGNORE) {
                throw new ProtocolViolation("a value's indicator " + indicator);
            }
            begin().writeByte(indicator);
        }

        private ByteBuf begin() {
            out.writeShortLE(types.types().get(next));
            Packet.string(out, types.name(next));
            next = (next + 1) % types.count();
            return out;
        }

        Binding finish() {
            byte[] all = new byte[out.readableBytes()];
            out.readBytes(all);
            return new Binding(all);
        }
    }

    /** The form above, for a digest; lent. */
    public byte[] bytes() {
        return bytes;
    }

    /** The values as a reviewer is shown them. */
    public List<Parameter> parameters() {
        Body body = new Body(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
        List<Parameter> parameters = new ArrayList<>();
        while (body.left() > 0) {
            int type = body.int2();
            String name = body.lengthEncodedString();
            parameters.add(parameter(body, type, name));
        }
        return parameters;
    }

    private static Parameter parameter(Body body, int type, String name) {
        int indicator = body.int1();
        String prefix = name.isEmpty() ? "" : name + " = ";
        return switch (indicator) {
            case VALUE ->
                new Parameter(prefix
                        + BinaryValue.text(type & 0xff, (type & Types.UNSIGNED) != 0, body.bytes(body.length())));
            case DEFAULT -> new Parameter("DEFAULT");
            case IGNORE -> new Parameter("(left as it is)");
            default -> new Parameter(name.isEmpty() ? null : prefix + "NULL");
        };
    }
}
