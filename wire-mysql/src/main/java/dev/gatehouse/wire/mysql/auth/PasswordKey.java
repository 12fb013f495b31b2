package dev.gatehouse.wire.mysql.auth;

import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * The key by which clients that come in clear text encrypt their passwords. Made on first use, and only kept in memory; safe
 * for many threads. What it does is slow, so never on an event loop.
 *
 * <p>Nothing vouches for such a key: who can change what is said in between can give the client another one. TLS is better.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_caching_sha2_authentication_exchanges.html">Caching
 *     SHA-2 Authentication, RSA</a>
 */
public final class PasswordKey {

    private static final String ALGORITHM = "RSA";
    private static final String PADDING = "RSA/ECB/OAEPWithSHA-1AndMGF1Padding";
    private static final int KEY_BITS = 2048;

    /** What a server may give: weaker keys are no protection, larger ones take long to use. */
    private static final int MIN_KEY_BITS = 1024;

    private static final int MAX_KEY_BITS = 8192;
    private static final int MAX_PEM_BYTES = 8192;

    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";
    private static final int PEM_LINE = 64;

    private @Nullable KeyPair pair;

    /** How long a password is that was encrypted with it. */
    static final int ENCRYPTED_BYTES = KEY_BITS / Byte.SIZE;

    /** The public key, in PEM. */
    byte[] pem() {
        String base64 = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'})
                .encodeToString(pair().getPublic().getEncoded());
        return (BEGIN + "\n" + base64 + "\n" + END + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Decrypts a password with the zero it ends with; answers nothing where that is none. */
    byte[] decrypt(byte[] encrypted, byte[] scramble) {
        try {
            Cipher cipher = Cipher.getInstance(PADDING);
            cipher.init(Cipher.DECRYPT_MODE, pair().getPrivate());
            return Digests.xor(cipher.doFinal(encrypted), scramble);
        } catch (GeneralSecurityException e) {
            // What was encrypted with another key is a wrong password like any other.
            return new byte[0];
        }
    }

    private synchronized KeyPair pair() {
        KeyPair made = pair;
        if (made == null) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
                generator.initialize(KEY_BITS);
                made = generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + ALGORITHM, e);
            }
            pair = made;
        }
        return made;
    }

    /**
     * Encrypts a password with a server's key, as {@code caching_sha2_password} wants it.
     *
     * @param pem the server's public key
     * @throws ProtocolViolation if it is none, or none that should be used
     */
    static byte[] encrypt(byte[] pem, String password, byte[] scramble) {
        byte[] plain = password.getBytes(StandardCharsets.UTF_8);
        byte[] ended = Arrays.copyOf(plain, plain.length + 1);
        try {
            Cipher cipher = Cipher.getInstance(PADDING);
            cipher.init(Cipher.ENCRYPT_MODE, read(pem));
            return cipher.doFinal(Digests.xor(ended, scramble));
        } catch (GeneralSecurityException e) {
            throw new ProtocolViolation("the server's public key cannot encrypt the password");
        }
    }

    private static PublicKey read(byte[] pem) {
        String text = new String(pem, StandardCharsets.US_ASCII).strip();
        boolean framed = text.startsWith(BEGIN) && text.endsWith(END) && text.length() > BEGIN.length() + END.length();
        if (pem.length > MAX_PEM_BYTES || !framed) {
            throw new ProtocolViolation("the server gave something else than a public key");
        }
        try {
            byte[] encoded =
                    Base64.getMimeDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length()));
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
            if (key instanceof RSAPublicKey rsa
                    && rsa.getModulus().bitLength() >= MIN_KEY_BITS
                    && rsa.getModulus().bitLength() <= MAX_KEY_BITS) {
                return key;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ProtocolViolation("the server gave a public key that cannot be read");
        }
        throw new ProtocolViolation("the server gave a public key too weak or too large to be used");
    }
}
