package dev.gatehouse.wire.mysql.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/**
 * {@code client_ed25519}: a signature whose secret key is SHA-512 of the password. RFC 8032 hashes a seed of 32 bytes there,
 * and libraries take nothing else; so signing is written out here, while signatures are checked by the JDK, for which there
 * is no difference. Slow, so never on an event loop.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032#section-5.1">RFC 8032, section 5.1</a>
 * @see <a href="https://mariadb.com/kb/en/authentication-plugin-ed25519/">MariaDB: Authentication Plugin - ed25519</a>
 */
public final class Ed25519 {

    /** How long a public key is. */
    public static final int KEY_BYTES = 32;

    static final int SIGNATURE_BYTES = 64;

    private static final String ALGORITHM = "Ed25519";
    private static final int COORDINATE_BITS = 255;

    private Ed25519() {}

    /** What a server keeps of a password: 32 bytes. */
    public static byte[] publicKey(String password) {
        return CurvePoint.BASE.times(scalar(hash(password))).encoded();
    }

    /** A client's proof: its signature of the server's scramble. */
    static byte[] sign(String password, byte[] scramble) {
        byte[] hash = hash(password);
        BigInteger secret = scalar(hash);
        byte[] key = CurvePoint.BASE.times(secret).encoded();
        byte[] prefix = Arrays.copyOfRange(hash, KEY_BYTES, hash.length);
        BigInteger nonce = number(Digests.sha512(prefix, scramble)).mod(CurvePoint.ORDER);
        byte[] point = CurvePoint.BASE.times(nonce).encoded();
        BigInteger challenge = number(Digests.sha512(point, key, scramble)).mod(CurvePoint.ORDER);
        BigInteger answer = nonce.add(challenge.multiply(secret)).mod(CurvePoint.ORDER);
        byte[] signature = Arrays.copyOf(point, SIGNATURE_BYTES);
        System.arraycopy(CurvePoint.bytes(answer), 0, signature, KEY_BYTES, KEY_BYTES);
        return signature;
    }

    /** Whether a client's proof holds against what is kept. */
    static boolean holds(byte[] signature, byte[] scramble, byte[] key) {
        try {
            Signature verifying = Signature.getInstance(ALGORITHM);
            verifying.initVerify(read(key));
            verifying.update(scramble);
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            // Also what is no signature at all, by its length or by its numbers.
            return false;
        }
    }

    /**
     * Checks that bytes are a public key.
     *
     * @throws GeneralSecurityException if they are none
     */
    private static PublicKey read(byte[] key) throws GeneralSecurityException {
        byte[] coordinate = key.clone();
        boolean odd = coordinate[KEY_BYTES - 1] < 0;
        coordinate[KEY_BYTES - 1] &= 0x7f;
        return KeyFactory.getInstance(ALGORITHM)
                .generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, number(coordinate))));
    }

    private static byte[] hash(String password) {
        return Digests.sha512(password.getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 8032, section 5.1.5, the second step. */
    private static BigInteger scalar(byte[] hash) {
        byte[] lower = Arrays.copyOf(hash, KEY_BYTES);
        lower[0] &= (byte) 0xf8;
        return number(lower).clearBit(COORDINATE_BITS).setBit(COORDINATE_BITS - 1);
    }

    /** The number whose bytes stand with the low one first. */
    private static BigInteger number(byte[] lowFirst) {
        byte[] highFirst = new byte[lowFirst.length];
        for (int i = 0; i < lowFirst.length; i++) {
            highFirst[i] = lowFirst[lowFirst.length - 1 - i];
        }
        return new BigInteger(1, highFirst);
    }
}
