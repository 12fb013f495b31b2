package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.session.Argon2Verifier;
import dev.gatehouse.firewall.session.Arrival;
import dev.gatehouse.firewall.session.Entrance.Admission;
import dev.gatehouse.firewall.session.Entrance.Reason;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.session.PasswordVerifier;
import dev.gatehouse.firewall.session.ScramVerifier;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.TokenVerdict;
import dev.gatehouse.firewall.wire.Encryption;
import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import dev.gatehouse.wire.postgres.message.Report;
import dev.gatehouse.wire.postgres.message.Startup;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a client prove who it is, and finds out where it may go. What is kept of the user decides about the way: by
 * SCRAM-SHA-256, by telling the password or a token under TLS, or, where the client's certificate is all that is asked for, by nothing
 * more.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">Message Flow, Start-up</a>
 */
final class ClientLogin implements Phase {

    private static final Logger LOG = LoggerFactory.getLogger(ClientLogin.class);

    /** Far above any SCRAM message; a client that has proved nothing is given no more. */
    private static final int MAX_MESSAGE_BYTES = 10_000;

    private static final String WRONG = "28P01";

    private final PgSession session;
    private final Startup startup;
    private final Arrival arrival;
    private final byte[] endPoint;
    private final String user;
    private final Frames frames;
    private @Nullable ClientProof proof;
    private boolean checking;
    /** Whether nobody waits for the proof any more; background threads look at it. */
    private volatile boolean over;

    /** @param encryption null in clear text */
    ClientLogin(PgSession session, Startup startup, @Nullable Encryption encryption) {
        this.session = session;
        this.startup = startup;
        this.user = startup.parameters().getOrDefault("user", "");
        this.endPoint = encryption == null ? new byte[0] : encryption.endPoint();
        this.arrival = new Arrival(
                session.relay.source(),
                encryption != null,
                Optional.ofNullable(encryption).flatMap(Encryption::peer));
        this.frames =
                new Frames(this::message, ByteBuf::release, Tags.login(), session.relay.allocator(), MAX_MESSAGE_BYTES);
    }

    /** Sends what opens the exchange, or lets the client in without one. */
    void begin() {
        ByteBuf out = session.relay.allocator().buffer();
        negotiate(out);
        if (session.protocol.entrance.isProved(user, arrival)) {
            if (out.isReadable()) {
                session.toClient(out);
            } else {
                out.release();
            }
            proved("");
            return;
        }
        proof = proof(out);
        if (proof != null) {
            proof.begin(out);
            session.toClient(out);
        }
    }

    /** How this user proves itself; null where it cannot over this connection, which was told then. */
    private @Nullable ClientProof proof(ByteBuf out) {
        if (session.protocol.entrance.takesTokens(user, arrival)) {
            return new ToldToken(this);
        }
        PasswordVerifier verifier = session.protocol.entrance.credentials(user).password();
        if (verifier instanceof Argon2Verifier argon2) {
            if (!arrival.encrypted()) {
                session.toClient(out);
                session.turnAway(
                        user,
                        "28000",
                        "the password of user \"" + user + "\" is taken under TLS only",
                        "Connect with sslmode=require or stricter.");
                return null;
            }
            return new ToldPassword(this, argon2);
        }
        return new ScramProof(this, (ScramVerifier) verifier, endPoint);
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
        if (checking) {
            bytes.release();
            throw new ProtocolViolation("bytes before the password was answered");
        }
        frames.accept(bytes);
    }

    private Frames.Verdict message(byte tag, ByteBuf bytes, int index, int length) {
        ClientProof asked = proof;
        if (tag == 'X') {
            session.close("the client gave up its login");
        } else if (asked == null) {
            throw new ProtocolViolation("a proof nobody asked for");
        } else {
            recordBlanked(length);
            asked.answer(new Body(bytes, index + Frame.HEADER, index + length));
        }
        return Frames.Verdict.TAKE;
    }

    /** The journal gets the frame with its secret part as zeros. */
    private void recordBlanked(int length) {
        ByteBuf blank = session.relay.allocator().buffer(length);
        blank.writeByte('p').writeInt(length - 1).writeZero(length - Frame.HEADER);
        session.record(blank);
        blank.release();
    }

    /** Asks the client for more. */
    void ask(int code, String data) {
        ByteBuf out = session.relay.allocator().buffer();
        authentication(out, code, data);
        session.toClient(out);
    }

    /** Lets slow work, off the loop, decide whether the proof holds. */
    void check(BooleanSupplier work) {
        offLoop(() -> {
            boolean holds = work.getAsBoolean();
            onLoop(() -> checked(holds));
        });
    }

    /** Lets whoever vouches for the user decide about a token. */
    void verify(String token) {
        offLoop(() -> session.protocol
                .entrance
                .verify(user, token)
                .whenComplete((verdict, fault) -> onLoop(() -> verified(verdict, fault))));
    }

    private void onLoop(Runnable step) {
        session.relay.loop().execute(() -> session.guard(step));
    }

    private void offLoop(Runnable work) {
        checking = true;
        try {
            session.relay.background().execute(() -> {
                if (!over) {
                    work.run();
                }
            });
        } catch (RejectedExecutionException e) {
            session.turnAway(user, "53300", "too many logins at once", "Try again later.");
        }
    }

    private void checked(boolean holds) {
        if (over) {
            return;
        }
        if (holds) {
            frames.release();
            proved("");
        } else {
            refused();
        }
    }

    /** @param verdict null where there is a fault */
    private void verified(@Nullable TokenVerdict verdict, @Nullable Throwable fault) {
        if (over) {
            return;
        }
        if (verdict == null) {
            throw new IllegalStateException("a token cannot be checked", fault);
        }
        if (verdict instanceof TokenVerdict.Accepted accepted) {
            frames.release();
            enter(
                    session.protocol.entrance.admit(
                            session.number, accepted.pass(), database(), arrival, startup.parameters()),
                    "");
        } else if (verdict instanceof TokenVerdict.Refused refused) {
            tokenRefused("token refused: " + refused.reason(), PgSession.fatal(WRONG, wrong(), refused.hint()));
        } else {
            tokenRefused(
                    "token not checked: " + ((TokenVerdict.Unavailable) verdict).reason(),
                    PgSession.fatal(
                            "58000",
                            "the identity provider cannot be asked whether the token holds",
                            "Try again later."));
        }
    }

    private void tokenRefused(String reason, Report told) {
        LOG.info(
                "{} from {}: {}",
                Id.text(Id.SESSION, session.number),
                session.relay.source().getHostAddress(),
                reason);
        session.turnAway(user, reason, told);
    }

    /** The proof does not hold. */
    void refused() {
        session.turnAway(user, WRONG, wrong(), "");
    }

    private String wrong() {
        return "password authentication failed for user \"" + user + "\"";
    }

    /** The client told no password. */
    void empty() {
        session.turnAway(user, WRONG, "empty password returned by client", "");
    }

    /** The client's message is not what the exchange asks for. */
    void malformed(ScramServer.Malformed fault) {
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

    /**
     * The client is who it says.
     *
     * @param serverProof what proves the gateway to the client in turn; empty where the exchange has no such thing
     */
    void proved(String serverProof) {
        enter(
                session.protocol.entrance.admit(session.number, user, database(), arrival, startup.parameters()),
                serverProof);
    }

    private String database() {
        return startup.parameters().getOrDefault("database", user);
    }

    private void enter(Admission admission, String serverProof) {
        if (admission instanceof Admission.Denied denied) {
            session.turnAway(user, state(denied.reason()), denied.message(), denied.hint());
            return;
        }
        over = true;
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

    /** Writes the last SASL message, where there was an exchange, and that the client is authenticated. */
    static void authenticated(ByteBuf out, String serverProof) {
        if (!serverProof.isEmpty()) {
            authentication(out, ScramProof.AUTHENTICATION_SASL_FINAL, serverProof);
        }
        authentication(out, 0, "");
    }

    @Override
    public void clientGone() {
        session.close("the client left while it logged in");
    }

    @Override
    public void release() {
        over = true;
        frames.release();
    }
}
