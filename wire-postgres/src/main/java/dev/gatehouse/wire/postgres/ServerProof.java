package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.wire.Encryption;
import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proves to the server that the gateway holds the login's password, in whatever way the server asks for.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">Message Flow, Start-up: Authentication</a>
 */
final class ServerProof {

    private static final int OK = 0;
    private static final int CLEARTEXT = 3;
    private static final int MD5 = 5;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    private final PgSession session;
    private final Login login;
    private final Upstream upstream;
    private byte[] endPoint = new byte[0];
    private @Nullable ScramClient scram;
    private boolean proved;
    private boolean authenticated;

    ServerProof(PgSession session, Login login, Upstream upstream) {
        this.session = session;
        this.login = login;
        this.upstream = upstream;
    }

    boolean isAuthenticated() {
        return authenticated;
    }

    /** Binds the proof to the TLS connection it goes through, where the server offers that. */
    void bindTo(Encryption encryption) {
        endPoint = encryption.endPoint();
    }

    /** Answers one Authentication message. */
    void challenge(Body body) {
        int kind = body.int32();
        switch (kind) {
            case OK -> {
                if (scram != null && !proved) {
                    throw new ProtocolViolation("the server skipped its own SCRAM proof");
                }
                authenticated = true;
            }
            case CLEARTEXT -> {
                if (upstream.tls().mode() == Upstream.Tls.Mode.DISABLE) {
                    throw new ProtocolViolation("the server asks for the password in clear text, without TLS");
                }
                send(login.password().reveal() + "\0");
            }
            case MD5 -> {
                send("md5"
                        + md5(
                                md5(login.password().reveal() + login.username())
                                        .getBytes(StandardCharsets.US_ASCII),
                                body.bytes(4))
                        + "\0");
            }
            case SASL -> sasl(body);
            case SASL_CONTINUE -> answer(rest(body));
            case SASL_FINAL -> {
                exchange().verify(rest(body));
                proved = true;
            }
            default -> {
                throw new ProtocolViolation(
                        "the server asks for an authentication of kind " + kind + ", which the gateway does not speak");
            }
        }
    }

    private void sasl(Body body) {
        List<String> offered = new ArrayList<>();
        for (String mechanism = body.string(); !mechanism.isEmpty(); mechanism = body.string()) {
            offered.add(mechanism);
        }
        ScramClient begun =
                new ScramClient(login.password().reveal(), session.protocol.keys, Scram.nonce(), offered, endPoint);
        scram = begun;
        byte[] first = begun.first().getBytes(StandardCharsets.UTF_8);
        ByteBuf out = session.relay.allocator().buffer();
        int start = Frame.begin(out, 'p');
        Frame.string(out, begun.mechanism());
        out.writeInt(first.length).writeBytes(first);
        Frame.end(out, start);
        session.relay.server().write(out);
    }

    /** Derives the key away from the loop; nothing else comes from the server meanwhile, as it waits for the answer. */
    private void answer(String serverFirst) {
        ScramClient exchange = exchange();
        session.relay.background().execute(() -> {
            String message;
            try {
                message = exchange.last(serverFirst);
            } catch (ProtocolViolation e) {
                session.relay
                        .loop()
                        .execute(() -> session.guard(() -> {
                            throw e;
                        }));
                return;
            }
            session.relay.loop().execute(() -> session.guard(() -> send(message)));
        });
    }

    private ScramClient exchange() {
        ScramClient begun = scram;
        if (begun == null) {
            throw new ProtocolViolation("the server goes on with an exchange that was not begun");
        }
        return begun;
    }

    private void send(String data) {
        ByteBuf out = session.relay.allocator().buffer();
        int start = Frame.begin(out, 'p');
        out.writeCharSequence(data, StandardCharsets.UTF_8);
        Frame.end(out, start);
        session.relay.server().write(out);
    }

    private static String rest(Body body) {
        return new String(body.bytes(body.left()), StandardCharsets.UTF_8);
    }

    private static String md5(String text) {
        return md5(text.getBytes(StandardCharsets.UTF_8), new byte[0]);
    }

    private static String md5(byte[] first, byte[] second) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(first);
            return HexFormat.of().formatHex(digest.digest(second));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
