package dev.gatehouse.wire.mysql.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The short way of {@code caching_sha2_password}, for a server that remembers {@code SHA256(SHA256(password))}:
 * {@code SHA256(password) ^ SHA256(SHA256(SHA256(password)) + scramble)}; and the words of the long one.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_caching_sha2_authentication_exchanges.html">Caching
 *     SHA-2 Authentication, Authentication Exchanges</a>
 */
final class CachingSha2Password {

    /** The client asks for the key to encrypt its password with. */
    static final byte REQUEST_PUBLIC_KEY = 2;

    /** The server tells that the proof holds. */
    static final byte FAST_AUTH_SUCCESS = 3;

    /** The server asks for the password itself. */
    static final byte PERFORM_FULL_AUTHENTICATION = 4;

    private CachingSha2Password() {}

    /** What a server may remember of a password: 32 bytes. */
    static byte[] digest(byte[] password) {
        return Digests.sha256(Digests.sha256(password));
    }

    /** A client's proof; empty for an empty password. */
    static byte[] prove(String password, byte[] scramble) {
        if (password.isEmpty()) {
            return new byte[0];
        }
        byte[] once = Digests.sha256(password.getBytes(StandardCharsets.UTF_8));
        return Digests.xor(once, Digests.sha256(Digests.sha256(once), scramble));
    }

    /** Whether a client's proof holds against what is remembered. */
    static boolean holds(byte[] proof, byte[] scramble, byte[] digest) {
        if (proof.length != Digests.SHA256_BYTES) {
            return false;
        }
        byte[] once = Digests.xor(proof, Digests.sha256(digest, scramble));
        return MessageDigest.isEqual(Digests.sha256(once), digest);
    }
}
