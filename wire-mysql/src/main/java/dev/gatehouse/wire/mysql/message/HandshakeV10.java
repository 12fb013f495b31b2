package dev.gatehouse.wire.mysql.message;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Protocol::HandshakeV10: what a server says first.
 *
 * @param serverVersion by which drivers decide what they may ask for
 * @param connection the server's number of the connection, unsigned
 * @param scramble what a proof is made of; 20 bytes for all plugins a server begins with
 * @param capabilities see {@link Capabilities}
 * @param collation the number of the server's default collation, or its low byte
 * @param status see {@link Status}
 * @param plugin the authentication plugin the scramble is for; empty for a server that names none
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_v10.html">
 *     Protocol::HandshakeV10</a>
 */
public record HandshakeV10(
        String serverVersion,
        long connection,
        byte[] scramble,
        long capabilities,
        int collation,
        int status,
        String plugin) {

    /** What its payload begins with: the version of the protocol. */
    public static final int TAG = 10;

    private static final int FIRST_SCRAMBLE_BYTES = 8;
    /** What the second part has at least, whatever the length says: twelve bytes and a zero. */
    private static final int SECOND_SCRAMBLE_BYTES = 13;

    private static final int UPPER_CAPABILITIES = 16;

    /**
     * Reads a payload.
     *
     * @param body from the payload's first byte on
     * @throws ProtocolViolation if it is another version's, or of a server older than MySQL 4.1
     */
    public static HandshakeV10 read(Body body) {
        int version = body.int1();
        if (version != TAG) {
            throw new ProtocolViolation("a handshake of protocol version " + version);
        }
        String serverVersion = body.string();
        long connection = body.int4();
        byte[] first = body.bytes(FIRST_SCRAMBLE_BYTES);
        body.skip(1);
        long capabilities = body.int2();
        if (!Capabilities.has(capabilities, Capabilities.PROTOCOL_41 | Capabilities.SECURE_CONNECTION)) {
            throw new ProtocolViolation("a server without the protocol of MySQL 4.1");
        }
        int collation = body.int1();
        int status = body.int2();
        capabilities |= (long) body.int2() << UPPER_CAPABILITIES;
        int length = body.int1();
        body.skip(Capabilities.UNUSED_BYTES);
        capabilities = Capabilities.readMariaDb(body, capabilities);
        byte[] second = body.bytes(Math.max(SECOND_SCRAMBLE_BYTES, length - FIRST_SCRAMBLE_BYTES));
        // Servers before 5.5.10 and 5.6.2 leave out the zero behind the plugin's name.
        String plugin = !Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH)
                ? ""
                : body.endsWithZero() ? body.string() : body.rest();
        return new HandshakeV10(
                serverVersion, connection, joined(first, second), capabilities, collation, status, plugin);
    }

    /** The scramble without the zero it ends with. */
    private static byte[] joined(byte[] first, byte[] second) {
        int length = second.length > 0 && second[second.length - 1] == 0 ? second.length - 1 : second.length;
        byte[] all = Arrays.copyOf(first, first.length + length);
        System.arraycopy(second, 0, all, first.length, length);
        return all;
    }

    /** Writes a packet. */
    public void write(ByteBuf out, int number) {
        int start = Packet.begin(out, number);
        out.writeByte(TAG);
        Packet.terminated(out, serverVersion);
        out.writeIntLE((int) connection);
        out.writeBytes(scramble, 0, FIRST_SCRAMBLE_BYTES).writeByte(0);
        int mysql = Capabilities.ofMySql(capabilities);
        out.writeShortLE(mysql).writeByte(collation).writeShortLE(status).writeShortLE(mysql >>> UPPER_CAPABILITIES);
        out.writeByte(scramble.length + 1).writeZero(Capabilities.UNUSED_BYTES);
        Capabilities.writeMariaDb(out, capabilities);
        out.writeBytes(scramble, FIRST_SCRAMBLE_BYTES, scramble.length - FIRST_SCRAMBLE_BYTES)
                .writeByte(0);
        Packet.terminated(out, plugin);
        Packet.end(out, start);
    }
}
