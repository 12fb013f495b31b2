package dev.gatehouse.wire.mysql.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.wire.mysql.auth.ServerProof.Step;
import dev.gatehouse.wire.mysql.message.AuthMoreData;
import dev.gatehouse.wire.mysql.message.AuthSwitchRequest;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the gateway says to servers that ask for what they should not. */
final class ServerProofTest {

    private static final Secret PASSWORD = new Secret("the held password");
    private static final byte[] SCRAMBLE = Scramble.fresh();
    private static final AuthMoreData FULL = new AuthMoreData(new byte[] {4});

    private static ServerProof begun(String plugin, boolean encrypted) {
        ServerProof proof = new ServerProof(PASSWORD, encrypted);
        proof.begin(plugin, SCRAMBLE);
        return proof;
    }

    private static void violation(Supplier<Step> step, String message) {
        assertThatThrownBy(() -> {
                    Step made = step.get();
                    if (made instanceof Step.Work work) {
                        work.work().get();
                    }
                })
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("the held password");
    }

    private static byte[] payload(Step step) {
        return ((Step.Answer) step).payload();
    }

    @Test
    void thePasswordIsToldUnderTlsAlone() {
        AuthSwitchRequest clear = new AuthSwitchRequest("mysql_clear_password", new byte[0]);
        for (String begun : List.of("caching_sha2_password", "mysql_native_password", "dialog", "")) {
            violation(() -> begun(begun, false).switched(clear), "without TLS");
            assertThat(payload(begun(begun, true).switched(clear)))
                    .isEqualTo("the held password\0".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aServerThatWantsTheWholeProofGetsItUnderTlsOrEncrypted() {
        assertThat(payload(begun("caching_sha2_password", true).told(FULL)))
                .isEqualTo("the held password\0".getBytes(StandardCharsets.UTF_8));
        ServerProof proof = begun("caching_sha2_password", false);
        assertThat(payload(proof.told(FULL))).containsExactly(2);
        PasswordKey key = new PasswordKey();
        Step encrypted =
                ((Step.Work) proof.told(new AuthMoreData(key.pem()))).work().get();
        assertThat(key.decrypt(payload(encrypted), SCRAMBLE))
                .isEqualTo("the held password\0".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theOlderSha256IsProvedTheSameWay() {
        AuthSwitchRequest sha256 = new AuthSwitchRequest("sha256_password", SCRAMBLE);
        assertThat(payload(begun("caching_sha2_password", true).switched(sha256)))
                .isEqualTo("the held password\0".getBytes(StandardCharsets.UTF_8));
        ServerProof proof = begun("caching_sha2_password", false);
        assertThat(payload(proof.switched(sha256))).containsExactly(1);
        PasswordKey key = new PasswordKey();
        Step encrypted =
                ((Step.Work) proof.told(new AuthMoreData(key.pem()))).work().get();
        assertThat(key.decrypt(payload(encrypted), SCRAMBLE))
                .isEqualTo("the held password\0".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aServerMayNotAskForTheWholeProofTwice() {
        for (boolean encrypted : new boolean[] {true, false}) {
            ServerProof proof = begun("caching_sha2_password", encrypted);
            proof.told(FULL);
            violation(() -> proof.told(FULL), "");
        }
    }

    @Test
    void whatIsNoKeyEncryptsNothing() throws GeneralSecurityException {
        KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
        weak.initialize(512);
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        String begin = "-----BEGIN PUBLIC KEY-----\n";
        String end = "\n-----END PUBLIC KEY-----\n";
        byte[] huge = new byte[100_000];
        Arrays.fill(huge, (byte) 'A');
        for (String pem : List.of(
                "",
                "no key",
                begin + end,
                begin.strip() + end.strip(),
                "-----BEGIN PUBLIC KEY-----END PUBLIC KEY-----",
                begin + "AAAA" + end,
                begin + "????" + end,
                begin + new String(huge, StandardCharsets.US_ASCII) + end,
                begin + base64(weak) + end,
                begin + base64(curve) + end)) {
            ServerProof proof = begun("caching_sha2_password", false);
            proof.told(FULL);
            violation(() -> proof.told(new AuthMoreData(pem.getBytes(StandardCharsets.US_ASCII))), "public key");
        }
    }

    private static String base64(KeyPairGenerator generator) {
        return Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
    }

    @Test
    void scramblesOfAWrongLengthAreRefused() {
        for (int length : new int[] {0, 1, 8, 19, 21, 22, 31, 32, 33, 1000}) {
            byte[] given = new byte[length];
            Arrays.fill(given, (byte) 'x');
            for (Plugin plugin : Plugin.values()) {
                if (plugin == Plugin.MYSQL_CLEAR_PASSWORD || (plugin == Plugin.CLIENT_ED25519 && length == 32)) {
                    continue;
                }
                violation(
                        () -> begun("caching_sha2_password", true)
                                .switched(new AuthSwitchRequest(plugin.wireName(), given)),
                        length + " bytes");
            }
            assertThatThrownBy(() -> new ServerProof(PASSWORD, true).begin("caching_sha2_password", given))
                    .isInstanceOf(ProtocolViolation.class);
        }
    }

    @Test
    void aScrambleMayEndWithAZero() {
        byte[] ended = Arrays.copyOf(SCRAMBLE, SCRAMBLE.length + 1);
        byte[] proof = payload(
                begun("caching_sha2_password", false).switched(new AuthSwitchRequest("mysql_native_password", ended)));
        assertThat(NativePassword.holds(proof, SCRAMBLE, NativePassword.hash(PASSWORD.reveal())))
                .isTrue();
    }

    @Test
    void pluginsNobodyKnowsAreRefusedByName() {
        for (String name : List.of("dialog", "auth_gssapi_client", "mysql_old_password", "parsec", "")) {
            violation(
                    () -> begun("mysql_native_password", true).switched(new AuthSwitchRequest(name, SCRAMBLE)),
                    "by " + name);
        }
        violation(
                () -> begun("mysql_native_password", true)
                        .switched(new AuthSwitchRequest("a\nline\u001b[31m" + "x".repeat(1000), SCRAMBLE)),
                "by a?line??31mxxx");
    }

    @Test
    void aServerThatGoesOnAskingIsLeft() {
        ServerProof proof = begun("mysql_native_password", true);
        AuthSwitchRequest again = new AuthSwitchRequest("mysql_native_password", SCRAMBLE);
        for (int i = 0; i < 5; i++) {
            proof.switched(again);
        }
        violation(() -> proof.switched(again), "goes on asking");
    }

    @Test
    void moreIsTakenOnlyFromThePluginThatSaysIt() {
        for (byte[] data : List.of(new byte[0], new byte[] {0}, new byte[] {3, 3}, new byte[] {5}, new byte[10_000])) {
            violation(() -> begun("caching_sha2_password", true).told(new AuthMoreData(data)), "what nobody asked");
        }
        violation(() -> begun("mysql_native_password", true).told(FULL), "what nobody asked");
        ServerProof proof = begun("caching_sha2_password", true);
        assertThat(proof.told(new AuthMoreData(new byte[] {3}))).isInstanceOf(Step.Listen.class);
        violation(() -> proof.told(new AuthMoreData(new byte[] {3})), "what nobody asked");
        violation(() -> proof.told(FULL), "what nobody asked");
    }

    @Test
    void aLoginWithoutPasswordIsProvedByNothing() {
        ServerProof proof = new ServerProof(new Secret(""), false);
        assertThat(proof.begin("mysql_native_password", SCRAMBLE)).isEmpty();
        assertThat(proof.begin("caching_sha2_password", SCRAMBLE)).isEmpty();
    }
}
