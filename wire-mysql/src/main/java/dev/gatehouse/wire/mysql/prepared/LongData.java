package dev.gatehouse.wire.mysql.prepared;

import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Values that a client sends ahead of an execution, in any number of pieces. The whole of each is part of what is ruled on,
 * and so kept until then.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_send_long_data.html">
 *     COM_STMT_SEND_LONG_DATA</a>
 */
public final class LongData {

    private final Map<Integer, ByteArrayOutputStream> values = new TreeMap<>();
    private long size;

    /** Adds a piece of a parameter's value. */
    public void add(int parameter, byte[] piece) {
        values.computeIfAbsent(parameter, key -> new ByteArrayOutputStream()).writeBytes(piece);
        size += piece.length;
    }

    /** How many bytes all pieces have. */
    public long size() {
        return size;
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Shows each parameter's whole value, in the order of the parameters. */
    public void forEach(BiConsumer<Integer, byte[]> action) {
        values.forEach((parameter, value) -> action.accept(parameter, value.toByteArray()));
    }

    /** Forgets everything, as the server does with an execution and a reset. */
    public void clear() {
        values.clear();
        size = 0;
    }

    byte @Nullable [] value(int parameter) {
        ByteArrayOutputStream value = values.get(parameter);
        return value == null ? null : value.toByteArray();
    }

    void check(int parameters) {
        for (int parameter : values.keySet()) {
            if (parameter >= parameters) {
                throw new ProtocolViolation("a value for parameter " + parameter + " of " + parameters);
            }
        }
    }
}
