package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import dev.gatehouse.wire.postgres.message.Report;
import dev.gatehouse.wire.postgres.message.Startup;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the session on the server with the credential the gateway holds, up to the server's first ReadyForQuery.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">Message Flow, Start-up</a>
 */
final class ServerLogin implements Phase {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLogin.class);

    private static final int MAX_MESSAGE_BYTES = 1 << 20;
    private static final int MAX_EARLY_BYTES = 256 << 10;
    private static final int SSL_REQUEST = 80877103;

    private final PgSession session;
    private final Session admitted;
    private final Startup startup;
    private final String serverProof;
    private final Frames frames;
    private final ServerProof proof;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final ByteBuf early;
    private boolean askedForTls;
    private long serverKey;
    private boolean handedOver;

    ServerLogin(PgSession session, Session admitted, Startup startup, String serverProof) {
        this.session = session;
        this.admitted = admitted;
        this.startup = startup;
        this.serverProof = serverProof;
        this.frames = new Frames(
                this::message, ByteBuf::release, Tags.backend(), session.relay.allocator(), MAX_MESSAGE_BYTES);
        this.proof = new ServerProof(session, admitted.login(), admitted.upstream());
        this.early = session.relay.allocator().buffer(0);
    }

    void begin() {
        session.relay.dial(admitted.upstream());
    }

    @Override
    public void connected() {
        if (admitted.upstream().tls().mode() == Upstream.Tls.Mode.DISABLE) {
            start();
            return;
        }
        askedForTls = true;
        session.relay
                .server()
                .write(session.relay.allocator().buffer(8).writeInt(8).writeInt(SSL_REQUEST));
    }

    @Override
    public void serverEncrypted() {
        start();
    }

    @Override
    public void unreachable(String why) {
        LOG.warn("upstream {} cannot be reached: {}", admitted.upstream().name(), why);
        end("57P03", "upstream \"" + admitted.upstream().name() + "\" cannot be reached: " + why, "Try again later.");
    }

    /** Tells the server who comes: the held login, with all the client asked for but who it is. */
    private void start() {
        Map<String, String> asked = new LinkedHashMap<>(startup.parameters());
        asked.keySet().removeIf(name -> name.startsWith("_pq_.") || name.startsWith("gatehouse."));
        asked.remove("replication");
        asked.put("user", admitted.login().username());
        asked.put("database", admitted.database());
        ByteBuf out = session.relay.allocator().buffer();
        new Startup(0, asked).write(out);
        session.relay.server().write(out);
    }

    @Override
    public void fromServer(ByteBuf bytes) {
        if (!askedForTls) {
            frames.accept(bytes);
            return;
        }
        byte answer = bytes.readByte();
        boolean more = bytes.isReadable();
        bytes.release();
        askedForTls = false;
        if (answer == 'S' && !more) {
            session.relay.encryptServer(admitted.upstream());
        } else {
            unreachable("it does not speak TLS, and the configuration asks for it (tls.mode)");
        }
    }

    private Frames.Verdict message(byte tag, ByteBuf bytes, int index, int length) {
        Body body = new Body(bytes, index + Frame.HEADER, index + length);
        switch (tag) {
            case 'R' -> proof.challenge(body);
            case 'S' -> {
                parameters.put(body.string(), body.string());
                body.finish();
            }
            case 'K' -> {
                serverKey = ((long) body.int32() << Integer.SIZE) | (body.int32() & 0xffffffffL);
                body.finish();
            }
            case Report.NOTICE, 'v' -> {}
            case Report.ERROR -> failed(Report.read(tag, body));
            case 'Z' -> {
                return ready();
            }
            default -> throw new ProtocolViolation("the server sent '" + (char) tag + "' during its login");
        }
        return Frames.Verdict.TAKE;
    }

    /** What the client may fix reaches it as the server said it; what only the operator can fix goes to the log. */
    private void failed(Report report) {
        String state = report.field('C');
        if (state.startsWith("28")) {
            LOG.error(
                    "upstream {} refuses the held login {}: {}",
                    admitted.upstream().name(),
                    admitted.login().name(),
                    report.field('M'));
            end(
                    "58000",
                    "upstream \"" + admitted.upstream().name() + "\" refuses the gateway's own login",
                    "Tell the operator of the gateway.");
        } else {
            end(state, report.field('M'), report.field('H'));
        }
    }

    private void end(String state, String message, String hint) {
        session.fail(state, message, hint);
    }

    private Frames.Verdict ready() {
        if (!proof.isAuthenticated()) {
            throw new ProtocolViolation("the server is ready before it authenticated the login");
        }
        handedOver = true;
        ByteBuf waiting = early.retainedSlice();
        early.release();
        Serving serving = new Serving(session, admitted, parameters, serverKey);
        frames.release();
        session.enter(serving);
        serving.begin(serverProof, parameters, waiting);
        return Frames.Verdict.TAKE;
    }

    @Override
    public void fromClient(ByteBuf bytes) {
        try {
            if (early.readableBytes() + bytes.readableBytes() > MAX_EARLY_BYTES) {
                throw new ProtocolViolation("too much sent before the login was answered");
            }
            early.writeBytes(bytes);
        } finally {
            bytes.release();
        }
    }

    @Override
    public void clientGone() {
        session.close("the client left while the server was dialled");
    }

    @Override
    public void serverGone() {
        unreachable("it closed the connection during the login");
    }

    /** A session that was admitted but never began leaves too. */
    @Override
    public void release() {
        if (!handedOver) {
            session.protocol.entrance.left(admitted);
            early.release();
            frames.release();
        }
    }
}
