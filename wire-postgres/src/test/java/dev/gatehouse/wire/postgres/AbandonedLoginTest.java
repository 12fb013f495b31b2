package dev.gatehouse.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.session.Argon2Verifier;
import dev.gatehouse.firewall.session.Arrival;
import dev.gatehouse.firewall.session.Credentials;
import dev.gatehouse.firewall.wire.Encryption;
import dev.gatehouse.wire.postgres.message.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nobody keeps the gateway busy with passwords that no connection waits for any more. */
final class AbandonedLoginTest {

    /** A hash of no passes, which cannot be computed: whoever tries is found out. */
    private static final Argon2Verifier IMPOSSIBLE = new Argon2Verifier(8, 0, 1, new byte[16], new byte[32], true);

    private final Stage stage = new Stage() {
        @Override
        public boolean offersTls() {
            return true;
        }

        @Override
        public void encryptClient(ByteBuf begun) {
            begun.release();
        }

        @Override
        public boolean isProved(String user, Arrival arrival) {
            return false;
        }

        @Override
        public Credentials credentials(String user) {
            return new Credentials(IMPOSSIBLE, Optional.empty(), Optional.empty());
        }
    };

    /** Logs in up to the password, which is told and not looked at yet. */
    private void tellPassword() {
        stage.session.fromClient(Unpooled.buffer().writeInt(8).writeInt(80877103));
        stage.session.clientEncrypted(new Encryption("", new byte[0]));
        ByteBuf startup = Unpooled.buffer().writeInt(0).writeInt(3 << 16);
        startup.writeCharSequence("user\0maya\0\0", StandardCharsets.US_ASCII);
        stage.session.fromClient(startup.setInt(0, startup.writerIndex()));
        ByteBuf password = Unpooled.buffer();
        Frame.strings(password, 'p', "guess");
        stage.session.fromClient(password);
        assertThat(stage.tasks).hasSize(1);
    }

    @Test
    void aPasswordIsNotCheckedForAClientThatHasLeft() {
        tellPassword();
        stage.session.clientGone();
        stage.run();
        assertThat(stage.closed).isTrue();
    }

    @Test
    void aPasswordIsCheckedForAClientThatWaits() {
        tellPassword();
        assertThatThrownBy(stage::run).isInstanceOf(IllegalStateException.class);
    }
}
