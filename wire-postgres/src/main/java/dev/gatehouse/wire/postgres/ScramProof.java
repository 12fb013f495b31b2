package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.session.ScramVerifier;
import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * By SCRAM-SHA-256 against what is kept of the user's password; bound to TLS where the client can
 * ({@code SCRAM-SHA-256-PLUS}).
 *
 * @see <a href="https://www.postgresql.org/docs/current/sasl-authentication.html">SASL Authentication</a>
 */
final class ScramProof implements ClientProof {

    private static final int AUTHENTICATION_SASL = 10;
    private static final int AUTHENTICATION_SASL_CONTINUE = 11;
    static final int AUTHENTICATION_SASL_FINAL = 12;

    private final ClientLogin login;
    private final ScramServer scram;
    private boolean begun;

    /** @param endPoint stands for the TLS connection; empty without one */
    ScramProof(ClientLogin login, ScramVerifier verifier, byte[] endPoint) {
        this.login = login;
        this.scram = new ScramServer(verifier, Scram.nonce(), endPoint);
    }

    @Override
    public void begin(ByteBuf out) {
        ClientLogin.authentication(out, AUTHENTICATION_SASL, String.join("\0", scram.mechanisms()) + "\0\0");
    }

    @Override
    public void answer(Body body) {
        try {
            if (begun) {
                finish(scram.last(text(body, body.left())));
            } else {
                String mechanism = body.string();
                int size = body.int32();
                if (size != body.left()) {
                    throw new ProtocolViolation("a SASL message whose length is not that of its data");
                }
                begun = true;
                login.ask(AUTHENTICATION_SASL_CONTINUE, scram.first(mechanism, text(body, size)));
            }
        } catch (ScramServer.Malformed e) {
            login.malformed(e);
        }
    }

    private static String text(Body body, int size) {
        return new String(body.bytes(size), StandardCharsets.UTF_8);
    }

    private void finish(String serverProof) {
        if (serverProof.isEmpty()) {
            login.refused();
        } else {
            login.proved(serverProof);
        }
    }
}
