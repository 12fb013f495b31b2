package dev.gatehouse.wire.mysql.auth;

import dev.gatehouse.firewall.session.PasswordVerifier;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway remembers of passwords that were told to it, as {@code caching_sha2_password} does: their doubled digest,
 * in memory alone, and no longer than what the user's password is checked against stays the same. Spares a client that comes
 * again to tell its password, and the gateway to derive a key from it. Safe for many threads; there is one entry for each
 * user the gateway knows, at most.
 */
public final class RememberedPasswords {

    private final Map<String, Remembered> users = new ConcurrentHashMap<>();
    private final byte[] nobodys = new byte[Digests.SHA256_BYTES];

    public RememberedPasswords() {
        new SecureRandom().nextBytes(nobodys);
    }

    private record Remembered(byte[] storedKey, byte[] digest) {}

    /** Remembers a password that fits the user's verifier. */
    void remember(String user, PasswordVerifier verifier, byte[] password) {
        users.put(user, new Remembered(verifier.storedKey(), CachingSha2Password.digest(password)));
    }

    /** Whether a proof holds against what is remembered; takes the same steps where nothing is. */
    boolean hold(byte[] proof, byte[] scramble, String user, PasswordVerifier verifier) {
        @Nullable Remembered remembered = users.get(user);
        boolean known = remembered != null && Arrays.equals(remembered.storedKey(), verifier.storedKey());
        byte[] digest = remembered != null && known ? remembered.digest() : nobodys;
        boolean holds = CachingSha2Password.holds(proof, scramble, digest);
        return holds && known && verifier.genuine();
    }
}
