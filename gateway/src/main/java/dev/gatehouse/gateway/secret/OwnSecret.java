package dev.gatehouse.gateway.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** A secret the gateway has made for itself, and finds again after a restart. */
public final class OwnSecret {

    /** How long each is. */
    public static final int BYTES = 32;

    private OwnSecret() {}

    /**
     * Reads a secret, or leaves a new one there, closed to others.
     *
     * @throws IOException if it cannot be read, or is none
     */
    public static byte[] in(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            byte[] fresh = new byte[BYTES];
            new SecureRandom().nextBytes(fresh);
            Path written = Files.createTempFile(
                    folder,
                    name,
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(written, fresh, StandardOpenOption.DSYNC);
            Files.move(written, file);
        }
        byte[] secret = Files.readAllBytes(file);
        if (secret.length != BYTES) {
            throw new IOException(file + " is not what it should be; remove it, and a new one is made");
        }
        return secret;
    }
}
