package dev.gatehouse.wire.postgres.message;

import io.netty.buffer.ByteBuf;

/**
 * Prepares a statement.
 *
 * @param name the statement's name; empty for the unnamed statement
 * @param sql the text's bytes, without the terminating zero
 * @param types the OIDs of the parameters' types, as far as the client gave them; 0 for one it left open
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats, Parse (F)</a>
 */
public record Parse(String name, byte[] sql, int[] types) {

    public static final byte TAG = 'P';

    /**
     * Reads the body that follows the header.
     *
     * @throws ProtocolViolation if it is not exactly one Parse
     */
    public static Parse read(Body body) {
        String name = body.name();
        byte[] sql = body.text();
        int count = body.count(Integer.BYTES);
        int[] types = new int[count];
        for (int i = 0; i < count; i++) {
            types[i] = body.int32();
        }
        body.finish();
        return new Parse(name, sql, types);
    }

    /** Writes the whole frame. */
    public static void write(ByteBuf out, String name, byte[] sql, int[] types) {
        int start = Frame.begin(out, TAG);
        Frame.string(out, name);
        out.writeBytes(sql).writeByte(0).writeShort(types.length);
        for (int type : types) {
            out.writeInt(type);
        }
        Frame.end(out, start);
    }
}
