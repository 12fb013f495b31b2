package dev.gatehouse.bench.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes and reads the lines of a {@code .wire} file: what went over a connection, readable, and exact to the byte.
 *
 * <pre>
 *   # a comment
 *   &gt; Q select 1\0          the client sent a message: its tag, then its body; the length in between is implied
 *   &gt; - \0\x03\0\0user\0…    a message without a tag, as at the start: its body behind an implied length
 *   &lt; = N                   bytes that are no whole message, exactly these
 * </pre>
 * A body is ASCII with {@code \0 \n \r \t \\ \xHH} for the rest; <code>\{N}c</code> is {@code c}, itself perhaps escaped,
 * N times over.
 */
public final class WireText {

    static final char CLIENT = '>';
    static final char SERVER = '<';
    private static final char UNTAGGED = '-';
    private static final char RAW = '=';
    private static final int RUN = 24;
    private static final int LENGTH_BYTES = 4;
    private static final int HEX = 16;

    private WireText() {}

    /** A message with a tag. */
    static String tagged(char side, byte[] message) {
        String body = escape(message, 1 + LENGTH_BYTES);
        return side + " " + (char) message[0] + (body.isEmpty() ? "" : " " + body);
    }

    /** A message without a tag. */
    static String untagged(char side, byte[] message) {
        return side + " " + UNTAGGED + " " + escape(message, LENGTH_BYTES);
    }

    /** Bytes that are no whole message. */
    static String raw(char side, byte[] bytes) {
        return side + " " + RAW + " " + escape(bytes, 0);
    }

    /** Whether a message's tag can stand on a line. */
    static boolean canTag(byte tag) {
        return tag > ' ' && tag < 0x7f && tag != UNTAGGED && tag != RAW;
    }

    /**
     * The bytes of one line that is no comment.
     *
     * @throws IllegalArgumentException if the line is none of ours
     */
    public static byte[] read(String line) {
        if (line.length() < 3 || (line.charAt(0) != CLIENT && line.charAt(0) != SERVER) || line.charAt(1) != ' ') {
            throw new IllegalArgumentException("not a line of a wire file: " + line);
        }
        char kind = line.charAt(2);
        byte[] body = unescape(line.length() > 4 ? line.substring(4) : "");
        if (kind == RAW) {
            return body;
        }
        int length = body.length + LENGTH_BYTES;
        boolean tag = kind != UNTAGGED;
        ByteBuffer message = ByteBuffer.allocate(length + (tag ? 1 : 0));
        if (tag) {
            message.put((byte) kind);
        }
        return message.putInt(length).put(body).array();
    }

    private static String escape(byte[] bytes, int from) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < bytes.length; ) {
            int run = 1;
            while (i + run < bytes.length && bytes[i + run] == bytes[i]) {
                run++;
            }
            boolean last = i + run == bytes.length;
            String one = escape(bytes[i], last && run == 1);
            if (run >= RUN) {
                text.append("\\{").append(run).append('}').append(escape(bytes[i], last));
            } else if (last && bytes[i] == ' ') {
                text.append(" ".repeat(run - 1)).append(escape(bytes[i], true));
            } else {
                text.append(one.repeat(run));
            }
            i += run;
        }
        return text.toString();
    }

    private static String escape(byte value, boolean atEnd) {
        return switch (value) {
            case 0 -> "\\0";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\\' -> "\\\\";
            case ' ' -> atEnd ? "\\x20" : " ";
            default ->
                value > ' ' && value < 0x7f ? String.valueOf((char) value) : String.format("\\x%02x", value & 0xff);
        };
    }

    private static byte[] unescape(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < ascii.length; ) {
            int times = 1;
            if (ascii[i] == '\\' && ascii[i + 1] == '{') {
                int end = text.indexOf('}', i);
                times = Integer.parseInt(text.substring(i + 2, end));
                i = end + 1;
            }
            boolean escaped = ascii[i] == '\\';
            char code = escaped ? (char) ascii[i + 1] : 0;
            int value = escaped ? code(code, text, i) : ascii[i];
            i += escaped ? (code == 'x' ? 4 : 2) : 1;
            for (int n = 0; n < times; n++) {
                bytes.write(value);
            }
        }
        return bytes.toByteArray();
    }

    private static int code(char code, String text, int at) {
        return switch (code) {
            case '0' -> 0;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\' -> '\\';
            case 'x' -> Integer.parseInt(text.substring(at + 2, at + 4), HEX);
            default -> throw new IllegalArgumentException("no such escape: \\" + code);
        };
    }
}
