package dev.gatehouse.wire.postgres;

import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * By telling a token of an identity provider as the password, under TLS only: every driver can.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">Message Flow, AuthenticationCleartextPassword</a>
 */
final class ToldToken implements ClientProof {

    private final ClientLogin login;
    private boolean told;

    ToldToken(ClientLogin login) {
        this.login = login;
    }

    @Override
    public void begin(ByteBuf out) {
        ClientLogin.authentication(out, ToldPassword.AUTHENTICATION_CLEARTEXT_PASSWORD, "");
    }

    @Override
    public void answer(Body body) {
        if (told) {
            throw new ProtocolViolation("a token nobody asked for");
        }
        told = true;
        byte[] token = ToldPassword.password(body);
        if (token.length == 0) {
            login.empty();
        } else {
            login.verify(new String(token, StandardCharsets.UTF_8));
        }
    }
}
