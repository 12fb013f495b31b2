package dev.gatehouse.wire.postgres.message;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Writes frames: a tag, a length that counts itself and the body, the body.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>
 */
public final class Frame {

    /** The tag and the length. */
    public static final int HEADER = 5;

    private Frame() {}

    /** Begins a frame; answers where it begins, for {@link #end}. */
    public static int begin(ByteBuf out, int tag) {
        int start = out.writerIndex();
        out.writeByte(tag).writeInt(0);
        return start;
    }

    /** Ends a frame by writing its length. */
    public static void end(ByteBuf out, int start) {
        out.setInt(start + 1, out.writerIndex() - start - 1);
    }

    /** Writes a null-terminated string; a zero inside it ends it early, so that it cannot forge a field. */
    public static void string(ByteBuf out, String text) {
        int zero = text.indexOf('\0');
        out.writeCharSequence(zero < 0 ? text : text.substring(0, zero), StandardCharsets.UTF_8);
        out.writeByte(0);
    }

    /** Writes a whole frame whose body is the given strings. */
    public static void strings(ByteBuf out, int tag, String... texts) {
        int start = begin(out, tag);
        for (String text : texts) {
            string(out, text);
        }
        end(out, start);
    }

    /** Writes a whole frame with an empty body. */
    public static void empty(ByteBuf out, int tag) {
        out.writeByte(tag).writeInt(4);
    }
}
