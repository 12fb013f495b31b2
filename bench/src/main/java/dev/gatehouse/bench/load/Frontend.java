package dev.gatehouse.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes the messages a client sends.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>
 */
public final class Frontend {

    /** Protocol 3.0, as the startup message names it. */
    public static final int VERSION_3_0 = 3 << 16;
    /** Protocol 3.2, new with PostgreSQL 18. */
    public static final int VERSION_3_2 = VERSION_3_0 + 2;

    private static final int LENGTH_BYTES = 4;

    private Frontend() {}

    /** Opens a session. */
    public static void startup(ByteBuffer out, int version, Map<String, String> parameters) {
        int start = out.position();
        out.putInt(0).putInt(version);
        parameters.forEach((name, value) -> {
            text(out, name);
            text(out, value);
        });
        out.put((byte) 0);
        out.putInt(start, out.position() - start);
    }

    /** Answers an authentication request. */
    static void password(ByteBuffer out, byte[] answer) {
        int start = begin(out, 'p');
        out.put(answer);
        end(out, start);
    }

    /** Chooses a SASL mechanism and opens its exchange. */
    static void saslInitial(ByteBuffer out, String mechanism, byte[] first) {
        int start = begin(out, 'p');
        text(out, mechanism);
        out.putInt(first.length).put(first);
        end(out, start);
    }

    /** Runs text by the simple protocol. */
    public static void query(ByteBuffer out, String sql) {
        int start = begin(out, 'Q');
        text(out, sql);
        end(out, start);
    }

    /** Prepares a statement; parameter types are left to the server. */
    public static void parse(ByteBuffer out, String name, String sql) {
        int start = begin(out, 'P');
        text(out, name);
        text(out, sql);
        out.putShort((short) 0);
        end(out, start);
    }

    /** Binds text parameters to a statement, asking for a result in text. */
    public static void bind(ByteBuffer out, String portal, String statement, List<String> parameters) {
        bind(out, portal, statement, parameters, false);
    }

    /** Binds text parameters to a statement. */
    public static void bind(
            ByteBuffer out, String portal, String statement, List<String> parameters, boolean binaryResult) {
        int start = begin(out, 'B');
        text(out, portal);
        text(out, statement);
        out.putShort((short) 0).putShort((short) parameters.size());
        for (String parameter : parameters) {
            byte[] bytes = parameter.getBytes(StandardCharsets.UTF_8);
            out.putInt(bytes.length).put(bytes);
        }
        if (binaryResult) {
            out.putShort((short) 1).putShort((short) 1);
        } else {
            out.putShort((short) 0);
        }
        end(out, start);
    }

    /** Asks for the columns of a portal ({@code P}) or a statement ({@code S}). */
    public static void describe(ByteBuffer out, char kind, String name) {
        named(out, 'D', kind, name);
    }

    /** Closes a portal ({@code P}) or a statement ({@code S}). */
    public static void close(ByteBuffer out, char kind, String name) {
        named(out, 'C', kind, name);
    }

    /** Runs a portal; {@code maxRows} 0 is no limit. */
    public static void execute(ByteBuffer out, String portal, int maxRows) {
        int start = begin(out, 'E');
        text(out, portal);
        out.putInt(maxRows);
        end(out, start);
    }

    /** Ends a pipeline's part. */
    public static void sync(ByteBuffer out) {
        end(out, begin(out, 'S'));
    }

    /** Asks for the answers so far. */
    public static void flush(ByteBuffer out) {
        end(out, begin(out, 'H'));
    }

    /** Says goodbye. */
    public static void terminate(ByteBuffer out) {
        end(out, begin(out, 'X'));
    }

    private static void named(ByteBuffer out, char tag, char kind, String name) {
        int start = begin(out, tag);
        out.put((byte) kind);
        text(out, name);
        end(out, start);
    }

    private static int begin(ByteBuffer out, char tag) {
        out.put((byte) tag);
        int start = out.position();
        out.position(start + LENGTH_BYTES);
        return start;
    }

    private static void end(ByteBuffer out, int start) {
        out.putInt(start, out.position() - start);
    }

    private static void text(ByteBuffer out, String text) {
        out.put(text.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
    }
}
