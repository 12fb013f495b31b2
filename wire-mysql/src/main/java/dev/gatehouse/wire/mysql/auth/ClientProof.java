package dev.gatehouse.wire.mysql.auth;

import dev.gatehouse.firewall.session.Credentials;
import dev.gatehouse.firewall.session.Ed25519Key;
import dev.gatehouse.firewall.session.NativeHash;
import dev.gatehouse.wire.mysql.message.AuthMoreData;
import dev.gatehouse.wire.mysql.message.AuthSwitchRequest;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The server's part of one login: lets a client prove who it is, by the plugin it begins with where the user may use that
 * one, by {@code caching_sha2_password} otherwise.
 *
 * <pre>
 *   begin ──the right plugin──► check ──────────────────────────────────────────────► Proved, Refused
 *     └──another one──► Switch ──answer──► check
 *                                            └─caching_sha2, not remembered─► More(4)
 *                                       under TLS: answer = password ──────────────► Proved, Refused
 *                                                  answer = token ─────────────────► Told
 *                                       in clear:  answer = 2 ──► More(key)
 *                                                  answer = encrypted password ────► Proved, Refused
 * </pre>
 *
 * <p>An unknown user's credentials must look like a known one's: then all steps, and how long they take, do so too.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html">Connection Phase</a>
 */
public final class ClientProof {

    /** The plugin a handshake names. */
    public static final Plugin GREETED = Plugin.CACHING_SHA2_PASSWORD;

    /** What happens next. */
    public sealed interface Step {

        /** The client is asked for a proof by another plugin. */
        record Switch(AuthSwitchRequest request) implements Step {}

        /** The client is told, or asked, more by its plugin. */
        record More(AuthMoreData data) implements Step {}

        /** What comes next is known only after some slow work, which is to be done off the event loop. */
        record Work(Supplier<Step> work) implements Step {}

        /**
         * The client is who it says.
         *
         * @param toldFirst what it expects before it is told that it is in; empty data for nothing
         */
        record Proved(AuthMoreData toldFirst) implements Step {}

        /** The client has told a token of an identity provider, which somebody else must check. */
        record Told(String token) implements Step {
            @Override
            public String toString() {
                return "a token";
            }
        }

        /** The client could not prove it. */
        record Refused(Reason reason) implements Step {}
    }

    /** Why a client is refused. */
    public enum Reason {
        /** The password is wrong, or there is no such user. */
        WRONG_PASSWORD,
        /** It gave no password. */
        NO_PASSWORD,
        /** It knows no plugin by which this user could be proved. */
        NO_COMMON_PLUGIN,
        /** It told the password itself over a connection in clear text. */
        TOLD_IN_CLEAR
    }

    private static final Step.Proved PROVED = new Step.Proved(new AuthMoreData(new byte[0]));
    private static final Step.Proved PROVED_FAST =
            new Step.Proved(new AuthMoreData(new byte[] {CachingSha2Password.FAST_AUTH_SUCCESS}));
    private static final Step FULL =
            new Step.More(new AuthMoreData(new byte[] {CachingSha2Password.PERFORM_FULL_AUTHENTICATION}));

    private enum Expected {
        BEGIN,
        PROOF,
        PASSWORD,
        ENCRYPTED_PASSWORD,
        ANYTHING,
        NOTHING
    }

    private final String user;
    private final Credentials credentials;
    private final Secrets secrets;
    private final boolean encrypted;
    private final boolean local;
    private final boolean takesTokens;
    private byte[] scramble;
    /** What the client proved itself with before; empty where it did not, see {@link #again}. */
    private byte[] former = new byte[0];

    private Plugin plugin = GREETED;
    private Expected expected = Expected.BEGIN;

    /**
     * @param scramble the one of the handshake
     * @param encrypted whether the client's connection is under TLS
     */
    public ClientProof(String user, Credentials credentials, Secrets secrets, byte[] scramble, boolean encrypted) {
        this(user, credentials, secrets, scramble, encrypted, false);
    }

    /**
     * @param scramble the one of the handshake
     * @param encrypted whether the client's connection is under TLS
     * @param local whether the client is on this machine: MariaDB's clients then tell their password as they do under TLS
     */
    public ClientProof(
            String user, Credentials credentials, Secrets secrets, byte[] scramble, boolean encrypted, boolean local) {
        this(user, credentials, secrets, scramble, encrypted, local, false);
    }

    /**
     * @param scramble the one of the handshake
     * @param encrypted whether the client's connection is under TLS
     * @param local whether the client is on this machine
     * @param takesTokens whether what the client tells under TLS is a token, and nothing else proves this user
     */
    public ClientProof(
            String user,
            Credentials credentials,
            Secrets secrets,
            byte[] scramble,
            boolean encrypted,
            boolean local,
            boolean takesTokens) {
        this.takesTokens = takesTokens && encrypted;
        this.user = user;
        this.credentials = credentials;
        this.secrets = secrets;
        this.scramble = scramble;
        this.encrypted = encrypted;
        this.local = local;
    }

    /**
     * Takes in the first proof, made of the handshake's scramble.
     *
     * @param name the client's plugin; empty where it names none
     * @param canSwitch whether the client knows more than one plugin (CLIENT_PLUGIN_AUTH)
     */
    public Step begin(String name, byte[] proof, boolean canSwitch) {
        if (!canSwitch) {
            plugin = Plugin.MYSQL_NATIVE_PASSWORD;
            return isUsable(plugin) ? check(proof) : refused(Reason.NO_COMMON_PLUGIN);
        }
        plugin = Plugin.named(name).orElse(GREETED);
        boolean theirs = plugin.wireName().equalsIgnoreCase(name);
        if (plugin == Plugin.MYSQL_CLEAR_PASSWORD && !encrypted) {
            return refused(Reason.TOLD_IN_CLEAR);
        }
        if (!isUsable(plugin)) {
            plugin = GREETED;
            return ask();
        }
        // A client with another plugin than the handshake's may have made nothing of a scramble that was not meant for
        // it.
        boolean begun = theirs && plugin != Plugin.CLIENT_ED25519 && (plugin == GREETED || proof.length > 0);
        return begun ? check(proof) : ask();
    }

    /**
     * Takes in a first proof that is not asked for, as the client's certificate has proved all there is; a client that has
     * made none yet is asked for one, as it would not know how to go on.
     *
     * @param name the client's plugin; empty where it names none
     * @param canSwitch whether the client knows more than one plugin (CLIENT_PLUGIN_AUTH)
     */
    public Step spare(String name, byte[] proof, boolean canSwitch) {
        if (!canSwitch) {
            return PROVED;
        }
        if (name.isEmpty() || GREETED.wireName().equalsIgnoreCase(name)) {
            return spared(proof);
        }
        Step asked = ask();
        expected = Expected.ANYTHING;
        return asked;
    }

    private Step spared(byte[] proof) {
        expected = Expected.NOTHING;
        return isNothing(proof) ? PROVED : PROVED_FAST;
    }

    /**
     * Begins on a connection that was logged in on before: asks for a proof anew, as the scramble of the last one is spent.
     *
     * @param name the client's plugin; empty where it names none
     * @param canSwitch whether the client knows more than one plugin (CLIENT_PLUGIN_AUTH)
     */
    public Step again(String name, boolean canSwitch) {
        plugin = Plugin.named(name).filter(this::isUsable).orElse(GREETED);
        former = scramble;
        return canSwitch ? ask() : refused(Reason.NO_COMMON_PLUGIN);
    }

    private Step ask() {
        boolean ended = plugin != Plugin.CLIENT_ED25519;
        scramble = Scramble.fresh(ended ? Scramble.BYTES : Scramble.ED25519_BYTES);
        expected = Expected.PROOF;
        byte[] data = ended ? Arrays.copyOf(scramble, scramble.length + 1) : scramble;
        return new Step.Switch(new AuthSwitchRequest(plugin.wireName(), data));
    }

    /**
     * Takes in what the client answers.
     *
     * @param payload the whole packet's
     * @throws ProtocolViolation if nothing was asked for
     */
    public Step answer(byte[] payload) {
        return switch (expected) {
            case PROOF -> check(payload);
            case PASSWORD -> told(payload);
            case ENCRYPTED_PASSWORD -> encrypted(payload);
            case ANYTHING -> spared(payload);
            case BEGIN, NOTHING -> throw new ProtocolViolation("a proof nobody asked for");
        };
    }

    private boolean isUsable(Plugin wanted) {
        return switch (wanted) {
            case CACHING_SHA2_PASSWORD -> true;
            case MYSQL_NATIVE_PASSWORD -> credentials.nativeHash().isPresent() && !takesTokens;
            case MYSQL_CLEAR_PASSWORD -> encrypted;
            case CLIENT_ED25519 -> credentials.ed25519().isPresent() && !takesTokens;
            case SHA256_PASSWORD -> false;
        };
    }

    private Step check(byte[] proof) {
        expected = Expected.NOTHING;
        if (isNothing(proof)) {
            return refused(Reason.NO_PASSWORD);
        }
        return switch (plugin) {
            case CACHING_SHA2_PASSWORD -> remembered(proof);
            case MYSQL_NATIVE_PASSWORD -> {
                byte[] hash = credentials.nativeHash().map(NativeHash::bytes).orElseThrow();
                yield settled(NativePassword.holds(proof, scramble, hash) || holdsFormer(proof, hash));
            }
            case MYSQL_CLEAR_PASSWORD, SHA256_PASSWORD -> told(proof);
            case CLIENT_ED25519 -> {
                byte[] key = credentials.ed25519().map(Ed25519Key::bytes).orElseThrow();
                byte[] signed = scramble;
                yield new Step.Work(() -> settled(Ed25519.holds(proof, signed, key)));
            }
        };
    }

    private boolean holdsFormer(byte[] proof, byte[] hash) {
        boolean holds = former.length > 0 && NativePassword.holds(proof, former, hash);
        if (holds) {
            scramble = former;
        }
        return holds;
    }

    /** What the client has proved itself with. */
    public byte[] scramble() {
        return scramble;
    }

    /** Clients say that they have no password by nothing at all, or by a string that ends at once. */
    private static boolean isNothing(byte[] proof) {
        return proof.length == 0 || (proof.length == 1 && proof[0] == 0);
    }

    private Step remembered(byte[] proof) {
        if (secrets.passwords().hold(proof, scramble, user, credentials.password())) {
            return PROVED_FAST;
        }
        if (former.length > 0 && secrets.passwords().hold(proof, former, user, credentials.password())) {
            scramble = former;
            return PROVED_FAST;
        }
        expected = encrypted ? Expected.PASSWORD : Expected.ENCRYPTED_PASSWORD;
        return FULL;
    }

    private Step encrypted(byte[] payload) {
        if (payload.length == 1 && payload[0] == CachingSha2Password.REQUEST_PUBLIC_KEY) {
            return new Step.Work(
                    () -> new Step.More(new AuthMoreData(secrets.key().pem())));
        }
        expected = Expected.NOTHING;
        if (payload.length != PasswordKey.ENCRYPTED_BYTES) {
            return local ? told(payload) : refused(Reason.WRONG_PASSWORD);
        }
        return new Step.Work(() -> {
            Step step = fits(secrets.key().decrypt(payload, scramble));
            if (former.length == 0 || step instanceof Step.Proved) {
                return step;
            }
            scramble = former;
            return fits(secrets.key().decrypt(payload, former));
        });
    }

    private Step told(byte[] payload) {
        expected = Expected.NOTHING;
        if (isNothing(payload)) {
            return refused(Reason.NO_PASSWORD);
        }
        return takesTokens
                ? new Step.Told(new String(unended(payload), StandardCharsets.UTF_8))
                : new Step.Work(() -> fits(payload));
    }

    /** A password that ends with a zero, or with the packet. */
    private static byte[] unended(byte[] ended) {
        boolean zero = ended.length > 0 && ended[ended.length - 1] == 0;
        return zero ? Arrays.copyOf(ended, ended.length - 1) : ended;
    }

    private Step fits(byte[] ended) {
        byte[] password = unended(ended);
        boolean fits = credentials.password().fits(password);
        if (fits) {
            secrets.passwords().remember(user, credentials.password(), password);
        }
        return settled(fits);
    }

    private static Step settled(boolean holds) {
        return holds ? PROVED : refused(Reason.WRONG_PASSWORD);
    }

    private static Step refused(Reason reason) {
        return new Step.Refused(reason);
    }
}
