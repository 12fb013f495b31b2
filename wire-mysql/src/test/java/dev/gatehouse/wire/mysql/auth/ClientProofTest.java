package dev.gatehouse.wire.mysql.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.session.Credentials;
import dev.gatehouse.firewall.session.Ed25519Key;
import dev.gatehouse.firewall.session.NativeHash;
import dev.gatehouse.firewall.session.ScramVerifier;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.wire.mysql.auth.ClientProof.Reason;
import dev.gatehouse.wire.mysql.auth.ClientProof.Step;
import dev.gatehouse.wire.mysql.message.AuthMoreData;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logins of clients, whose part {@link ServerProof} plays. */
final class ClientProofTest {

    private static final String USER = "maya";
    private static final String PASSWORD = "pässword";
    private static final ScramVerifier VERIFIER = verifier(PASSWORD, true);
    private static final Credentials SCRAM_ALONE = Credentials.of(VERIFIER);
    private static final Credentials EVERYTHING = new Credentials(
            VERIFIER,
            Optional.of(new NativeHash(NativePassword.hash(PASSWORD))),
            Optional.of(new Ed25519Key(Ed25519.publicKey(PASSWORD))));
    private static final Credentials NOBODYS = new Credentials(
            verifier(PASSWORD, false),
            Optional.of(new NativeHash(NativePassword.hash("nobody's"))),
            Optional.of(new Ed25519Key(Ed25519.publicKey("nobody's"))));

    private static final byte[] SCRAMBLE = Scramble.fresh();

    private final Secrets secrets = new Secrets();

    private static ScramVerifier verifier(String password, boolean genuine) {
        try {
            byte[] salt = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ScramVerifier.MIN_ITERATIONS, 256))
                    .getEncoded();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salted, "HmacSHA256"));
            byte[] key = mac.doFinal("Client Key".getBytes(StandardCharsets.US_ASCII));
            return new ScramVerifier(ScramVerifier.MIN_ITERATIONS, salt, Digests.sha256(key), new byte[32], genuine);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client that begins with a plugin of its choice, and answers as it is asked. */
    private final class Client {
        private final ClientProof server;
        private final ServerProof own;
        private final List<Step> seen = new ArrayList<>();

        Client(Credentials credentials, String password, boolean encrypted) {
            server = new ClientProof(USER, credentials, secrets, SCRAMBLE, encrypted);
            own = new ServerProof(new Secret(password), encrypted);
        }

        Step begin(String plugin) {
            byte[] proof = own.begin(plugin, SCRAMBLE);
            return play(server.begin(own.plugin().wireName(), proof, true));
        }

        Step begin(String plugin, byte[] proof) {
            own.begin(plugin, SCRAMBLE);
            return play(server.begin(plugin, proof, true));
        }

        Step answer(byte[] payload) {
            return play(server.answer(payload));
        }

        /** Plays on until the server has decided; answers how. */
        Step play(Step first) {
            Step step = first;
            while (true) {
                seen.add(step);
                if (step instanceof Step.Work work) {
                    step = work.work().get();
                } else if (step instanceof Step.Switch asked) {
                    step = server.answer(bytes(own.switched(asked.request())));
                } else if (step instanceof Step.More more) {
                    step = server.answer(bytes(own.told(more.data())));
                } else {
                    return step;
                }
            }
        }

        private byte[] bytes(ServerProof.Step step) {
            ServerProof.Step next = step;
            while (next instanceof ServerProof.Step.Work work) {
                next = work.work().get();
            }
            return ((ServerProof.Step.Answer) next).payload();
        }

        /** What kinds of step there were. */
        List<String> kinds() {
            return seen.stream().map(step -> step.getClass().getSimpleName()).toList();
        }
    }

    private static void proved(Step step) {
        assertThat(step).isInstanceOf(Step.Proved.class);
    }

    private static void refused(Step step, Reason reason) {
        assertThat(step).isEqualTo(new Step.Refused(reason));
    }

    @Test
    void underTlsAClientTellsItsPassword() {
        Client client = new Client(SCRAM_ALONE, PASSWORD, true);
        proved(client.begin("caching_sha2_password"));
        assertThat(client.kinds()).containsExactly("More", "Work", "Proved");
    }

    /** The C libraries of both products do not look at the scramble they are sent then. */
    @Test
    void whoLogsInAgainMayUseTheScrambleOfTheFirstTime() {
        byte[] other = SCRAMBLE.clone();
        other[0]++;
        for (String plugin : List.of("mysql_native_password", "caching_sha2_password")) {
            proved(again(plugin, SCRAMBLE));
            refused(again(plugin, other), Reason.WRONG_PASSWORD);
        }
        ClientProof first = new ClientProof(USER, EVERYTHING, secrets, SCRAMBLE, false);
        assertThat(first.begin("mysql_native_password", new byte[0], true)).isInstanceOf(Step.Switch.class);
        refused(first.answer(NativePassword.prove(PASSWORD, SCRAMBLE)), Reason.WRONG_PASSWORD);
    }

    private Step again(String plugin, byte[] with) {
        proved(new Client(EVERYTHING, PASSWORD, true).begin("caching_sha2_password"));
        ClientProof server = new ClientProof(USER, EVERYTHING, secrets, SCRAMBLE, false);
        assertThat(server.again(plugin, true)).isInstanceOf(Step.Switch.class);
        if (plugin.equals("mysql_native_password")) {
            return server.answer(NativePassword.prove(PASSWORD, with));
        }
        Step step = server.answer(CachingSha2Password.prove(PASSWORD, with));
        return step instanceof Step.More ? server.answer(new byte[3]) : step;
    }

    /** Not even on this machine. */
    @Test
    void aTokenIsToldUnderTlsAlone() {
        byte[] told = "a.b.c\0".getBytes(StandardCharsets.UTF_8);
        ClientProof clear = new ClientProof(USER, NOBODYS, secrets, SCRAMBLE, false, true, true);
        refused(clear.begin("mysql_clear_password", told, true), Reason.TOLD_IN_CLEAR);
        ClientProof hashed = new ClientProof(USER, NOBODYS, secrets, SCRAMBLE, false, true, true);
        hashed.begin("caching_sha2_password", CachingSha2Password.prove("a.b.c", SCRAMBLE), true);
        refused(((Step.Work) hashed.answer(told)).work().get(), Reason.WRONG_PASSWORD);
        ClientProof encrypted = new ClientProof(USER, NOBODYS, secrets, SCRAMBLE, true, true, true);
        assertThat(encrypted.begin("mysql_clear_password", told, true)).isEqualTo(new Step.Told("a.b.c"));
    }

    /** MariaDB's clients take a connection within the machine for as good as TLS. */
    @Test
    void aClientOnThisMachineMayTellItsPassword() {
        byte[] proof = CachingSha2Password.prove(PASSWORD, SCRAMBLE);
        byte[] told = (PASSWORD + "\0").getBytes(StandardCharsets.UTF_8);
        for (boolean local : new boolean[] {true, false}) {
            ClientProof server = new ClientProof(USER, SCRAM_ALONE, new Secrets(), SCRAMBLE, false, local);
            server.begin("caching_sha2_password", proof, true);
            Step step = server.answer(told);
            if (local) {
                proved(((Step.Work) step).work().get());
            } else {
                refused(step, Reason.WRONG_PASSWORD);
            }
        }
        ClientProof server = new ClientProof(USER, SCRAM_ALONE, new Secrets(), SCRAMBLE, false, true);
        server.begin("caching_sha2_password", proof, true);
        Step wrong = server.answer("wrong\0".getBytes(StandardCharsets.UTF_8));
        refused(((Step.Work) wrong).work().get(), Reason.WRONG_PASSWORD);
    }

    /** It waits to be told that its proof was taken, or to be asked for one; a client that has no password does not wait. */
    @Test
    void whoseCertificateIsEnoughIsLetInAsItsPluginExpects() {
        for (String plugin : List.of("caching_sha2_password", "mysql_native_password", "client_ed25519")) {
            Client client = new Client(NOBODYS, PASSWORD, true);
            byte[] proof = client.own.begin(plugin, SCRAMBLE);
            proved(client.play(client.server.spare(plugin, proof, true)));
            boolean greeted = plugin.equals("caching_sha2_password");
            assertThat(client.kinds()).as(plugin).isEqualTo(greeted ? List.of("Proved") : List.of("Switch", "Proved"));
            assertThat(((Step.Proved) client.seen.get(client.seen.size() - 1))
                            .toldFirst()
                            .data())
                    .as(plugin)
                    .containsExactly(3);
        }
        Client empty = new Client(NOBODYS, "", true);
        Step step = empty.server.spare("caching_sha2_password", new byte[0], true);
        assertThat(((Step.Proved) step).toldFirst().data()).isEmpty();
        assertThat(((Step.Proved) empty.server.spare("", new byte[20], false))
                        .toldFirst()
                        .data())
                .isEmpty();
    }

    @Test
    void inClearAClientEncryptsItsPassword() {
        Client client = new Client(SCRAM_ALONE, PASSWORD, false);
        proved(client.begin("caching_sha2_password"));
        assertThat(client.kinds()).containsExactly("More", "Work", "More", "Work", "Proved");
    }

    @Test
    void whoseKeyIsKnownAlreadyMayComeAtOnce() {
        ClientProof server = new ClientProof(USER, SCRAM_ALONE, secrets, SCRAMBLE, false);
        assertThat(server.begin("caching_sha2_password", CachingSha2Password.prove(PASSWORD, SCRAMBLE), true))
                .isInstanceOf(Step.More.class);
        byte[] encrypted = PasswordKey.encrypt(secrets.key().pem(), PASSWORD, SCRAMBLE);
        proved(((Step.Work) server.answer(encrypted)).work().get());
    }

    @Test
    void aClientThatComesAgainNeedsNotTellItsPassword() {
        proved(new Client(SCRAM_ALONE, PASSWORD, true).begin("caching_sha2_password"));
        Client again = new Client(SCRAM_ALONE, PASSWORD, false);
        Step last = again.begin("caching_sha2_password");
        assertThat(again.kinds()).containsExactly("Proved");
        assertThat(((Step.Proved) last).toldFirst().data()).containsExactly(3);
    }

    @Test
    void whatIsRememberedHoldsForOneUserAndOnePassword() {
        proved(new Client(SCRAM_ALONE, PASSWORD, true).begin("caching_sha2_password"));
        refused(new Client(SCRAM_ALONE, "wrong", true).begin("caching_sha2_password"), Reason.WRONG_PASSWORD);
        ClientProof other = new ClientProof("erik", SCRAM_ALONE, secrets, SCRAMBLE, true);
        assertThat(other.begin("caching_sha2_password", CachingSha2Password.prove(PASSWORD, SCRAMBLE), true))
                .isInstanceOf(Step.More.class);
    }

    @Test
    void whatIsRememberedIsForgottenWhenTheUsersPasswordChanges() {
        proved(new Client(SCRAM_ALONE, PASSWORD, true).begin("caching_sha2_password"));
        Client old = new Client(Credentials.of(verifier("new", true)), PASSWORD, true);
        refused(old.begin("caching_sha2_password"), Reason.WRONG_PASSWORD);
        Client gone = new Client(NOBODYS, PASSWORD, true);
        refused(gone.begin("caching_sha2_password"), Reason.WRONG_PASSWORD);
    }

    @Test
    void aWrongPasswordIsNotRemembered() {
        refused(new Client(SCRAM_ALONE, "wrong", true).begin("caching_sha2_password"), Reason.WRONG_PASSWORD);
        refused(new Client(SCRAM_ALONE, "wrong", true).begin("caching_sha2_password"), Reason.WRONG_PASSWORD);
    }

    @Test
    void aUserWithANativeHashMayProveThePasswordByIt() {
        Client client = new Client(EVERYTHING, PASSWORD, false);
        proved(client.begin("mysql_native_password"));
        assertThat(client.kinds()).containsExactly("Proved");
        refused(new Client(EVERYTHING, "wrong", false).begin("mysql_native_password"), Reason.WRONG_PASSWORD);
    }

    @Test
    void aUserWithoutOneIsAskedByThePluginThatServesEverybody() {
        Client client = new Client(SCRAM_ALONE, PASSWORD, true);
        proved(client.begin("mysql_native_password"));
        assertThat(client.kinds()).containsExactly("Switch", "More", "Work", "Proved");
    }

    @Test
    void aClientThatMadeNothingOfTheScrambleIsAskedAgainByItsPlugin() {
        Client client = new Client(EVERYTHING, PASSWORD, false);
        proved(client.begin("mysql_native_password", new byte[0]));
        assertThat(client.kinds()).containsExactly("Switch", "Proved");
    }

    @Test
    void aUserWithAKeyMaySignWithIt() {
        Client client = new Client(EVERYTHING, PASSWORD, false);
        proved(client.begin("client_ed25519", new byte[0]));
        assertThat(client.kinds()).containsExactly("Switch", "Work", "Proved");
        Client wrong = new Client(EVERYTHING, "wrong", false);
        refused(wrong.begin("client_ed25519", new byte[0]), Reason.WRONG_PASSWORD);
    }

    @Test
    void whatIsNoSignatureIsAWrongPassword() {
        for (int length : new int[] {1, 63, 64, 65, 10_000}) {
            ClientProof server = new ClientProof(USER, EVERYTHING, secrets, SCRAMBLE, false);
            assertThat(server.begin("client_ed25519", new byte[0], true)).isInstanceOf(Step.Switch.class);
            byte[] signature = new byte[length];
            Arrays.fill(signature, (byte) 0xff);
            refused(((Step.Work) server.answer(signature)).work().get(), Reason.WRONG_PASSWORD);
        }
    }

    @Test
    void aPasswordToldAtOnceIsTakenUnderTlsAlone() {
        byte[] told = (PASSWORD + "\0").getBytes(StandardCharsets.UTF_8);
        proved(new Client(SCRAM_ALONE, PASSWORD, true).begin("mysql_clear_password", told));
        refused(new Client(SCRAM_ALONE, PASSWORD, false).begin("mysql_clear_password", told), Reason.TOLD_IN_CLEAR);
    }

    @Test
    void aPasswordThatATrustingClientTellsInClearIsNotTaken() {
        ClientProof server = new ClientProof(USER, SCRAM_ALONE, secrets, SCRAMBLE, false);
        server.begin("caching_sha2_password", CachingSha2Password.prove(PASSWORD, SCRAMBLE), true);
        refused(server.answer((PASSWORD + "\0").getBytes(StandardCharsets.UTF_8)), Reason.WRONG_PASSWORD);
    }

    @Test
    void aClientOfOnePluginIsTakenWhereTheUserHasItsHash() {
        ClientProof server = new ClientProof(USER, EVERYTHING, secrets, SCRAMBLE, false);
        proved(server.begin("", NativePassword.prove(PASSWORD, SCRAMBLE), false));
        ClientProof without = new ClientProof(USER, SCRAM_ALONE, secrets, SCRAMBLE, false);
        refused(without.begin("", NativePassword.prove(PASSWORD, SCRAMBLE), false), Reason.NO_COMMON_PLUGIN);
    }

    @Test
    void aPluginNobodyKnowsIsSwitched() {
        Client client = new Client(SCRAM_ALONE, PASSWORD, true);
        proved(client.begin("authentication_webauthn_client", new byte[] {1, 2, 3}));
        proved(new Client(SCRAM_ALONE, PASSWORD, true).begin("sha256_password", new byte[] {1}));
        proved(new Client(SCRAM_ALONE, PASSWORD, true).begin("", new byte[] {1}));
    }

    @Test
    void noPasswordIsNoPassword() {
        for (byte[] nothing : List.of(new byte[0], new byte[1])) {
            refused(new Client(SCRAM_ALONE, "", true).begin("caching_sha2_password", nothing), Reason.NO_PASSWORD);
            refused(new Client(NOBODYS, "", true).begin("caching_sha2_password", nothing), Reason.NO_PASSWORD);
        }
        ClientProof server = new ClientProof(USER, SCRAM_ALONE, secrets, SCRAMBLE, true);
        server.begin("caching_sha2_password", CachingSha2Password.prove(PASSWORD, SCRAMBLE), true);
        refused(server.answer(new byte[1]), Reason.NO_PASSWORD);
    }

    @EnumSource(Plugin.class)
    @ParameterizedTest
    void anUnknownUserTakesTheStepsOfAWrongPassword(Plugin plugin) {
        for (boolean encrypted : new boolean[] {true, false}) {
            byte[] proof = plugin == Plugin.MYSQL_CLEAR_PASSWORD
                    ? "wrong\0".getBytes(StandardCharsets.UTF_8)
                    : CachingSha2Password.prove("wrong", SCRAMBLE);
            Client wrong = new Client(EVERYTHING, "wrong", encrypted);
            Client unknown = new Client(NOBODYS, "wrong", encrypted);
            Step last = wrong.begin(plugin.wireName(), proof);
            assertThat(last).isInstanceOf(Step.Refused.class).isEqualTo(unknown.begin(plugin.wireName(), proof));
            assertThat(unknown.kinds()).isEqualTo(wrong.kinds());
        }
    }

    @Test
    void noPasswordSatisfiesAStranger() {
        for (String plugin : List.of("caching_sha2_password", "mysql_native_password", "client_ed25519")) {
            refused(new Client(NOBODYS, PASSWORD, true).begin(plugin, new byte[32]), Reason.WRONG_PASSWORD);
        }
    }

    @Test
    void whatWasEncryptedOtherwiseIsAWrongPassword() {
        for (int length : new int[] {2, 255, 256, 257}) {
            ClientProof server = new ClientProof(USER, SCRAM_ALONE, secrets, SCRAMBLE, false);
            server.begin("caching_sha2_password", CachingSha2Password.prove(PASSWORD, SCRAMBLE), true);
            Step step = server.answer(new byte[length]);
            refused(step instanceof Step.Work work ? work.work().get() : step, Reason.WRONG_PASSWORD);
        }
    }

    @Test
    void aPasswordEncryptedForAnotherScrambleIsAWrongOne() {
        ClientProof server = new ClientProof(USER, SCRAM_ALONE, secrets, SCRAMBLE, false);
        server.begin("caching_sha2_password", CachingSha2Password.prove(PASSWORD, SCRAMBLE), true);
        byte[] heard = PasswordKey.encrypt(secrets.key().pem(), PASSWORD, Scramble.fresh());
        refused(((Step.Work) server.answer(heard)).work().get(), Reason.WRONG_PASSWORD);
    }

    @Test
    void whoSpeaksUnaskedBreaksTheProtocol() {
        ClientProof server = new ClientProof(USER, SCRAM_ALONE, secrets, SCRAMBLE, true);
        assertThatThrownBy(() -> server.answer(new byte[1])).isInstanceOf(ProtocolViolation.class);
        server.begin("caching_sha2_password", new byte[0], true);
        assertThatThrownBy(() -> server.answer(new byte[1])).isInstanceOf(ProtocolViolation.class);
        Client done = new Client(SCRAM_ALONE, PASSWORD, true);
        proved(done.begin("caching_sha2_password"));
        assertThatThrownBy(() -> done.answer(new byte[1])).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void theKeyIsTheSameAsLongAsTheGatewayRuns() {
        PasswordKey key = new PasswordKey();
        assertThat(new AuthMoreData(key.pem()).data()).isEqualTo(key.pem());
        assertThat(new String(key.pem(), StandardCharsets.US_ASCII))
                .startsWith("-----BEGIN PUBLIC KEY-----\n")
                .endsWith("-----END PUBLIC KEY-----\n");
    }
}
