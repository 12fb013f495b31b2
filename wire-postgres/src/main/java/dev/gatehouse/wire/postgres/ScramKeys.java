package dev.gatehouse.wire.postgres;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys derived from held passwords, so that a login to a server costs the derivation once and not each time. Thread-safe,
 * and bounded: servers have one salt for each user.
 */
final class ScramKeys {

    private static final int MAX_KEYS = 1000;

    private final Map<Key, byte[]> keys = new ConcurrentHashMap<>();

    /** The salted password; slow the first time, so never on an event loop. */
    byte[] salted(String password, byte[] salt, int iterations) {
        if (keys.size() >= MAX_KEYS) {
            keys.clear();
        }
        return keys.computeIfAbsent(
                new Key(password, Arrays.toString(salt), iterations),
                key -> Scram.salted(Scram.prepared(password), salt, iterations));
    }

    private record Key(String password, String salt, int iterations) {
        @Override
        public String toString() {
            return "••••";
        }
    }
}
