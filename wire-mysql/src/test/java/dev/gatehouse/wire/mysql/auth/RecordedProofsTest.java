package dev.gatehouse.wire.mysql.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.wire.mysql.message.AuthMoreData;
import dev.gatehouse.wire.mysql.message.AuthSwitchRequest;
import dev.gatehouse.wire.mysql.message.HandshakeV10;
import dev.gatehouse.wire.mysql.message.RecordedLogin;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The proofs of real clients, against what they are checked by here, and those made here, against what real clients sent. */
final class RecordedProofsTest {

    private static final String NATIVE = "nätive pw";
    private static final String SHA2 = "sha pässword";
    private static final String ED25519 = "edward pw";

    /** MySQL's documented example of {@code PASSWORD('password')}. */
    private static final String NATIVE_HASH_OF_PASSWORD = "2470c0c06dee42fd1618bb99005adca2ec9d1e19";

    @Test
    void theNativeHashIsThatOfTheServer() {
        assertThat(NativePassword.hash("password"))
                .asHexString()
                .isEqualTo(NATIVE_HASH_OF_PASSWORD.toUpperCase(Locale.ROOT));
    }

    @Test
    void aNativeProofIsTheOneAClientSent() {
        RecordedLogin login = RecordedLogin.named("mariadb-10.11/native");
        HandshakeV10 handshake = login.handshake();
        ServerProof proof = new ServerProof(new Secret(NATIVE), false);
        assertThat(proof.begin(handshake.plugin(), handshake.scramble()))
                .isEqualTo(login.response().proof());
        assertThat(proof.plugin()).isEqualTo(Plugin.MYSQL_NATIVE_PASSWORD);
    }

    @Test
    void aNativeProofOfAClientHoldsForItsPasswordAlone() {
        RecordedLogin login = RecordedLogin.named("mariadb-10.11/native");
        byte[] proof = login.response().proof();
        byte[] scramble = login.handshake().scramble();
        assertThat(NativePassword.holds(proof, scramble, NativePassword.hash(NATIVE)))
                .isTrue();
        assertThat(NativePassword.holds(proof, scramble, NativePassword.hash("other")))
                .isFalse();
        assertThat(NativePassword.holds(proof, Scramble.fresh(), NativePassword.hash(NATIVE)))
                .isFalse();
    }

    @Test
    void aSha2ProofIsTheOneAClientSent() {
        RecordedLogin login = RecordedLogin.named("mysql-9.7/fast");
        HandshakeV10 handshake = login.handshake();
        ServerProof proof = new ServerProof(new Secret(SHA2), false);
        assertThat(proof.begin(handshake.plugin(), handshake.scramble()))
                .isEqualTo(login.response().proof());
        assertThat(proof.told(AuthMoreData.read(login.at(2).body()))).isInstanceOf(ServerProof.Step.Listen.class);
    }

    @Test
    void aSha2ProofOfAClientHoldsForItsPasswordAlone() {
        RecordedLogin login = RecordedLogin.named("mysql-9.7/fast");
        byte[] proof = login.response().proof();
        byte[] scramble = login.handshake().scramble();
        assertThat(CachingSha2Password.holds(proof, scramble, CachingSha2Password.digest(bytes(SHA2))))
                .isTrue();
        assertThat(CachingSha2Password.holds(proof, scramble, CachingSha2Password.digest(bytes("other"))))
                .isFalse();
        assertThat(CachingSha2Password.holds(proof, Scramble.fresh(), CachingSha2Password.digest(bytes(SHA2))))
                .isFalse();
    }

    /** A server that asks again, by another plugin, with the same scramble or a new one. */
    @Test
    void aSwitchedProofIsTheOneAClientSent() {
        RecordedLogin login = RecordedLogin.named("mysql-9.7/begun-native");
        ServerProof proof = new ServerProof(new Secret(SHA2), false);
        proof.begin("mysql_native_password", login.handshake().scramble());
        assertThat(answer(proof.switched(AuthSwitchRequest.read(login.at(2).body()))))
                .isEqualTo(login.at(3).payload());
    }

    @Test
    void anEd25519SignatureIsTheOneAClientMade() {
        RecordedLogin login = RecordedLogin.named("mariadb-10.11/ed25519");
        AuthSwitchRequest request = AuthSwitchRequest.read(login.at(2).body());
        assertThat(Ed25519.sign(ED25519, request.data())).isEqualTo(login.at(3).payload());
    }

    @Test
    void anEd25519SignatureOfAClientHoldsForItsPasswordAlone() {
        RecordedLogin login = RecordedLogin.named("mariadb-10.11/ed25519");
        byte[] scramble = AuthSwitchRequest.read(login.at(2).body()).data();
        byte[] signature = login.at(3).payload();
        assertThat(Ed25519.holds(signature, scramble, Ed25519.publicKey(ED25519)))
                .isTrue();
        assertThat(Ed25519.holds(signature, scramble, Ed25519.publicKey("other")))
                .isFalse();
        assertThat(Ed25519.holds(signature, Scramble.fresh(32), Ed25519.publicKey(ED25519)))
                .isFalse();
    }

    /** What a client has encrypted cannot be read here; but that its server's key is taken, and how long the answer is. */
    @Test
    void theKeyOfARealServerEncrypts() {
        for (String name : new String[] {"mysql-9.7/full-rsa", "mysql-9.7/sha256"}) {
            RecordedLogin login = RecordedLogin.named(name);
            AuthMoreData key = AuthMoreData.read(login.at(4).body());
            assertThat(PasswordKey.encrypt(key.data(), SHA2, Scramble.fresh()))
                    .hasSameSizeAs(login.at(5).payload());
        }
    }

    private static byte[] answer(ServerProof.Step step) {
        assertThat(step).isInstanceOf(ServerProof.Step.Answer.class);
        return ((ServerProof.Step.Answer) step).payload();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
