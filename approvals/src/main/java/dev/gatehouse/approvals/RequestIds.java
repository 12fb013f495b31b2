package dev.gatehouse.approvals;

import java.util.random.RandomGenerator;

/** Draws the short ids of requests; the store tells which are taken. */
final class RequestIds {

    static final String PREFIX = "req_";

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 4;
    private static final int LONGER = 6;

    private final RandomGenerator random;

    /**
     * @param random safe for many threads
     */
    RequestIds(RandomGenerator random) {
        this.random = random;
    }

    /** Draws an id of four digits. */
    String draw() {
        return candidate(LENGTH);
    }

    /** Draws an id of six digits, for when it is getting crowded. */
    String drawLonger() {
        return candidate(LONGER);
    }

    private String candidate(int length) {
        StringBuilder id = new StringBuilder(PREFIX);
        for (int i = 0; i < length; i++) {
            id.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return id.toString();
    }
}
