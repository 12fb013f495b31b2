package dev.gatehouse.wire.postgres;

import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import dev.gatehouse.wire.postgres.message.Startup;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Locale;

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
    private static final int CANCEL_BYTES = 16;

    private final PgSession session;
    private final ByteBuf packet;
    private boolean encrypting;
    private boolean encrypted;

    Greeting(PgSession session) {
        this.session = session;
        this.packet = Unpooled.buffer(0, MAX_PACKET_BYTES);
    }

    @Override
    public void fromClient(ByteBuf bytes) {
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

    private void packet(int code, int length) {
        switch (code) {
            case SSL_REQUEST -> encryption(session.relay.offersTls() && !encrypted);
            case GSSENC_REQUEST -> encryption(false);
            case CANCEL_REQUEST -> {
                if (length != CANCEL_BYTES) {
                    throw new ProtocolViolation("a cancel request of " + length + " bytes");
                }
                Cancelling cancelling = new Cancelling(session, packet.getLong(MIN_PACKET_BYTES));
                packet.release();
                session.enter(cancelling);
                cancelling.begin();
            }
            default -> startup(code, length);
        }
    }

    private void encryption(boolean yes) {
        packet.clear();
        encrypting = yes;
        session.relay.client().write(session.relay.allocator().buffer(1).writeByte(yes ? 'S' : 'N'));
        if (yes) {
            session.relay.encryptClient();
        }
    }

    private void startup(int code, int length) {
        if (code >>> 16 != Startup.MAJOR) {
            session.fail(
                    "0A000",
                    "unsupported frontend protocol " + (code >>> 16) + "." + (code & 0xffff)
                            + ": server supports 3.0 to 3.0",
                    "");
            return;
        }
        Startup startup = Startup.read(code & 0xffff, new Body(packet, MIN_PACKET_BYTES, length));
        String user = startup.parameters().getOrDefault("user", "");
        if (user.isEmpty()) {
            session.fail("28000", "no PostgreSQL user name specified in startup packet", "");
        } else if (session.relay.requiresTls() && !encrypted) {
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
            ClientLogin login = new ClientLogin(session, startup, encrypted);
            session.enter(login);
            login.begin();
        }
    }

    @Override
    public void clientEncrypted() {
        encrypting = false;
        encrypted = true;
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
