package dev.gatehouse.wire.mysql.prepared;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
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

    /** Pieces that are shorter are joined, so that many take no more room than they have bytes. */
    private static final int MIN_PIECE_BYTES = 64 << 10;

    private final Map<Integer, List<ByteArrayOutputStream>> values = new TreeMap<>();
    private long size;

    /** Adds a piece of a parameter's value. */
    public void add(int parameter, byte[] piece) {
        List<ByteArrayOutputStream> pieces = values.computeIfAbsent(parameter, key -> new ArrayList<>(1));
        ByteArrayOutputStream last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
        if (last == null || last.size() + piece.length > MIN_PIECE_BYTES) {
            last = new ByteArrayOutputStream(piece.length);
            pieces.add(last);
        }
        last.writeBytes(piece);
        size += piece.length;
    }

    /** How many bytes all pieces have. */
    public long size() {
        return size;
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Shows the pieces of each parameter's value, none much longer than it came: a server takes packets up to a bound. */
    public void forEach(BiConsumer<Integer, byte[]> action) {
        values.forEach((parameter, pieces) -> pieces.forEach(piece -> action.accept(parameter, piece.toByteArray())));
    }

    /** Forgets everything, as the server does with an execution and a reset. */
    public void clear() {
        values.clear();
        size = 0;
    }

    byte @Nullable [] value(int parameter) {
        List<ByteArrayOutputStream> pieces = values.get(parameter);
        if (pieces == null) {
            return null;
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        pieces.forEach(piece -> value.writeBytes(piece.toByteArray()));
        return value.toByteArray();
    }

    void check(int parameters) {
        for (int parameter : values.keySet()) {
            if (parameter >= parameters) {
                throw new WrongArguments("a value for parameter " + parameter + " of " + parameters);
            }
        }
    }
}
