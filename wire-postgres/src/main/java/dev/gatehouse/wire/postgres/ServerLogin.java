package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.wire.Encryption;
import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import dev.gatehouse.wire.postgres.message.Report;
import dev.gatehouse.wire.postgres.message.Startup;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    /** The secret of a cancel key before protocol 3.2, and what PostgreSQL 18 makes since. */
    private static final int SHORT_SECRET_BYTES = 4;

    private static final int LONG_SECRET_BYTES = 32;

    private final PgSession session;
    private final Session admitted;
    private final Startup startup;
    private final String serverProof;
    private final Frames frames;
    private final ServerProof proof;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final ByteBuf early;
    private final ServerTls tls;
    private @Nullable CancelKey serverKey;
    /** The minor version the server agreed to speak. */
    private int minor;

    private boolean handedOver;

    ServerLogin(PgSession session, Session admitted, Startup startup, String serverProof) {
        this.session = session;
        this.admitted = admitted;
        this.startup = startup;
        this.serverProof = serverProof;
        this.frames = new Frames(
                this::message, ByteBuf::release, Tags.backend(), session.relay.allocator(), MAX_MESSAGE_BYTES);
        this.proof = new ServerProof(session, admitted.login(), admitted.upstream());
        this.tls = new ServerTls(session, admitted.upstream());
        this.minor = startup.agreed();
        this.early = session.relay.allocator().buffer(0);
    }

    void begin() {
        session.relay.authenticated(admitted);
        session.relay.after(session.protocol.loginTimeout, () -> session.guard(this::late));
        session.relay.dial(admitted.upstream());
    }

    private void late() {
        if (!handedOver) {
            unreachable("it did not finish the login in time");
        }
    }

    @Override
    public void connected() {
        if (!tls.begin()) {
            start();
        }
    }

    @Override
    public void serverEncrypted(Encryption encryption) {
        if (!tls.holds(encryption)) {
            unreachable("it does not say that it speaks PostgreSQL behind TLS (tls.negotiation: direct)");
            return;
        }
        proof.bindTo(encryption);
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
        asked.keySet().removeIf(name -> Startup.isOption(name) || name.startsWith("gatehouse."));
        asked.remove("replication");
        asked.put("user", admitted.login().username());
        asked.put("database", admitted.database());
        ByteBuf out = session.relay.allocator().buffer();
        new Startup(minor, asked).write(out);
        session.relay.server().write(out);
    }

    @Override
    public void fromServer(ByteBuf bytes) {
        if (!tls.isAsked()) {
            frames.accept(bytes);
        } else if (!tls.answered(bytes)) {
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
                CancelKey key = CancelKey.read(body);
                if (minor < Startup.NEWEST_MINOR && key.secret().length != SHORT_SECRET_BYTES) {
                    throw new ProtocolViolation("the server gave a cancel key that protocol 3." + minor + " has not");
                }
                serverKey = key;
            }
            case 'v' -> negotiated(body);
            case Report.NOTICE -> {}
            case Report.ERROR -> failed(Report.read(tag, body));
            case 'Z' -> {
                return ready();
            }
            default -> throw new ProtocolViolation("the server sent '" + (char) tag + "' during its login");
        }
        return Frames.Verdict.TAKE;
    }

    /** An older server speaks an older minor version; options it cannot refuse, as it was asked for none. */
    private void negotiated(Body body) {
        int version = body.int32();
        int newest = version & 0xffff;
        if (version >>> 16 != Startup.MAJOR || newest > minor || body.int32() != 0) {
            throw new ProtocolViolation("the server negotiates a protocol that was not asked for");
        }
        body.finish();
        minor = newest;
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
        Serving serving = new Serving(
                session,
                admitted,
                parameters,
                serverKey,
                startup.agreed() < Startup.NEWEST_MINOR ? SHORT_SECRET_BYTES : LONG_SECRET_BYTES);
        handedOver = true;
        ByteBuf waiting = early.retainedSlice();
        early.release();
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
