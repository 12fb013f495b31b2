package dev.gatehouse.wire.mysql.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * {@code mysql_native_password}: {@code SHA1(password) ^ SHA1(scramble + SHA1(SHA1(password)))}, against
 * {@code SHA1(SHA1(password))}.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_authentication_methods_native_password_authentication.html">
 *     Native Authentication</a>
 */
public final class NativePassword {

    private NativePassword() {}

    /** What a server keeps of a password: 20 bytes. */
    public static byte[] hash(String password) {
        return Digests.sha1(Digests.sha1(password.getBytes(StandardCharsets.UTF_8)));
    }

    /** A client's proof; empty for an empty password. */
    static byte[] prove(String password, byte[] scramble) {
        if (password.isEmpty()) {
            return new byte[0];
        }
        byte[] once = Digests.sha1(password.getBytes(StandardCharsets.UTF_8));
        return Digests.xor(once, Digests.sha1(scramble, Digests.sha1(once)));
    }

    /** Whether a client's proof holds against what is kept. */
    static boolean holds(byte[] proof, byte[] scramble, byte[] hash) {
        if (proof.length != Digests.SHA1_BYTES) {
            return false;
        }
        byte[] once = Digests.xor(proof, Digests.sha1(scramble, hash));
        return MessageDigest.isEqual(Digests.sha1(once), hash);
    }
}
