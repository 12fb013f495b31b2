package dev.gatehouse.wire.mysql.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** What the proofs are made of. */
final class Digests {

    static final int SHA1_BYTES = 20;
    static final int SHA256_BYTES = 32;

    private Digests() {}

    static byte[] sha1(byte[]... parts) {
        return digest("SHA-1", parts);
    }

    static byte[] sha256(byte[]... parts) {
        return digest("SHA-256", parts);
    }

    static byte[] sha512(byte[]... parts) {
        return digest("SHA-512", parts);
    }

    private static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /** Each byte of one with the byte at its place in the other, which is repeated where it is shorter. */
    static byte[] xor(byte[] one, byte[] other) {
        byte[] both = new byte[one.length];
        for (int i = 0; i < one.length; i++) {
            both[i] = (byte) (one[i] ^ other[i % other.length]);
        }
        return both;
    }
}
