package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.session.Argon2Verifier;
import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * By telling the password itself, under TLS only, for a user of whom something is kept that no client can prove otherwise.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">Message Flow, AuthenticationCleartextPassword</a>
 */
final class ToldPassword implements ClientProof {

    static final int AUTHENTICATION_CLEARTEXT_PASSWORD = 3;

    private final ClientLogin login;
    private final Argon2Verifier verifier;
    private boolean told;

    ToldPassword(ClientLogin login, Argon2Verifier verifier) {
        this.login = login;
        this.verifier = verifier;
    }

    @Override
    public void begin(ByteBuf out) {
        ClientLogin.authentication(out, AUTHENTICATION_CLEARTEXT_PASSWORD, "");
    }

    @Override
    public void answer(Body body) {
        if (told) {
            throw new ProtocolViolation("a password nobody asked for");
        }
        told = true;
        byte[] password = password(body);
        if (password.length == 0) {
            login.empty();
        } else {
            login.check(() -> verifier.fits(password));
        }
    }

    /** Reads what a PasswordMessage holds. */
    static byte[] password(Body body) {
        byte[] ended = body.bytes(body.left());
        if (ended.length == 0 || ended[ended.length - 1] != 0) {
            throw new ProtocolViolation("a password without its end");
        }
        return Arrays.copyOf(ended, ended.length - 1);
    }
}
