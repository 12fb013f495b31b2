package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.wire.Encryption;
import dev.gatehouse.wire.mysql.auth.Plugin;
import dev.gatehouse.wire.mysql.auth.ServerProof;
import dev.gatehouse.wire.mysql.auth.ServerProof.Step;
import dev.gatehouse.wire.mysql.message.AuthMoreData;
import dev.gatehouse.wire.mysql.message.AuthSwitchRequest;
import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.Capabilities;
import dev.gatehouse.wire.mysql.message.ChangeUser;
import dev.gatehouse.wire.mysql.message.Commands;
import dev.gatehouse.wire.mysql.message.Err;
import dev.gatehouse.wire.mysql.message.HandshakeResponse41;
import dev.gatehouse.wire.mysql.message.HandshakeV10;
import dev.gatehouse.wire.mysql.message.Ok;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the session on the server with the credential the gateway holds, and learns what decides how text is read there.
 *
 * <pre>
 *   dialled ──HandshakeV10──► (TLS) ──HandshakeResponse41──► proving ──OK_Packet──► opening ──► Serving
 *   connected already ──COM_CHANGE_USER─────────────────────────┘
 * </pre>
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html">Connection Phase</a>
 */
final class ServerLogin implements Phase, Packets.Reader {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLogin.class);

    private static final int MAX_MESSAGE_BYTES = 1 << 20;
    private static final int ACCESS_DENIED = 1045;
    private static final int CANNOT_CONNECT = 1429;

    /** The character set in which the gateway speaks for itself: utf8mb4_general_ci. */
    private static final int OWN_COLLATION = 45;

    private final MySqlSession session;
    private final Session admitted;
    private final HandshakeResponse41 client;
    private final long agreed;
    /** The connections that were logged in on before; null where this is their first login. */
    private final @Nullable Linked linked;

    private final Packets packets;
    private final Agreement none = new Agreement(0, 0);
    private Agreement agreement = none;
    private @Nullable HandshakeV10 greeting;
    private long serverNumber;
    private boolean greeted;
    private @Nullable ServerProof proof;
    private @Nullable Ok welcome;
    private @Nullable Opening opening;
    private boolean encrypted;
    private boolean working;
    private boolean handedOver;
    /** What is said behind the login, instead of what a session begins with; null for a session. */
    private @Nullable String errand;

    /** @param agreed what the client and the gateway can do */
    ServerLogin(
            MySqlSession session, Session admitted, HandshakeResponse41 client, long agreed, @Nullable Linked linked) {
        this.linked = linked;
        this.session = session;
        this.admitted = admitted;
        this.client = client;
        this.agreed = agreed;
        session.serverNumbers.restart();
        this.packets = new Packets(
                this,
                ByteBuf::release,
                session.relay.allocator(),
                MAX_MESSAGE_BYTES,
                session.serverNumbers,
                session.clientNumbers);
    }

    /** Logs in only to end a session that runs something, once its own connection was given up; nobody is told how that ends. */
    static ServerLogin toKill(MySqlSession session, Serving last) {
        HandshakeResponse41 own =
                new HandshakeResponse41(0, Packet.MAX_PAYLOAD, OWN_COLLATION, "", new byte[0], "", "", Map.of());
        ServerLogin login = new ServerLogin(session, last.session, own, last.agreement.client(), null);
        login.errand = "KILL " + last.serverNumber();
        return login;
    }

    void begin() {
        if (errand == null) {
            session.relay.authenticated(admitted);
        }
        session.relay.after(session.protocol.loginTimeout, () -> session.guard(this::late));
        Linked former = linked;
        if (former != null && former.upstream().equals(admitted.upstream())) {
            change(former);
        } else {
            session.relay.hangUp();
            session.relay.dial(admitted.upstream());
        }
    }

    /** Logs in again where the session is connected to the right server already: that leaves nothing of it as it was. */
    private void change(Linked former) {
        greeted = true;
        encrypted = former.encrypted();
        agreement = former.agreement();
        serverNumber = former.serverNumber();
        proof = new ServerProof(admitted.login().password(), encrypted);
        ByteBuf out = session.relay.allocator().buffer();
        new ChangeUser(
                        admitted.login().username(),
                        new byte[0],
                        admitted.database(),
                        OptionalInt.of(client.collation()),
                        Plugin.MYSQL_NATIVE_PASSWORD.wireName(),
                        client.attributes())
                .write(out, session.serverNumbers.take(), agreement.server());
        session.relay.server().write(out);
    }

    private void late() {
        if (!handedOver) {
            unreachable("it did not finish the login in time");
        }
    }

    /** The server speaks first. */
    @Override
    public void connected() {
        session.serverNumbers.restart();
    }

    @Override
    public void fromServer(ByteBuf bytes) {
        packets.accept(bytes);
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
        Body body = new Body(bytes, index, index + length);
        Opening begun = opening;
        ServerProof proving = proof;
        if (errand != null && welcome != null) {
            session.close("what ran was killed");
        } else if (begun != null) {
            if (begun.answer(bytes, index, length)) {
                ready(begun.settings());
            }
        } else if (body.peek() == Err.TAG) {
            failed(Err.read(body));
        } else if (!greeted) {
            greeted(HandshakeV10.read(body));
        } else if (proving == null) {
            throw new ProtocolViolation("the server speaks before it is its turn");
        } else {
            proved(proving, body);
        }
        return Packets.Verdict.TAKE;
    }

    private void greeted(HandshakeV10 said) {
        greeted = true;
        serverNumber = said.connection();
        session.protocol.greetings.heard(admitted.upstream(), said);
        agreement =
                Agreement.with(agreed, said.capabilities(), !admitted.database().isEmpty());
        if (!agreement.holds()) {
            session.fail(
                    CANNOT_CONNECT,
                    "HY000",
                    "upstream \"" + admitted.upstream().name() + "\" cannot do all that was promised; connect again");
        } else if (admitted.upstream().tls().mode() == Upstream.Tls.Mode.DISABLE) {
            respond(said);
        } else if (!Capabilities.has(said.capabilities(), Capabilities.SSL)) {
            unreachable("it does not speak TLS, and the configuration asks for it (tls.mode)");
        } else {
            agreement = new Agreement(agreement.client(), agreement.server() | Capabilities.SSL);
            ByteBuf out = session.relay.allocator().buffer();
            response(new byte[0], "").writeSslRequest(out, session.serverNumbers.take());
            session.relay.server().write(out);
            greeting = said;
            session.relay.encryptServer(admitted.upstream());
        }
    }

    @Override
    public void serverEncrypted(Encryption encryption) {
        encrypted = true;
        HandshakeV10 said = greeting;
        if (said != null) {
            respond(said);
        }
    }

    /** Tells the server who comes: the held login, with all the client asked for but who it is. */
    private void respond(HandshakeV10 said) {
        ServerProof made = new ServerProof(admitted.login().password(), encrypted);
        proof = made;
        byte[] first = made.begin(said.plugin(), said.scramble());
        ByteBuf out = session.relay.allocator().buffer();
        response(first, made.plugin().wireName()).write(out, session.serverNumbers.take());
        session.relay.server().write(out);
    }

    private HandshakeResponse41 response(byte[] first, String plugin) {
        return new HandshakeResponse41(
                agreement.server(),
                client.maxPacketBytes(),
                client.collation(),
                admitted.login().username(),
                first,
                admitted.database(),
                plugin,
                client.attributes());
    }

    private void proved(ServerProof proving, Body body) {
        switch (body.peek()) {
            case Ok.TAG -> {
                welcome = Ok.read(body, agreement.serverTracks());
                if (errand != null) {
                    session.command(Commands.QUERY, errand.getBytes(StandardCharsets.US_ASCII));
                } else {
                    opening = new Opening(session, agreement.deprecatesEof());
                }
            }
            case AuthSwitchRequest.TAG -> take(proving.switched(AuthSwitchRequest.read(body)));
            case AuthMoreData.TAG -> take(proving.told(AuthMoreData.read(body)));
            default ->
                throw new ProtocolViolation(
                        "the server said 0x" + Integer.toHexString(body.peek()) + " during its login");
        }
    }

    private void take(Step step) {
        if (handedOver) {
            return;
        }
        if (step instanceof Step.Answer answer) {
            ByteBuf out = session.relay.allocator().buffer();
            int start = Packet.begin(out, session.serverNumbers.take());
            out.writeBytes(answer.payload());
            Packet.end(out, start);
            session.relay.server().write(out);
        } else if (step instanceof Step.Work work) {
            work(work);
        }
    }

    private void work(Step.Work work) {
        working = true;
        try {
            session.relay.background().execute(() -> {
                WorkDone done = WorkDone.of(work);
                session.relay
                        .loop()
                        .execute(() -> session.guard(() -> {
                            working = false;
                            take(done.step());
                            packets.resume();
                        }));
            });
        } catch (RejectedExecutionException e) {
            unreachable("too many logins at once");
        }
    }

    @Override
    public void unreachable(String why) {
        LOG.warn("upstream {} cannot be reached: {}", admitted.upstream().name(), why);
        session.fail(
                CANNOT_CONNECT, "HY000", "upstream \"" + admitted.upstream().name() + "\" cannot be reached: " + why);
    }

    /** What the client may fix reaches it as the server said it; what only the operator can fix goes to the log. */
    private void failed(Err error) {
        if (error.code() == ACCESS_DENIED || error.state().startsWith("28")) {
            LOG.error(
                    "upstream {} refuses the held login {}: {}",
                    admitted.upstream().name(),
                    admitted.login().name(),
                    error.message());
            session.fail(
                    CANNOT_CONNECT,
                    "HY000",
                    "upstream \"" + admitted.upstream().name() + "\" refuses the gateway's own login");
        } else {
            session.fail(error);
        }
    }

    private void ready(Inquiry answered) {
        Ok first = welcome;
        if (first == null) {
            throw new IllegalStateException("a session before its login");
        }
        Variables variables = new Variables(admitted, answered);
        Linked now = new Linked(client, admitted.upstream(), agreement, serverNumber, encrypted);
        Serving serving = new Serving(session, admitted, now, variables);
        handedOver = true;
        packets.release();
        session.enter(serving);
        serving.begin(first);
    }

    @Override
    public boolean isIdle() {
        return errand == null;
    }

    @Override
    public boolean mayTell() {
        return errand == null;
    }

    @Override
    public void fromClient(ByteBuf bytes) {
        boolean any = bytes.isReadable();
        bytes.release();
        if (any && errand == null) {
            throw new ProtocolViolation("a client that speaks before its login was answered");
        }
    }

    @Override
    public void clientGone() {
        if (errand == null) {
            session.close("the client left while the server was dialled");
        }
    }

    @Override
    public void serverGone() {
        unreachable("it closed the connection during the login");
    }

    /** A session that was admitted but never began leaves too. */
    @Override
    public void release() {
        if (!handedOver) {
            handedOver = true;
            if (errand == null) {
                session.protocol.entrance.left(admitted);
            }
            packets.release();
        }
    }
}
