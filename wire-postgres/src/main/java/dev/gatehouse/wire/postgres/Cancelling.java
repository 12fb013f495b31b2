package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.wire.Encryption;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Carries a CancelRequest to the session it is meant for: a statement that waits for approval is withdrawn, any other is
 * cancelled on the server. As PostgreSQL does, the connection is closed without an answer, once the request has had its
 * effect: clients wait for that, lest it hit their next statement.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">Message Flow, Canceling Requests in Progress</a>
 */
final class Cancelling implements Phase {

    private final PgSession session;
    private final @Nullable CancelKey key;
    private @Nullable Errand errand;

    /** @param key as the client was given it */
    Cancelling(PgSession session, CancelKey key) {
        this.session = session;
        this.key = key;
    }

    /** On behalf of the gateway itself, which knows what is to be cancelled. */
    Cancelling(PgSession session) {
        this.session = session;
        this.key = null;
    }

    /** Looks for the session, and asks it on its own loop. */
    void begin() {
        Serving serving = key == null ? null : session.protocol.cancellations.find(key);
        if (serving == null) {
            session.close("a request to cancel with an unknown key");
            return;
        }
        serving.loop()
                .execute(() -> serving.connection.guard(() -> {
                    Target running = serving.cancel();
                    session.relay.loop().execute(() -> session.guard(() -> forward(running)));
                }));
    }

    /** Carries the request to the server; null where there is nothing to cancel there. */
    void forward(@Nullable Target running) {
        if (running == null) {
            session.close("what it meant to cancel was waiting and is withdrawn, or cannot be cancelled");
            return;
        }
        errand = new Errand(running, new ServerTls(session, running.upstream()));
        session.relay.dial(running.upstream());
    }

    @Override
    public void connected() {
        if (!errand().tls().begin()) {
            send();
        }
    }

    @Override
    public void fromServer(ByteBuf bytes) {
        ServerTls tls = errand().tls();
        if (!tls.isAsked()) {
            bytes.release();
        } else if (!tls.answered(bytes)) {
            session.close("the server does not speak TLS");
        }
    }

    @Override
    public void serverEncrypted(Encryption encryption) {
        if (errand().tls().holds(encryption)) {
            send();
        } else {
            session.close("the server does not speak PostgreSQL under TLS");
        }
    }

    private void send() {
        ByteBuf out = session.relay.allocator().buffer();
        errand().target().key().request(out);
        session.relay.server().write(out);
    }

    private Errand errand() {
        Errand known = errand;
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

    /** Clients that close at once still have their request carried. */
    @Override
    public void clientGone() {
        // The request outlives its connection.
    }

    @Override
    public void serverGone() {
        session.close("the server has taken the request to cancel");
    }

    /** Somebody waits for what the request brings about. */
    @Override
    public boolean isIdle() {
        return false;
    }

    @Override
    public void release() {
        errand = null;
    }

    /**
     * What runs on a server.
     *
     * @param key the server's own
     */
    record Target(Upstream upstream, CancelKey key) {}

    /** What is to be cancelled, and how its server is reached. */
    private record Errand(Target target, ServerTls tls) {}
}
