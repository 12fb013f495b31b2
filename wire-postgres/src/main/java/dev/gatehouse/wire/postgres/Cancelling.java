package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Carries a CancelRequest to the session it is meant for: a statement that waits for approval is withdrawn, any other is
 * cancelled on the server. As PostgreSQL does, the connection is closed without an answer.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">Message Flow, Canceling Requests in Progress</a>
 */
final class Cancelling implements Phase {

    private static final int SSL_REQUEST = 80877103;
    private static final int CANCEL_REQUEST = 80877102;

    private final PgSession session;
    private final long key;
    private @Nullable Target target;

    /** @param key process id and secret, as the client was given them */
    Cancelling(PgSession session, long key) {
        this.session = session;
        this.key = key;
    }

    /** Looks for the session, and asks it on its own loop. */
    void begin() {
        Serving serving = session.protocol.cancellations.find(key);
        if (serving == null) {
            session.close("a request to cancel with an unknown key");
            return;
        }
        serving.loop().execute(() -> {
            Target running = serving.cancel();
            session.relay.loop().execute(() -> session.guard(() -> forward(running)));
        });
    }

    private void forward(@Nullable Target running) {
        if (running == null) {
            session.close("what it meant to cancel was waiting, and is withdrawn");
            return;
        }
        target = running;
        session.relay.dial(running.upstream());
    }

    @Override
    public void connected() {
        Target running = running();
        if (running.upstream().tls().mode() == Upstream.Tls.Mode.DISABLE) {
            send(running);
        } else {
            session.relay
                    .server()
                    .write(session.relay.allocator().buffer(8).writeInt(8).writeInt(SSL_REQUEST));
        }
    }

    @Override
    public void fromServer(ByteBuf bytes) {
        boolean yes = bytes.readableBytes() == 1 && bytes.readByte() == 'S';
        bytes.release();
        if (!yes) {
            session.close("the server does not speak TLS");
            return;
        }
        session.relay.encryptServer(running().upstream());
    }

    @Override
    public void serverEncrypted() {
        send(running());
    }

    private void send(Target running) {
        session.relay
                .server()
                .write(session.relay
                        .allocator()
                        .buffer(16)
                        .writeInt(16)
                        .writeInt(CANCEL_REQUEST)
                        .writeLong(running.key()));
        session.close("the request to cancel is passed on");
    }

    private Target running() {
        Target known = target;
        if (known == null) {
            throw new ProtocolViolation("no server was dialled");
        }
        return known;
    }

    @Override
    public void unreachable(String why) {
        session.close("the server cannot be reached to cancel: " + why);
    }

    @Override
    public void fromClient(ByteBuf bytes) {
        bytes.release();
    }

    /** Clients close at once; the request is carried on all the same. */
    @Override
    public void clientGone() {
        // The request outlives its connection.
    }

    @Override
    public void serverGone() {
        session.close("the server closed the request to cancel");
    }

    @Override
    public void release() {
        target = null;
    }

    /**
     * What runs on the server.
     *
     * @param key the server's process id and secret
     */
    record Target(Upstream upstream, long key) {}
}
