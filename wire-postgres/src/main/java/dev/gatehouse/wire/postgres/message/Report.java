package dev.gatehouse.wire.postgres.message;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An ErrorResponse or NoticeResponse: fields by their one-byte type.
 *
 * @param tag {@link #ERROR} or {@link #NOTICE}
 * @param fields by type, in the order they are sent
 * @see <a href="https://www.postgresql.org/docs/current/protocol-error-fields.html">Error and Notice Message Fields</a>
 */
public record Report(byte tag, Map<Character, String> fields) {

    public static final byte ERROR = 'E';
    public static final byte NOTICE = 'N';

    /** An error or notice of the gateway's own, with the fields every one has. */
    public static Report of(byte tag, String severity, String state, String message) {
        Map<Character, String> fields = new LinkedHashMap<>();
        fields.put('S', severity);
        fields.put('V', severity);
        fields.put('C', state);
        fields.put('M', message);
        return new Report(tag, fields);
    }

    /** The same with one field more, unless its value is empty. */
    public Report with(char type, String value) {
        if (!value.isEmpty()) {
            fields.put(type, value);
        }
        return this;
    }

    /** The same without a field. */
    public Report without(char type) {
        fields.remove(type);
        return this;
    }

    /**
     * Reads the body that follows the header.
     *
     * @throws ProtocolViolation if it is not exactly one list of fields
     */
    public static Report read(byte tag, Body body) {
        Map<Character, String> fields = new LinkedHashMap<>();
        byte type = body.int8();
        while (type != 0) {
            fields.put((char) (type & 0xff), body.string());
            type = body.int8();
        }
        body.finish();
        return new Report(tag, fields);
    }

    /** A field's value; empty when it is not there. */
    public String field(char type) {
        return fields.getOrDefault(type, "");
    }

    /** Writes the whole frame. */
    public void write(ByteBuf out) {
        int start = Frame.begin(out, tag);
        fields.forEach((type, value) -> {
            out.writeByte(type);
            Frame.string(out, value);
        });
        out.writeByte(0);
        Frame.end(out, start);
    }
}
