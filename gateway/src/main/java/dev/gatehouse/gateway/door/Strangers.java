package dev.gatehouse.gateway.door;

import dev.gatehouse.firewall.session.ScramVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifiers for users nobody knows, so that a client cannot tell an unknown user from a wrong password: the same salt for
 * the same name, also after a restart, as many iterations as some user has whom it does know, and keys that no password
 * fits. Safe for many threads.
 */
public final class Strangers {

    private static final String FILE = "strangers.key";
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    private final byte[] secret;

    private Strangers(byte[] secret) {
        this.secret = secret;
    }

    /**
     * Reads the secret that decides about their salts from a folder, or leaves a new one there.
     *
     * @throws IOException if it cannot be read, or is none
     */
    public static Strangers rememberedIn(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            byte[] fresh = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            Path written = Files.createTempFile(
                    folder,
                    FILE,
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(written, fresh, StandardOpenOption.DSYNC);
            Files.move(written, file);
        }
        byte[] secret = Files.readAllBytes(file);
        if (secret.length != KEY_BYTES) {
            throw new IOException(file + " is not what it should be; remove it, and a new one is made");
        }
        return new Strangers(secret);
    }

    /** How a verifier looks from outside. */
    record Shape(int iterations, int saltBytes) {

        static final Shape USUAL = new Shape(ScramVerifier.MIN_ITERATIONS, SALT_BYTES);

        static Shape of(ScramVerifier verifier) {
            return new Shape(verifier.iterations(), verifier.salt().length);
        }
    }

    /** The distinct shapes among verifiers, for {@link #verifier}; the usual one where there are none. */
    static List<Shape> shapes(Collection<ScramVerifier> known) {
        return known.isEmpty()
                ? List.of(Shape.USUAL)
                : known.stream().map(Shape::of).distinct().toList();
    }

    /** The verifier of a user nobody knows, in one of the shapes of those somebody knows. */
    ScramVerifier verifier(String user, List<Shape> shapes) {
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
        return new ScramVerifier(
                shape.iterations(),
                salt(user, shape.saltBytes()),
                hash("stored " + user),
                hash("server " + user),
                false);
    }

    private byte[] salt(String user, int length) {
        byte[] salt = new byte[length];
        for (int at = 0; at < length; at += KEY_BYTES) {
            byte[] block = hash("salt " + at + " " + user);
            System.arraycopy(block, 0, salt, at, Math.min(KEY_BYTES, length - at));
        }
        return salt;
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
