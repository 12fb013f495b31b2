package dev.gatehouse.gateway.command;

import com.ongres.saslprep.SASLprep;
import dev.gatehouse.firewall.session.ScramVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes a verifier of a password.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-3">RFC 5802, section 3</a>
 */
public final class PasswordHash {

    private static final int KEY_BITS = 256;
    private static final String HMAC = "HmacSHA256";

    private PasswordHash() {}

    /**
     * Makes the verifier.
     *
     * @param salt random, at least 16 bytes
     * @param iterations PBKDF2 iterations, at least {@link ScramVerifier#MIN_ITERATIONS}
     */
    public static ScramVerifier of(String password, byte[] salt, int iterations) {
        try {
            PBEKeySpec spec = new PBEKeySpec(prepare(password).toCharArray(), salt, iterations, KEY_BITS);
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            spec.clearPassword();
            byte[] clientKey = hmac(salted, "Client Key");
            byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
            return new ScramVerifier(iterations, salt, storedKey, hmac(salted, "Server Key"), true);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2 and HMAC with SHA-256", e);
        }
    }

    /** What SASLprep makes of it, or, as PostgreSQL and its clients do, the password itself where SASLprep refuses it. */
    private static String prepare(String password) {
        try {
            return new SASLprep().prepareStored(password);
        } catch (IllegalArgumentException e) {
            return password;
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    }
}
