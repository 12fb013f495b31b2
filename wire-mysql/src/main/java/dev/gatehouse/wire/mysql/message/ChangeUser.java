package dev.gatehouse.wire.mysql.message;

import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * COM_CHANGE_USER: a client logs in again on the same connection.
 *
 * @param user who it wants to be
 * @param proof what its plugin made of the last scramble; may be empty
 * @param database may be empty
 * @param collation the number of the collation whose character set it will speak; empty where it leaves that as it is
 * @param plugin the authentication plugin the proof is of; empty for a client that names none
 * @param attributes what the client tells of itself, in order
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_change_user.html">COM_CHANGE_USER</a>
 */
public record ChangeUser(
        String user,
        byte[] proof,
        String database,
        OptionalInt collation,
        String plugin,
        Map<String, String> attributes) {

    public ChangeUser {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** The same, as if it were said when the connection began. */
    public HandshakeResponse41 asLogin(HandshakeResponse41 former) {
        return new HandshakeResponse41(
                former.capabilities(),
                former.maxPacketBytes(),
                collation.orElse(former.collation()),
                user,
                proof,
                database,
                plugin,
                attributes);
    }

    /**
     * Writes a packet.
     *
     * @param capabilities those the connection agreed on
     */
    public void write(ByteBuf out, int number, long capabilities) {
        int start = Packet.begin(out, number);
        out.writeByte(Commands.CHANGE_USER);
        Packet.terminated(out, user);
        out.writeByte(proof.length).writeBytes(proof);
        Packet.terminated(out, database);
        collation.ifPresent(out::writeShortLE);
        if (Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH)) {
            Packet.terminated(out, plugin);
        }
        if (Capabilities.has(capabilities, Capabilities.CONNECT_ATTRS)) {
            HandshakeResponse41.attributes(out, attributes);
        }
        Packet.end(out, start);
    }

    /**
     * Reads a payload.
     *
     * @param body from the payload's first byte on
     * @param capabilities those the connection agreed on
     */
    public static ChangeUser read(Body body, long capabilities) {
        body.skip(1);
        String user = body.name();
        byte[] proof = Capabilities.has(capabilities, Capabilities.SECURE_CONNECTION)
                ? body.bytes(body.int1())
                : body.terminated();
        String database = body.name();
        OptionalInt collation = body.left() > 0 ? OptionalInt.of(body.int2()) : OptionalInt.empty();
        String plugin = HandshakeResponse41.plugin(body, capabilities);
        return new ChangeUser(
                user, proof, database, collation, plugin, HandshakeResponse41.attributes(body, capabilities));
    }
}
