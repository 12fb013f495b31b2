package dev.gatehouse.wire.postgres.message;

import dev.gatehouse.firewall.statement.Parameter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Binds a statement's parameters, which makes a portal.
 *
 * @param portal the portal's name; empty for the unnamed portal
 * @param statement the statement's name; empty for the unnamed statement
 * @param binding the parameters' formats and values, as received
 * @param resultFormats of the result's columns: none for text, one for all, or one for each
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats, Bind (F)</a>
 */
public record Bind(String portal, String statement, byte[] binding, short[] resultFormats) {

    public static final byte TAG = 'B';
    private static final byte[] NONE = {0, 0, 0, 0};

    /**
     * Reads the body that follows the header.
     *
     * @throws ProtocolViolation if it is not exactly one Bind
     */
    public static Bind read(Body body) {
        String portal = body.name();
        String statement = body.name();
        byte[] binding = values(body);
        short[] formats = new short[body.count(Short.BYTES)];
        for (int i = 0; i < formats.length; i++) {
            formats[i] = body.int16();
        }
        body.finish();
        return new Bind(portal, statement, binding, formats);
    }

    /** Whether a column of the result, 0-based, is to come in binary. */
    public boolean isBinary(int column) {
        if (resultFormats.length <= 1) {
            return resultFormats.length == 1 && resultFormats[0] != 0;
        }
        return column < resultFormats.length && resultFormats[column] != 0;
    }

    /** Reads the formats of values and the values, as they stand. */
    static byte[] values(Body body) {
        Body ahead = body.ahead();
        ahead.skip(2L * ahead.count(2));
        int values = ahead.count(Integer.BYTES);
        for (int i = 0; i < values; i++) {
            ahead.skip(Math.max(0, valueLength(ahead.int32())));
        }
        byte[] binding = body.bytes(body.left() - ahead.left());
        return values == 0 ? NONE : binding;
    }

    private static int valueLength(int length) {
        if (length < -1) {
            throw new ProtocolViolation("a parameter of " + length + " bytes");
        }
        return length;
    }

    /** How many bytes the values have with their formats; 0 when there are none. */
    public int valueBytes() {
        int formats = ByteBuffer.wrap(binding).getShort() & 0xffff;
        int count = ByteBuffer.wrap(binding).getShort(Short.BYTES * (1 + formats)) & 0xffff;
        return count == 0 ? 0 : binding.length;
    }

    /**
     * The values as a reviewer is shown them.
     *
     * @param types the OIDs of the parameters' types, as far as known
     * @param utf8 whether texts are in UTF-8; else those are shown as bytes that are not all ASCII
     */
    public List<Parameter> parameters(int[] types, boolean utf8) {
        ByteBuffer bytes = ByteBuffer.wrap(binding);
        short[] formats = new short[bytes.getShort() & 0xffff];
        for (int i = 0; i < formats.length; i++) {
            formats[i] = bytes.getShort();
        }
        int count = bytes.getShort() & 0xffff;
        List<Parameter> parameters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = bytes.getInt();
            if (length < 0) {
                parameters.add(new Parameter(null));
                continue;
            }
            byte[] value = new byte[length];
            bytes.get(value);
            short format = formats.length == 0 ? 0 : formats[formats.length == 1 ? 0 : Math.min(i, formats.length - 1)];
            parameters.add(new Parameter(show(value, format, i < types.length ? types[i] : 0, utf8)));
        }
        return parameters;
    }

    private static String show(byte[] value, int format, int type, boolean utf8) {
        if (format == 0 || type == 25 || type == 1043) {
            try {
                return (utf8 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII)
                        .newDecoder()
                        .decode(ByteBuffer.wrap(value))
                        .toString();
            } catch (CharacterCodingException e) {
                return hex(value);
            }
        }
        if (type == 20 && value.length == Long.BYTES) {
            return Long.toString(ByteBuffer.wrap(value).getLong());
        }
        if (type == 23 && value.length == Integer.BYTES) {
            return Integer.toString(ByteBuffer.wrap(value).getInt());
        }
        if (type == 21 && value.length == Short.BYTES) {
            return Short.toString(ByteBuffer.wrap(value).getShort());
        }
        if (type == 16 && value.length == 1) {
            return value[0] == 0 ? "false" : "true";
        }
        return hex(value);
    }

    private static String hex(byte[] value) {
        return "\\x" + HexFormat.of().formatHex(value);
    }
}
