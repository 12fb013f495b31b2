package dev.gatehouse.gateway.door;

import dev.gatehouse.firewall.session.ScramVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifiers for users nobody knows, so that a client cannot tell an unknown user from a wrong password: the same salt for
 * the same name as long as the process lives, and keys that no password fits.
 */
final class Strangers {

    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    private final byte[] secret = new byte[KEY_BYTES];

    Strangers() {
        new SecureRandom().nextBytes(secret);
    }

    ScramVerifier verifier(String user) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            byte[] hash = mac.doFinal(user.getBytes(StandardCharsets.UTF_8));
            return new ScramVerifier(
                    ScramVerifier.MIN_ITERATIONS, Arrays.copyOf(hash, SALT_BYTES), hash, mac.doFinal(hash), false);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
