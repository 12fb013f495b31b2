package dev.gatehouse.wire.mysql.auth;

import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.wire.mysql.message.AuthMoreData;
import dev.gatehouse.wire.mysql.message.AuthSwitchRequest;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The client's part of one login: proves to a server that the gateway holds a password, by the plugin the server names. The
 * password itself is told under TLS alone; in clear text it leaves encrypted with the server's key, or not at all.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html">Connection Phase</a>
 */
public final class ServerProof {

    /** What happens next. */
    public sealed interface Step {

        /** The server is answered by a packet with this payload. */
        record Answer(byte[] payload) implements Step {}

        /** The answer takes some slow work, which is to be done off the event loop. */
        record Work(Supplier<Step> work) implements Step {}

        /** It is the server's turn again. */
        record Listen() implements Step {}
    }

    /** A switch, the server's wish for the whole proof, its key: more than this no login takes. */
    private static final int MAX_EXCHANGES = 5;

    /** As {@code caching_sha2_password} asks for the key with 2, {@code sha256_password} does with 1. */
    private static final byte REQUEST_SHA256_KEY = 1;

    private static final int MAX_SHOWN = 64;
    private static final Step LISTEN = new Step.Listen();

    private enum Expected {
        OUTCOME_OR_WISH,
        KEY,
        OUTCOME
    }

    private final Secret password;
    private final boolean encrypted;
    private Plugin plugin = Plugin.MYSQL_NATIVE_PASSWORD;
    private byte[] scramble = new byte[0];
    private Expected expected = Expected.OUTCOME;
    private int exchanges;

    /** @param encrypted whether the server's connection is under TLS */
    public ServerProof(Secret password, boolean encrypted) {
        this.password = password;
        this.encrypted = encrypted;
    }

    /**
     * Makes the first proof. Where the server names a plugin that cannot be begun with, it is one of another: the server
     * then asks again, by the plugin of the login.
     *
     * @param greeted the plugin the server's handshake names
     * @param given the handshake's scramble
     */
    public byte[] begin(String greeted, byte[] given) {
        plugin = Plugin.named(greeted)
                .filter(named -> named == Plugin.CACHING_SHA2_PASSWORD)
                .orElse(Plugin.MYSQL_NATIVE_PASSWORD);
        scramble = checked(given, Scramble.BYTES);
        return plugin == Plugin.CACHING_SHA2_PASSWORD ? sha2() : NativePassword.prove(password.reveal(), scramble);
    }

    /** The plugin of the first proof. */
    public Plugin plugin() {
        return plugin;
    }

    /**
     * Answers the server's wish for another plugin.
     *
     * @throws ProtocolViolation if that is not known, or would tell the password to everybody
     */
    public Step switched(AuthSwitchRequest request) {
        count();
        plugin = Plugin.named(request.plugin())
                .orElseThrow(() -> new ProtocolViolation("the server asks for a proof by " + shown(request.plugin())
                        + ", which the gateway does not speak"));
        byte[] given = request.data();
        return switch (plugin) {
            case CACHING_SHA2_PASSWORD -> {
                scramble = checked(given, Scramble.BYTES);
                yield new Step.Answer(sha2());
            }
            case SHA256_PASSWORD -> {
                scramble = checked(given, Scramble.BYTES);
                expected = encrypted ? Expected.OUTCOME : Expected.KEY;
                yield encrypted ? told() : new Step.Answer(new byte[] {REQUEST_SHA256_KEY});
            }
            case MYSQL_NATIVE_PASSWORD -> {
                expected = Expected.OUTCOME;
                yield new Step.Answer(NativePassword.prove(password.reveal(), checked(given, Scramble.BYTES)));
            }
            case MYSQL_CLEAR_PASSWORD -> {
                expected = Expected.OUTCOME;
                yield told();
            }
            case CLIENT_ED25519 -> {
                expected = Expected.OUTCOME;
                byte[] signed = checked(given, Scramble.ED25519_BYTES);
                yield new Step.Work(() -> new Step.Answer(Ed25519.sign(password.reveal(), signed)));
            }
        };
    }

    private byte[] sha2() {
        expected = Expected.OUTCOME_OR_WISH;
        return CachingSha2Password.prove(password.reveal(), scramble);
    }

    /**
     * Answers what the server's plugin says besides.
     *
     * @throws ProtocolViolation if it is nothing that this plugin's says at this point
     */
    public Step told(AuthMoreData more) {
        count();
        byte[] data = more.data();
        if (expected == Expected.KEY) {
            expected = Expected.OUTCOME;
            byte[] with = scramble;
            return new Step.Work(() -> new Step.Answer(PasswordKey.encrypt(data, password.reveal(), with)));
        }
        if (expected == Expected.OUTCOME_OR_WISH && data.length == 1) {
            if (data[0] == CachingSha2Password.FAST_AUTH_SUCCESS) {
                expected = Expected.OUTCOME;
                return LISTEN;
            }
            if (data[0] == CachingSha2Password.PERFORM_FULL_AUTHENTICATION) {
                expected = encrypted ? Expected.OUTCOME : Expected.KEY;
                return encrypted ? told() : new Step.Answer(new byte[] {CachingSha2Password.REQUEST_PUBLIC_KEY});
            }
        }
        throw new ProtocolViolation("the server's " + plugin.wireName() + " says what nobody asked");
    }

    private Step told() {
        if (!encrypted) {
            throw new ProtocolViolation("the server asks for the password in clear text, without TLS");
        }
        byte[] plain = password.reveal().getBytes(StandardCharsets.UTF_8);
        return new Step.Answer(Arrays.copyOf(plain, plain.length + 1));
    }

    private void count() {
        exchanges++;
        if (exchanges > MAX_EXCHANGES) {
            throw new ProtocolViolation("the server goes on asking for proofs");
        }
    }

    /** The scramble without the zero it may end with. */
    private byte[] checked(byte[] given, int length) {
        if (given.length == length + 1 && given[length] == 0) {
            return Arrays.copyOf(given, length);
        }
        if (given.length != length) {
            throw new ProtocolViolation(
                    "the server gives " + given.length + " bytes to prove " + plugin.wireName() + " by");
        }
        return given;
    }

    private static String shown(String name) {
        String plain = name.replaceAll("[^\\w.-]", "?");
        return plain.substring(0, Math.min(plain.length(), MAX_SHOWN));
    }
}
