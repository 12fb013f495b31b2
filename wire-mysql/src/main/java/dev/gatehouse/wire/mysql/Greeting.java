package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.wire.mysql.auth.ClientProof;
import dev.gatehouse.wire.mysql.auth.Scramble;
import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.Capabilities;
import dev.gatehouse.wire.mysql.message.Err;
import dev.gatehouse.wire.mysql.message.HandshakeResponse41;
import dev.gatehouse.wire.mysql.message.HandshakeV10;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import dev.gatehouse.wire.mysql.message.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What is said before a login: the gateway's greeting, as the first server would say it, and the client's answer, which may
 * ask for TLS first.
 *
 * <pre>
 *   learning (the first server's own greeting, where it is not known yet) ──► greeted ──SSLRequest──► encrypting
 *                                                                               │                         │
 *                                                                               └──HandshakeResponse41────┴──► ClientLogin
 * </pre>
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html">Connection Phase</a>
 */
final class Greeting implements Phase {

    /** What a client may answer: attributes of 64 KiB, and everything else. */
    private static final int MAX_PACKET_BYTES = 128 << 10;

    private static final int MAX_SERVER_PACKET_BYTES = 64 << 10;
    /** Where the user's name stands in a response. */
    private static final int USER_AT = 32;

    private static final int BAD_HANDSHAKE = 1043;
    private static final int CANNOT_CONNECT = 1429;
    private static final int SECURE_TRANSPORT_REQUIRED = 3159;

    private final MySqlSession session;
    private final Packets server;
    private final ByteBuf packet = Unpooled.buffer(0, MAX_PACKET_BYTES);
    private final byte[] scramble = Scramble.fresh();
    private long offered;
    private boolean greeted;
    private boolean encrypting;
    private boolean encrypted;

    Greeting(MySqlSession session) {
        this.session = session;
        this.server = new Packets(
                new Packets.Reader() {
                    @Override
                    public boolean wants(int first, int length) {
                        return true;
                    }

                    @Override
                    public Packets.Verdict payload(ByteBuf bytes, int index, int length) {
                        learn(new Body(bytes, index, index + length));
                        return Packets.Verdict.TAKE;
                    }
                },
                ByteBuf::release,
                session.relay.allocator(),
                MAX_SERVER_PACKET_BYTES,
                session.serverNumbers,
                session.clientNumbers);
    }

    /** Greets the client, once it is known how. */
    void begin() {
        HandshakeV10 known = session.protocol.greetings.ofFirst();
        if (known == null) {
            session.relay.dial(session.protocol.greetings.first());
        } else {
            greet(known);
        }
    }

    @Override
    public void connected() {
        session.serverNumbers.restart();
    }

    @Override
    public void fromServer(ByteBuf bytes) {
        server.accept(bytes);
    }

    private void learn(Body body) {
        if (greeted) {
            return;
        }
        Upstream first = session.protocol.greetings.first();
        session.relay.hangUp();
        if (body.peek() == Err.TAG) {
            unreachable(Err.read(body).message());
            return;
        }
        HandshakeV10 handshake = HandshakeV10.read(body);
        session.protocol.greetings.heard(first, handshake);
        greet(handshake);
    }

    private void greet(HandshakeV10 known) {
        greeted = true;
        offered = Agreement.offered(session.protocol.greetings.capabilities(), session.relay.offersTls());
        ByteBuf out = session.relay.allocator().buffer();
        new HandshakeV10(
                        known.serverVersion(),
                        session.connection,
                        scramble,
                        offered,
                        known.collation(),
                        Status.AUTOCOMMIT,
                        ClientProof.GREETED.wireName())
                .write(out, session.clientNumbers.take());
        session.relay.client().write(out);
    }

    @Override
    public void unreachable(String why) {
        Upstream first = session.protocol.greetings.first();
        session.fail(CANNOT_CONNECT, "", "upstream \"" + first.name() + "\" cannot be reached: " + why);
    }

    @Override
    public void serverGone() {
        unreachable("it closed the connection without a greeting");
    }

    @Override
    public void fromClient(ByteBuf bytes) {
        gather(bytes);
        if (packet.readableBytes() < Packet.HEADER) {
            return;
        }
        int length = packet.getUnsignedMediumLE(0);
        if (length > MAX_PACKET_BYTES - Packet.HEADER) {
            throw new ProtocolViolation("a login of " + length + " bytes");
        }
        int whole = Packet.HEADER + length;
        if (packet.readableBytes() < whole) {
            return;
        }
        session.clientNumbers.arrived(Packet.number(packet, 0));
        Body body = new Body(packet, Packet.HEADER, whole);
        if (HandshakeResponse41.isSslRequest(body)) {
            encrypt(whole);
        } else {
            answered(body, whole);
        }
    }

    private void gather(ByteBuf bytes) {
        try {
            if (!greeted || encrypting) {
                throw new ProtocolViolation("a client that speaks before it is its turn");
            }
            if (packet.readableBytes() + bytes.readableBytes() > MAX_PACKET_BYTES) {
                throw new ProtocolViolation("a login of more than " + MAX_PACKET_BYTES + " bytes");
            }
            packet.writeBytes(bytes);
        } finally {
            bytes.release();
        }
    }

    /** Clients begin with TLS right behind their request. */
    private void encrypt(int whole) {
        if (encrypted || !session.relay.offersTls()) {
            throw new ProtocolViolation("a request for TLS, which was not offered");
        }
        encrypting = true;
        ByteBuf begun = packet.copy(whole, packet.readableBytes() - whole);
        packet.clear();
        session.relay.encryptClient(begun);
    }

    @Override
    public void clientEncrypted() {
        encrypting = false;
        encrypted = true;
    }

    private void answered(Body body, int whole) {
        if (packet.readableBytes() > whole) {
            throw new ProtocolViolation("bytes behind a login");
        }
        HandshakeResponse41 response = HandshakeResponse41.read(body);
        if (session.relay.requiresTls() && !encrypted) {
            session.fail(
                    SECURE_TRANSPORT_REQUIRED,
                    "HY000",
                    "Connections using insecure transport are prohibited: this gateway takes connections under TLS only");
            return;
        }
        if (Agreement.compresses(response.capabilities())) {
            session.fail(
                    BAD_HANDSHAKE, "08S01", "Bad handshake: compression was not offered; connect without compression");
            return;
        }
        recordBlanked(response);
        packet.release();
        long agreed = Agreement.agreed(response.capabilities(), offered);
        ClientLogin login = new ClientLogin(session, response, agreed, scramble);
        session.enter(login);
        login.begin();
    }

    /** The journal gets the packet with its proof as zeros. */
    private void recordBlanked(HandshakeResponse41 response) {
        Body body = new Body(packet, Packet.HEADER + USER_AT, packet.writerIndex());
        body.terminated();
        if (Capabilities.has(response.capabilities(), Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA)) {
            body.lengthEncoded();
        } else if (Capabilities.has(response.capabilities(), Capabilities.SECURE_CONNECTION)) {
            body.int1();
        }
        packet.setZero(body.index(), response.proof().length);
        session.record(packet);
    }

    /** A client that waits for TLS would not understand anything else. */
    @Override
    public boolean mayTell() {
        return !encrypting;
    }

    @Override
    public void clientGone() {
        session.close("the client left before it logged in");
    }

    @Override
    public void release() {
        server.release();
        if (packet.refCnt() > 0) {
            packet.release();
        }
    }
}
