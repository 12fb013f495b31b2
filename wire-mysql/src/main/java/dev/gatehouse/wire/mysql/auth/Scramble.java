package dev.gatehouse.wire.mysql.auth;

import java.security.SecureRandom;

/** The bytes a server gives a client to make its proof of, so that none can be used twice. */
public final class Scramble {

    /** What {@code caching_sha2_password} and {@code mysql_native_password} take. */
    public static final int BYTES = 20;

    /** What {@code client_ed25519} takes. */
    static final int ED25519_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Scramble() {}

    /** A fresh one for a handshake. */
    public static byte[] fresh() {
        return fresh(BYTES);
    }

    /** A fresh one without zeros, which clients take for its end, and within ASCII, as servers make it. */
    static byte[] fresh(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (1 + RANDOM.nextInt(Byte.MAX_VALUE));
        }
        return bytes;
    }
}
