package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.session.Entrance;
import dev.gatehouse.firewall.session.Entrance.Admission;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.session.Pass;
import dev.gatehouse.firewall.session.TokenVerdict;
import dev.gatehouse.wire.mysql.auth.ClientProof;
import dev.gatehouse.wire.mysql.auth.ClientProof.Step;
import dev.gatehouse.wire.mysql.message.Capabilities;
import dev.gatehouse.wire.mysql.message.ChangeUser;
import dev.gatehouse.wire.mysql.message.Err;
import dev.gatehouse.wire.mysql.message.HandshakeResponse41;
import dev.gatehouse.wire.mysql.message.Packet;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a client prove who it is, and finds out where it may go.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html">Connection Phase</a>
 */
final class ClientLogin implements Phase, Packets.Reader {

    private static final Logger LOG = LoggerFactory.getLogger(ClientLogin.class);

    /** Far above any proof; a client that has proved nothing is given no more. */
    private static final int MAX_MESSAGE_BYTES = 10_000;

    private static final int ACCESS_DENIED = 1045;
    private static final int NOT_SUPPORTED_AUTH_MODE = 1251;
    private static final int TOO_MANY_CONNECTIONS = 1040;
    private static final int TOO_MANY_USER_CONNECTIONS = 1203;
    private static final int BAD_DATABASE = 1049;
    private static final int INTERNAL_ERROR = 1815;

    private final MySqlSession session;
    private final HandshakeResponse41 response;
    private final long agreed;
    /** The user's own name; what stands behind the last {@code #} is where it wants to go. */
    private final String user;

    private final String target;
    private final ClientProof proof;
    private final Packets packets;
    /** The connections that were logged in on before; null where this is their first login. */
    private final @Nullable Linked linked;

    private boolean working;
    /** Whether nobody waits for the proof any more; background threads look at it. */
    private volatile boolean over;

    /** @param agreed what both sides can do */
    ClientLogin(MySqlSession session, HandshakeResponse41 response, long agreed, byte[] scramble) {
        this(session, response, agreed, scramble, null);
    }

    private ClientLogin(
            MySqlSession session, HandshakeResponse41 response, long agreed, byte[] scramble, @Nullable Linked linked) {
        this.session = session;
        this.response = response;
        this.agreed = agreed;
        this.linked = linked;
        int hash = response.user().lastIndexOf('#');
        this.user = hash < 0 ? response.user() : response.user().substring(0, hash);
        this.target = hash < 0 ? "" : response.user().substring(hash + 1);
        this.proof = new ClientProof(
                user,
                session.protocol.entrance.credentials(user),
                session.protocol.secrets,
                scramble,
                session.arrival().encrypted(),
                session.relay.source().isLoopbackAddress(),
                session.protocol.entrance.takesTokens(user, session.arrival()));
        this.packets = new Packets(
                this,
                ByteBuf::release,
                session.relay.allocator(),
                MAX_MESSAGE_BYTES,
                session.clientNumbers,
                session.serverNumbers);
    }

    /** A client that has logged in before, and wants to be somebody else. */
    static ClientLogin again(MySqlSession session, ChangeUser wanted, Linked linked) {
        return new ClientLogin(
                session, wanted.asLogin(linked.client()), linked.agreement().client(), session.scramble(), linked);
    }

    void begin() {
        boolean canSwitch = Capabilities.has(agreed, Capabilities.PLUGIN_AUTH);
        if (session.protocol.entrance.isProved(user, session.arrival())) {
            take(proof.spare(response.plugin(), response.proof(), canSwitch));
        } else if (linked == null) {
            take(proof.begin(response.plugin(), response.proof(), canSwitch));
        } else {
            take(proof.again(response.plugin(), canSwitch));
        }
    }

    @Override
    public void fromClient(ByteBuf bytes) {
        packets.accept(bytes);
    }

    /** A server that was logged in on before has nothing to say to a client that has not proved who it is. */
    @Override
    public void fromServer(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void serverGone() {
        session.close("the server closed the connection");
    }

    @Override
    public boolean isReady() {
        return !working;
    }

    @Override
    public boolean wants(int first, int length) {
        return true;
    }

    @Override
    public Packets.Verdict payload(ByteBuf bytes, int index, int length) {
        byte[] answer = new byte[length];
        bytes.getBytes(index, answer);
        recordBlanked(Packet.number(bytes, index - Packet.HEADER), length);
        take(proof.answer(answer));
        return Packets.Verdict.TAKE;
    }

    /** The journal gets the packet with its secret part as zeros. */
    private void recordBlanked(int number, int length) {
        ByteBuf blank = session.relay.allocator().buffer(Packet.HEADER + length);
        blank.writeMediumLE(length).writeByte(number).writeZero(length);
        session.record(blank);
        blank.release();
    }

    private void take(Step step) {
        if (over) {
            return;
        }
        if (step instanceof Step.Work work) {
            work(work);
        } else if (step instanceof Step.Proved proved) {
            if (proved.toldFirst().data().length > 0) {
                ByteBuf out = session.relay.allocator().buffer();
                proved.toldFirst().write(out, session.clientNumbers.take());
                session.toClient(out);
            }
            admit(null);
        } else if (step instanceof Step.Told told) {
            verify(told.token());
        } else if (step instanceof Step.Refused refused) {
            refuse(refused.reason());
        } else {
            ByteBuf out = session.relay.allocator().buffer();
            if (step instanceof Step.Switch other) {
                other.request().write(out, session.clientNumbers.take());
            } else {
                ((Step.More) step).data().write(out, session.clientNumbers.take());
            }
            session.toClient(out);
        }
    }

    private void work(Step.Work work) {
        offLoop(() -> {
            Step next = work.work().get();
            onLoop(() -> take(next));
        });
    }

    /** Lets whoever vouches for the user decide about a token. */
    private void verify(String token) {
        offLoop(() -> session.protocol
                .entrance
                .verify(user, token)
                .whenComplete((verdict, fault) -> onLoop(() -> verified(verdict, fault))));
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
            admit(accepted.pass());
        } else if (verdict instanceof TokenVerdict.Refused refused) {
            String hint = refused.hint().isEmpty() ? "" : ": " + refused.hint();
            tokenRefused(
                    "token refused: " + refused.reason(),
                    new Err(ACCESS_DENIED, "28000", denied() + " (using password: YES)" + hint));
        } else {
            tokenRefused(
                    "token not checked: " + ((TokenVerdict.Unavailable) verdict).reason(),
                    new Err(
                            INTERNAL_ERROR,
                            "HY000",
                            "the identity provider cannot be asked whether the token holds; try again later"));
        }
    }

    private void tokenRefused(String reason, Err told) {
        LOG.info(
                "{} from {}: {}",
                Id.text(Id.SESSION, session.number()),
                session.relay.source().getHostAddress(),
                reason);
        session.turnAway(user, reason, told);
    }

    private void onLoop(Runnable step) {
        session.relay
                .loop()
                .execute(() -> session.guard(() -> {
                    working = false;
                    step.run();
                    packets.resume();
                }));
    }

    private void offLoop(Runnable work) {
        working = true;
        try {
            session.relay.background().execute(() -> {
                if (!over) {
                    work.run();
                }
            });
        } catch (RejectedExecutionException e) {
            session.turnAway(
                    user, new Err(TOO_MANY_CONNECTIONS, "08004", "Too many connections: too many logins at once"));
        }
    }

    private void refuse(ClientProof.Reason reason) {
        String denied = denied();
        session.turnAway(
                user,
                switch (reason) {
                    case WRONG_PASSWORD -> new Err(ACCESS_DENIED, "28000", denied + " (using password: YES)");
                    case NO_PASSWORD -> new Err(ACCESS_DENIED, "28000", denied + " (using password: NO)");
                    case NO_COMMON_PLUGIN ->
                        new Err(
                                NOT_SUPPORTED_AUTH_MODE,
                                "08004",
                                "Client does not support authentication protocol requested by the gateway; use"
                                        + " caching_sha2_password");
                    case TOLD_IN_CLEAR ->
                        new Err(ACCESS_DENIED, "28000", denied + " (a password in clear text is taken under TLS only)");
                });
    }

    private String denied() {
        return "Access denied for user '" + user + "'@'"
                + session.relay.source().getHostAddress() + "'";
    }

    /** @param pass what a token has proved; null where it was something else */
    private void admit(@Nullable Pass pass) {
        session.proved(proof.scramble());
        over = true;
        Map<String, String> options = new HashMap<>(response.attributes());
        options.put(
                "application_name",
                response.attributes()
                        .getOrDefault("program_name", response.attributes().getOrDefault("_client_name", "")));
        Entrance entrance = session.protocol.entrance;
        Admission admission = pass == null
                ? entrance.admit(session.number(), user, destination(), session.arrival(), options)
                : entrance.admit(session.number(), pass, destination(), session.arrival(), options);
        if (admission instanceof Admission.Denied denied) {
            session.turnAway(user, turnedAway(denied));
            return;
        }
        ServerLogin login =
                new ServerLogin(session, ((Admission.Admitted) admission).session(), response, agreed, linked);
        packets.release();
        session.enter(login);
        login.begin();
    }

    /** Where the client wants to go: what its user name says, in the database it names. */
    private String destination() {
        String database = response.database();
        if (target.isEmpty()) {
            return database;
        }
        return database.isEmpty() || database.equals(target) ? target : target + "/" + database;
    }

    private Err turnedAway(Admission.Denied denied) {
        String text = denied.hint().isEmpty() ? denied.message() : denied.message() + "; " + denied.hint();
        return switch (denied.reason()) {
            case NOT_ALLOWED -> new Err(ACCESS_DENIED, "28000", text);
            case UNKNOWN_DATABASE -> new Err(BAD_DATABASE, "42000", text);
            case TOO_MANY -> new Err(TOO_MANY_USER_CONNECTIONS, "42000", text);
        };
    }

    @Override
    public void clientGone() {
        session.close("the client left while it logged in");
    }

    @Override
    public void release() {
        over = true;
        packets.release();
    }
}
