package dev.gatehouse.wire.mysql.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Protocol::HandshakeResponse41: who a client is, what it can do, and its first proof.
 *
 * @param capabilities see {@link Capabilities}
 * @param maxPacketBytes the longest packet the client takes
 * @param collation the number of the collation whose character set the client speaks
 * @param user who it wants to be
 * @param proof what its plugin made of the server's scramble; may be empty
 * @param database may be empty
 * @param plugin the authentication plugin the proof is of; empty for a client that names none
 * @param attributes what the client tells of itself, in order
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_response.html">
 *     Protocol::HandshakeResponse41</a>
 */
public record HandshakeResponse41(
        long capabilities,
        long maxPacketBytes,
        int collation,
        String user,
        byte[] proof,
        String database,
        String plugin,
        Map<String, String> attributes) {

    /** How long a request for TLS is, which is a response without what must not be said in clear. */
    public static final int SSL_REQUEST_BYTES = 32;

    /** What MySQL's own server takes of attributes. */
    private static final int MAX_ATTRIBUTES_BYTES = 65_536;

    private static final int UNUSED_BYTES = 19;
    private static final int OLDER_MIN_BYTES = 2;

    public HandshakeResponse41 {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /**
     * Whether a payload asks for TLS; what it tells besides is told again under TLS.
     *
     * @param body from the payload's first byte on
     */
    public static boolean isSslRequest(Body body) {
        Body ahead = body.ahead();
        return ahead.left() == SSL_REQUEST_BYTES && Capabilities.has(ahead.int4(), Capabilities.SSL);
    }

    /**
     * Reads a payload. What stands behind it is left, as servers leave it.
     *
     * @param body from the payload's first byte on
     * @throws ProtocolViolation if it is none, or of a client older than MySQL 4.1
     */
    public static HandshakeResponse41 read(Body body) {
        if (body.left() >= OLDER_MIN_BYTES && !Capabilities.has(body.ahead().int2(), Capabilities.PROTOCOL_41)) {
            throw new ProtocolViolation("a client without the protocol of MySQL 4.1");
        }
        long capabilities = body.int4();
        long maxPacketBytes = body.int4();
        int collation = body.int1();
        body.skip(UNUSED_BYTES);
        capabilities = Capabilities.readMariaDb(body, capabilities);
        String user = body.name();
        byte[] proof = proof(body, capabilities);
        // Clients say that they name a database and then do not; servers take that for none.
        boolean named = Capabilities.has(capabilities, Capabilities.CONNECT_WITH_DB) && body.left() > 0;
        String database = named ? body.name() : "";
        String plugin = plugin(body, capabilities);
        Map<String, String> attributes = attributes(body, capabilities);
        return new HandshakeResponse41(
                capabilities, maxPacketBytes, collation, user, proof, database, plugin, attributes);
    }

    private static byte[] proof(Body body, long capabilities) {
        if (Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA)) {
            return body.bytes(body.length());
        }
        return Capabilities.has(capabilities, Capabilities.SECURE_CONNECTION)
                ? body.bytes(body.int1())
                : body.terminated();
    }

    static String plugin(Body body, long capabilities) {
        return Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH) && body.left() > 0 ? body.string() : "";
    }

    static Map<String, String> attributes(Body body, long capabilities) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (Capabilities.has(capabilities, Capabilities.CONNECT_ATTRS) && body.left() > 0) {
            int length = body.length();
            if (length > MAX_ATTRIBUTES_BYTES) {
                throw new ProtocolViolation("connection attributes of " + length + " bytes");
            }
            int end = body.left() - length;
            while (body.left() > end) {
                attributes.put(body.lengthEncodedString(), body.lengthEncodedString());
            }
            if (body.left() < end) {
                throw new ProtocolViolation("connection attributes longer than they say");
            }
        }
        return attributes;
    }

    /** Writes a packet that asks the server for TLS, before the whole response. */
    public void writeSslRequest(ByteBuf out, int number) {
        int start = Packet.begin(out, number);
        head(out);
        Packet.end(out, start);
    }

    /** Writes a packet. */
    public void write(ByteBuf out, int number) {
        int start = Packet.begin(out, number);
        head(out);
        Packet.terminated(out, user);
        if (Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA)) {
            Packet.bytes(out, proof);
        } else {
            out.writeByte(proof.length).writeBytes(proof);
        }
        if (Capabilities.has(capabilities, Capabilities.CONNECT_WITH_DB)) {
            Packet.terminated(out, database);
        }
        if (Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH)) {
            Packet.terminated(out, plugin);
        }
        if (Capabilities.has(capabilities, Capabilities.CONNECT_ATTRS)) {
            attributes(out, attributes);
        }
        Packet.end(out, start);
    }

    private void head(ByteBuf out) {
        out.writeIntLE(Capabilities.ofMySql(capabilities)).writeIntLE((int) maxPacketBytes);
        out.writeByte(collation).writeZero(UNUSED_BYTES);
        Capabilities.writeMariaDb(out, capabilities);
    }

    static void attributes(ByteBuf out, Map<String, String> attributes) {
        ByteBuf pairs = ByteBufAllocator.DEFAULT.heapBuffer();
        try {
            attributes.forEach((name, value) -> {
                Packet.string(pairs, name);
                Packet.string(pairs, value);
            });
            Packet.lengthEncoded(out, pairs.readableBytes());
            out.writeBytes(pairs);
        } finally {
            pairs.release();
        }
    }
}
