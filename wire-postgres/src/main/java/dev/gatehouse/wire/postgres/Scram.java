package dev.gatehouse.wire.postgres;

import com.ongres.saslprep.SASLprep;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What SCRAM-SHA-256 and SCRAM-SHA-256-PLUS are made of. */
final class Scram {

    static final String MECHANISM = "SCRAM-SHA-256";

    /** The same, bound to the TLS connection it runs in. */
    static final String MECHANISM_PLUS = "SCRAM-SHA-256-PLUS";

    /** The one kind of channel binding PostgreSQL knows (RFC 5929, section 4). */
    static final String BINDING = "tls-server-end-point";

    private static final String HMAC = "HmacSHA256";
    private static final int NONCE_BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Scram() {}

    /** A fresh nonce in base 64. */
    static String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The {@code c=} attribute: what a first message began with, and what its binding stands for, in base 64. */
    static String binding(String gs2Header, byte[] data) {
        byte[] header = gs2Header.getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(header, header.length + data.length);
        System.arraycopy(data, 0, both, header.length, data.length);
        return "c=" + Base64.getEncoder().encodeToString(both);
    }

    static byte[] hmac(byte[] key, String text) {
        return hmac(key, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] hmac(byte[] key, byte[] bytes) {
        return mac(key).doFinal(bytes);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static byte[] xor(byte[] a, byte[] b) {
        byte[] both = new byte[a.length];
        for (int i = 0; i < a.length; i++) {
            both[i] = (byte) (a[i] ^ b[i]);
        }
        return both;
    }

    /**
     * What stands for a password, however it was typed; as PostgreSQL and its clients do, the password itself where SASLprep
     * refuses it.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc4013">RFC 4013, SASLprep</a>
     */
    static String prepared(String password) {
        try {
            return new SASLprep().prepareStored(password);
        } catch (IllegalArgumentException e) {
            return password;
        }
    }

    /**
     * Derives a key from a password: PBKDF2 with one block. Slow on purpose; never on an event loop.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-2.2">RFC 5802, Hi()</a>
     */
    static byte[] salted(String password, byte[] salt, int iterations) {
        Mac mac = mac(password.getBytes(StandardCharsets.UTF_8));
        mac.update(salt);
        byte[] block = mac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] result = block.clone();
        for (int i = 1; i < iterations; i++) {
            block = mac.doFinal(block);
            for (int j = 0; j < result.length; j++) {
                result[j] ^= block[j];
            }
        }
        return result;
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
