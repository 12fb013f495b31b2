package dev.gatehouse.wire.mysql.message;

import io.netty.buffer.ByteBuf;

/**
 * Protocol::AuthSwitchRequest: the server asks for a proof by another plugin.
 *
 * @param plugin the plugin's name
 * @param data what the proof is to be made of, in the plugin's own form; most end it with a zero
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_auth_switch_request.html">
 *     Protocol::AuthSwitchRequest</a>
 */
public record AuthSwitchRequest(String plugin, byte[] data) {

    /** What its payload begins with. */
    public static final int TAG = 0xfe;

    /**
     * Reads a payload.
     *
     * @param body from the payload's first byte on
     * @throws ProtocolViolation if it asks for the proof of before MySQL 4.1, which is none
     */
    public static AuthSwitchRequest read(Body body) {
        body.skip(1);
        if (body.left() == 0) {
            throw new ProtocolViolation("the server asks for the proof of before MySQL 4.1");
        }
        String plugin = body.string();
        return new AuthSwitchRequest(plugin, body.bytes(body.left()));
    }

    /** Writes a packet. */
    public void write(ByteBuf out, int number) {
        int start = Packet.begin(out, number);
        out.writeByte(TAG);
        Packet.terminated(out, plugin);
        out.writeBytes(data);
        Packet.end(out, start);
    }
}
