package dev.gatehouse.firewall.session;

import java.util.Base64;

/**
 * A password's SCRAM verifier: clients prove the password against it without telling it.
 *
 * <p>Its text is PostgreSQL's own, as in {@code pg_authid.rolpassword}:
 * {@code SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>}, all but the count in base 64.
 *
 * @param iterations PBKDF2 iterations, at least 4096
 * @param salt the salt
 * @param storedKey SHA-256 of the client key, 32 bytes
 * @param serverKey the server key, 32 bytes
 * @param genuine false for the stand-in of an unknown user, which nothing satisfies
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-3">RFC 5802, section 3</a>
 */
public record ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey, boolean genuine)
        implements PasswordVerifier {

    public static final int MIN_ITERATIONS = 4096;
    private static final int KEY_BYTES = 32;
    private static final String MECHANISM = "SCRAM-SHA-256";

    /**
     * Reads a verifier's text.
     *
     * @throws IllegalArgumentException if it is not one; the message does not quote it
     */
    public static ScramVerifier parse(String text) {
        String[] parts = text.split("[$:]", -1);
        if (parts.length != 5 || !parts[0].equals(MECHANISM)) {
            throw new IllegalArgumentException(
                    "a password hash has the form SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>; "
                            + "`gatehouse user hash-password` prints one");
        }
        try {
            int iterations = Integer.parseInt(parts[1]);
            Base64.Decoder base64 = Base64.getDecoder();
            byte[] salt = base64.decode(parts[2]);
            byte[] stored = base64.decode(parts[3]);
            byte[] server = base64.decode(parts[4]);
            if (iterations < MIN_ITERATIONS
                    || salt.length == 0
                    || stored.length != KEY_BYTES
                    || server.length != KEY_BYTES) {
                throw new IllegalArgumentException("at least " + MIN_ITERATIONS + " iterations and two 32-byte keys");
            }
            return new ScramVerifier(iterations, salt, stored, server, true);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the password hash is malformed: " + e.getClass().getSimpleName(), e);
        }
    }

    @Override
    public boolean fits(byte[] password) {
        return ScramPassword.fits(password, this);
    }

    @Override
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return MECHANISM + "$" + iterations + ":" + base64.encodeToString(salt) + "$" + base64.encodeToString(storedKey)
                + ":" + base64.encodeToString(serverKey);
    }

    @Override
    public String toString() {
        return MECHANISM + "$••••";
    }
}
