package dev.gatehouse.wire.mysql.message;

import io.netty.buffer.ByteBuf;

/**
 * Protocol::AuthMoreData: what a plugin of the server says to the one of the client.
 *
 * @param data of the plugin's own form
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_auth_more_data.html">
 *     Protocol::AuthMoreData</a>
 */
public record AuthMoreData(byte[] data) {

    /** What its payload begins with. */
    public static final int TAG = 1;

    /**
     * Reads a payload.
     *
     * @param body from the payload's first byte on
     */
    public static AuthMoreData read(Body body) {
        body.skip(1);
        return new AuthMoreData(body.bytes(body.left()));
    }

    /** Writes a packet. */
    public void write(ByteBuf out, int number) {
        int start = Packet.begin(out, number);
        out.writeByte(TAG).writeBytes(data);
        Packet.end(out, start);
    }
}
