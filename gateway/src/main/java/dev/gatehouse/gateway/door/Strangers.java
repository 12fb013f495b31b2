package dev.gatehouse.gateway.door;

import dev.gatehouse.firewall.session.Argon2Verifier;
import dev.gatehouse.firewall.session.Credentials;
import dev.gatehouse.firewall.session.Ed25519Key;
import dev.gatehouse.firewall.session.NativeHash;
import dev.gatehouse.firewall.session.PasswordVerifier;
import dev.gatehouse.firewall.session.ScramVerifier;
import dev.gatehouse.gateway.secret.OwnSecret;
import dev.gatehouse.wire.mysql.auth.Ed25519;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Credentials for users nobody knows, so that a client cannot tell an unknown user from a wrong password: the same salt for
 * the same name, also after a restart, as many iterations as some user has whom it does know, and keys that no password
 * fits. Safe for many threads.
 */
public final class Strangers {

    private static final String FILE = "strangers.key";
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    private final byte[] secret;
    /** One for all of them: clients never see it. */
    private final Ed25519Key nobodys;

    private Strangers(byte[] secret) {
        this.secret = secret;
        this.nobodys = new Ed25519Key(Ed25519.publicKey(HexFormat.of().formatHex(secret)));
    }

    /**
     * Reads the secret that decides about their salts from a folder, or leaves a new one there.
     *
     * @throws IOException if it cannot be read, or is none
     */
    public static Strangers rememberedIn(Path folder) throws IOException {
        return new Strangers(OwnSecret.in(folder, FILE));
    }

    /**
     * How a user's credentials look from outside.
     *
     * @param password what checking the password takes
     * @param nativeHash whether there is one
     * @param ed25519 whether there is such a key
     */
    record Shape(Cost password, boolean nativeHash, boolean ed25519) {

        static final Shape USUAL = new Shape(new Cost.Scram(ScramVerifier.MIN_ITERATIONS, SALT_BYTES), false, false);

        static Shape of(Credentials credentials) {
            return new Shape(
                    Cost.of(credentials.password()),
                    credentials.nativeHash().isPresent(),
                    credentials.ed25519().isPresent());
        }
    }

    /** What checking a password takes. */
    sealed interface Cost {

        /** By SCRAM, where the client sees both. */
        record Scram(int iterations, int saltBytes) implements Cost {}

        /** By Argon2, where the client can measure them. */
        record Argon2(int memory, int passes, int lanes, int saltBytes, int keyBytes) implements Cost {}

        static Cost of(PasswordVerifier verifier) {
            if (verifier instanceof Argon2Verifier argon2) {
                return new Argon2(
                        argon2.memory(),
                        argon2.passes(),
                        argon2.lanes(),
                        argon2.salt().length,
                        argon2.storedKey().length);
            }
            ScramVerifier scram = (ScramVerifier) verifier;
            return new Scram(scram.iterations(), scram.salt().length);
        }
    }

    /** The distinct shapes among credentials, for {@link #credentials}; the usual one where there are none. */
    static List<Shape> shapes(Collection<Credentials> known) {
        return known.isEmpty()
                ? List.of(Shape.USUAL)
                : known.stream().map(Shape::of).distinct().toList();
    }

    /** The credentials of a user nobody knows, in one of the shapes of those somebody knows. */
    Credentials credentials(String user, List<Shape> shapes) {
        Shape shape = Shape.USUAL;
        byte[] best = {};
        // The shape whose number is highest: one more shape changes few users', where a remainder would change most.
        for (Shape candidate : shapes) {
            byte[] number = hash(candidate + user);
            if (best.length == 0 || Arrays.compareUnsigned(number, best) > 0) {
                best = number;
                shape = candidate;
            }
        }
        NativeHash nativeHash = new NativeHash(Arrays.copyOf(hash("native " + user), NativeHash.BYTES));
        return new Credentials(
                verifier(user, shape.password()),
                shape.nativeHash() ? Optional.of(nativeHash) : Optional.empty(),
                shape.ed25519() ? Optional.of(nobodys) : Optional.empty());
    }

    private PasswordVerifier verifier(String user, Cost cost) {
        if (cost instanceof Cost.Argon2 argon2) {
            return new Argon2Verifier(
                    argon2.memory(),
                    argon2.passes(),
                    argon2.lanes(),
                    bytes("salt", user, argon2.saltBytes()),
                    bytes("stored", user, argon2.keyBytes()),
                    false);
        }
        Cost.Scram scram = (Cost.Scram) cost;
        return new ScramVerifier(
                scram.iterations(),
                bytes("salt", user, scram.saltBytes()),
                hash("stored " + user),
                hash("server " + user),
                false);
    }

    private byte[] bytes(String purpose, String user, int length) {
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; at += KEY_BYTES) {
            byte[] block = hash(purpose + " " + at + " " + user);
            System.arraycopy(block, 0, bytes, at, Math.min(KEY_BYTES, length - at));
        }
        return bytes;
    }

    private byte[] hash(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
