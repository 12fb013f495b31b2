package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.wire.Encryption;
import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import dev.gatehouse.wire.postgres.message.Startup;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The packets before a session, which have no tag: requests for encryption, a request to cancel, or the startup.
 *
 * <pre>
 *   length (4) │ code (4) │ …
 * </pre>
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">Message Flow, Start-up</a>
 */
final class Greeting implements Phase {

    /** What PostgreSQL's own server takes at most (MAX_STARTUP_PACKET_LENGTH). */
    private static final int MAX_PACKET_BYTES = 10_000;

    private static final int MIN_PACKET_BYTES = 8;
    private static final int CANCEL_REQUEST = 80877102;
    private static final int SSL_REQUEST = 80877103;
    private static final int GSSENC_REQUEST = 80877104;

    /** The first byte of a TLS record with a handshake; as a startup packet's, it would stand for hundreds of megabytes. */
    private static final byte TLS_HANDSHAKE = 0x16;

    private final PgSession session;
    private final ByteBuf packet;
    private boolean spoken;
    private boolean encrypting;
    private @Nullable Encryption encryption;
    /** Whether TLS came without being asked for first. */
    private boolean direct;
    /** A server answers each of the two requests for encryption once, as this does. */
    private boolean tlsAnswered;

    private boolean gssAnswered;

    Greeting(PgSession session) {
        this.session = session;
        this.packet = Unpooled.buffer(0, MAX_PACKET_BYTES);
    }

    @Override
    public void fromClient(ByteBuf bytes) {
        if (!spoken && bytes.isReadable()) {
            spoken = true;
            if (bytes.getByte(bytes.readerIndex()) == TLS_HANDSHAKE) {
                encryptAtOnce(bytes);
                return;
            }
        }
        gather(bytes);
        if (packet.readableBytes() < Integer.BYTES) {
            return;
        }
        int length = packet.getInt(0);
        if (length < MIN_PACKET_BYTES || length > MAX_PACKET_BYTES) {
            throw new ProtocolViolation("invalid length of startup packet");
        }
        if (packet.readableBytes() < length) {
            return;
        }
        if (packet.readableBytes() > length) {
            throw new ProtocolViolation("bytes behind a startup packet");
        }
        packet(packet.getInt(Integer.BYTES), length);
    }

    private void gather(ByteBuf bytes) {
        try {
            if (encrypting) {
                throw new ProtocolViolation("bytes in clear behind a request for encryption");
            }
            if (packet.readableBytes() + bytes.readableBytes() > MAX_PACKET_BYTES) {
                throw new ProtocolViolation("a startup packet of more than " + MAX_PACKET_BYTES + " bytes");
            }
            packet.writeBytes(bytes);
        } finally {
            bytes.release();
        }
    }

    /** What clients since PostgreSQL 17 do where they are sure of the other side ({@code sslnegotiation=direct}). */
    private void encryptAtOnce(ByteBuf handshake) {
        if (session.relay.offersTls()) {
            direct = true;
            encrypting = true;
            session.relay.encryptClient(handshake);
        } else {
            handshake.release();
            session.close("the client began with TLS, which is not offered");
        }
    }

    private void packet(int code, int length) {
        if (code == SSL_REQUEST && !tlsAnswered) {
            tlsAnswered = true;
            boolean yes = session.relay.offersTls() && encryption == null;
            gssAnswered |= yes;
            answer(yes);
        } else if (code == GSSENC_REQUEST && !gssAnswered) {
            gssAnswered = true;
            answer(false);
        } else if (code == CANCEL_REQUEST) {
            cancel(length);
        } else {
            startup(code, length);
        }
    }

    private void answer(boolean yes) {
        packet.clear();
        encrypting = yes;
        session.relay.client().write(session.relay.allocator().buffer(1).writeByte(yes ? 'S' : 'N'));
        if (yes) {
            session.relay.encryptClient(Unpooled.EMPTY_BUFFER);
        }
    }

    private void cancel(int length) {
        Optional<CancelKey> key = CancelKey.requested(new Body(packet, MIN_PACKET_BYTES, length));
        if (key.isEmpty()) {
            session.close("a request to cancel with a key of illegal length");
            return;
        }
        packet.release();
        Cancelling cancelling = new Cancelling(session, key.get());
        session.enter(cancelling);
        cancelling.begin();
    }

    private void startup(int code, int length) {
        if (code >>> 16 != Startup.MAJOR) {
            session.fail(
                    "0A000",
                    "unsupported frontend protocol " + (code >>> 16) + "." + (code & 0xffff)
                            + ": server supports 3.0 to 3." + Startup.NEWEST_MINOR,
                    "");
            return;
        }
        Startup startup = Startup.read(code & 0xffff, new Body(packet, MIN_PACKET_BYTES, length));
        String user = startup.parameters().getOrDefault("user", "");
        if (user.isEmpty()) {
            session.fail("28000", "no PostgreSQL user name specified in startup packet", "");
        } else if (session.relay.requiresTls() && encryption == null) {
            session.fail(
                    "28000",
                    "this gateway takes connections under TLS only",
                    "Connect with sslmode=require or stricter.");
        } else if (!List.of("", "false", "off", "no", "0")
                .contains(startup.parameters().getOrDefault("replication", "").toLowerCase(Locale.ROOT))) {
            session.fail(
                    "28000",
                    "replication connections do not pass the gateway",
                    "Connect without the replication parameter.");
        } else {
            session.record(packet);
            packet.release();
            ClientLogin login = new ClientLogin(session, startup, encryption);
            session.enter(login);
            login.begin();
        }
    }

    @Override
    public void clientEncrypted(Encryption settled) {
        if (direct && !settled.protocol().equals(PgProtocol.ALPN)) {
            session.close("the client began with TLS without saying that it speaks PostgreSQL (ALPN)");
            return;
        }
        encrypting = false;
        encryption = settled;
    }

    @Override
    public void clientGone() {
        session.close("the client left before it logged in");
    }

    @Override
    public void release() {
        packet.release();
    }
}
