package dev.gatehouse.wire.mysql.message;

import io.netty.buffer.ByteBuf;

/**
 * EOF_Packet: column definitions or rows have ended, where the client does not want an {@link Ok} for that.
 *
 * @param warnings how many there are
 * @param status what the server tells of the session, see {@link Status}
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_eof_packet.html">EOF_Packet</a>
 */
public record Eof(int warnings, int status) {

    /** What its payload begins with. */
    public static final int TAG = 0xfe;

    /** A longer payload with this tag is something else. */
    public static final int PAYLOAD_BYTES = 5;

    /**
     * Reads a payload.
     *
     * @param body from the payload's first byte on
     */
    public static Eof read(Body body) {
        body.skip(1);
        Eof eof = new Eof(body.int2(), body.int2());
        body.finish();
        return eof;
    }

    public void write(ByteBuf out, int number) {
        int start = Packet.begin(out, number);
        out.writeByte(TAG).writeShortLE(warnings).writeShortLE(status);
        Packet.end(out, start);
    }

    public boolean has(int flag) {
        return (status & flag) != 0;
    }
}
