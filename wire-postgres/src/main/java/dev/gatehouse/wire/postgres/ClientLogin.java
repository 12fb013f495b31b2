package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.session.Entrance.Admission;
import dev.gatehouse.firewall.session.Entrance.Reason;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.wire.Encryption;
import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import dev.gatehouse.wire.postgres.message.Startup;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves who the client is, by SCRAM-SHA-256 against what is kept of the user's password; bound to TLS where the client
 * can ({@code SCRAM-SHA-256-PLUS}).
 *
 * @see <a href="https://www.postgresql.org/docs/current/sasl-authentication.html">SASL Authentication</a>
 */
final class ClientLogin implements Phase {

    private static final Logger LOG = LoggerFactory.getLogger(ClientLogin.class);

    /** Far above any SCRAM message; a client that has proved nothing is given no more. */
    private static final int MAX_MESSAGE_BYTES = 10_000;

    private static final int AUTHENTICATION_SASL = 10;
    private static final int AUTHENTICATION_SASL_CONTINUE = 11;
    private static final int AUTHENTICATION_SASL_FINAL = 12;

    private final PgSession session;
    private final Startup startup;
    private final boolean encrypted;
    private final String user;
    private final ScramServer scram;
    private final Frames frames;
    private boolean begun;

    /** @param encryption null in clear text */
    ClientLogin(PgSession session, Startup startup, @Nullable Encryption encryption) {
        this.session = session;
        this.startup = startup;
        this.encrypted = encryption != null;
        this.user = startup.parameters().getOrDefault("user", "");
        this.scram = new ScramServer(
                session.protocol.entrance.credentials(user).scram(),
                Scram.nonce(),
                encryption == null ? new byte[0] : encryption.endPoint());
        this.frames =
                new Frames(this::message, ByteBuf::release, Tags.login(), session.relay.allocator(), MAX_MESSAGE_BYTES);
    }

    /** Sends what opens the exchange. */
    void begin() {
        ByteBuf out = session.relay.allocator().buffer();
        negotiate(out);
        authentication(out, AUTHENTICATION_SASL, String.join("\0", scram.mechanisms()) + "\0\0");
        session.toClient(out);
    }

    /** Tells a client that asks for more than there is what there is. */
    private void negotiate(ByteBuf out) {
        List<String> options = startup.options();
        if (startup.agreed() < startup.minor() || !options.isEmpty()) {
            int start = Frame.begin(out, 'v');
            out.writeShort(Startup.MAJOR).writeShort(startup.agreed()).writeInt(options.size());
            for (String option : options) {
                Frame.string(out, option);
            }
            Frame.end(out, start);
        }
    }

    @Override
    public void fromClient(ByteBuf bytes) {
        frames.accept(bytes);
    }

    private Frames.Verdict message(byte tag, ByteBuf bytes, int index, int length) {
        if (tag == 'X') {
            session.close("the client gave up its login");
            return Frames.Verdict.TAKE;
        }
        recordBlanked(length);
        Body body = new Body(bytes, index + Frame.HEADER, index + length);
        try {
            if (begun) {
                finish(scram.last(new String(body.bytes(body.left()), StandardCharsets.UTF_8)));
            } else {
                String mechanism = body.string();
                int size = body.int32();
                if (size != body.left()) {
                    throw new ProtocolViolation("a SASL message whose length is not that of its data");
                }
                begun = true;
                String answer = scram.first(mechanism, new String(body.bytes(size), StandardCharsets.UTF_8));
                ByteBuf out = session.relay.allocator().buffer();
                authentication(out, AUTHENTICATION_SASL_CONTINUE, answer);
                session.toClient(out);
            }
        } catch (ScramServer.Malformed e) {
            malformed(e);
        }
        return Frames.Verdict.TAKE;
    }

    private void malformed(ScramServer.Malformed fault) {
        if (fault.isSuspicious()) {
            LOG.warn(
                    "{} from {}: somebody may stand between the client and the gateway: {}",
                    Id.text(Id.SESSION, session.number),
                    session.relay.source().getHostAddress(),
                    fault.getMessage());
            session.turnAway(user, fault.report());
        } else {
            session.fail(fault.report());
        }
    }

    /** The journal gets the frame with its secret part as zeros. */
    private void recordBlanked(int length) {
        ByteBuf blank = session.relay.allocator().buffer(length);
        blank.writeByte('p').writeInt(length - 1).writeZero(length - Frame.HEADER);
        session.record(blank);
        blank.release();
    }

    private void finish(String serverProof) {
        if (serverProof.isEmpty()) {
            session.turnAway(user, "28P01", "password authentication failed for user \"" + user + "\"", "");
            return;
        }
        Admission admission = session.protocol.entrance.admit(
                session.number,
                user,
                startup.parameters().getOrDefault("database", user),
                session.relay.source(),
                encrypted,
                startup.parameters());
        if (admission instanceof Admission.Denied denied) {
            session.turnAway(user, state(denied.reason()), denied.message(), denied.hint());
            return;
        }
        Session admitted = ((Admission.Admitted) admission).session();
        ServerLogin login = new ServerLogin(session, admitted, startup, serverProof);
        session.enter(login);
        login.begin();
    }

    private static String state(Reason reason) {
        return switch (reason) {
            case NOT_ALLOWED -> "28000";
            case UNKNOWN_DATABASE -> "3D000";
            case TOO_MANY -> "53300";
        };
    }

    /** Writes an Authentication message with text as its data. */
    static void authentication(ByteBuf out, int code, String data) {
        int start = Frame.begin(out, 'R');
        out.writeInt(code);
        out.writeCharSequence(data, StandardCharsets.UTF_8);
        Frame.end(out, start);
    }

    /** Writes the last SASL message and that the client is authenticated. */
    static void authenticated(ByteBuf out, String serverProof) {
        authentication(out, AUTHENTICATION_SASL_FINAL, serverProof);
        authentication(out, 0, "");
    }

    @Override
    public void clientGone() {
        session.close("the client left while it logged in");
    }

    @Override
    public void release() {
        frames.release();
    }
}
