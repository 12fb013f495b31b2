package dev.gatehouse.firewall.approval;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Draws the short ids of requests, and none twice as long as anybody may remember it. Guarded by the desk's lock. */
final class RequestIds {

    static final String PREFIX = "req_";

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 4;
    private static final int LONGER = 6;
    private static final int REMEMBERED = 8192;

    private final RandomGenerator random;
    private final Set<String> drawn = new LinkedHashSet<>();

    RequestIds(RandomGenerator random) {
        this.random = random;
    }

    /** Draws an id; four digits as long as they are free, six once they are getting crowded. */
    String draw() {
        String id = candidate(LENGTH);
        while (!drawn.add(id)) {
            id = candidate(LONGER);
        }
        if (drawn.size() > REMEMBERED) {
            drawn.remove(drawn.iterator().next());
        }
        return id;
    }

    private String candidate(int length) {
        StringBuilder id = new StringBuilder(PREFIX);
        for (int i = 0; i < length; i++) {
            id.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return id.toString();
    }
}
