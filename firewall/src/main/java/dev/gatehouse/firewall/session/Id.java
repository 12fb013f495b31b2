package dev.gatehouse.firewall.session;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The numbers by which sessions and decisions are known, and their text.
 *
 * <p>A number is the millisecond it was drawn in, shifted, plus a counter: unique over restarts as long as the clock
 * does not jump back over a restart, and rising within one process. Its text is a prefix and Crockford's base 32, as in
 * {@code ses_1P2K8Q7V00A0}.
 */
public final class Id {

    public static final String SESSION = "ses_";
    public static final String DECISION = "dec_";

    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int COUNTER_BITS = 20;
    private static final AtomicLong LAST = new AtomicLong();

    private Id() {}

    /** Draws a number no other call in this process has drawn; always positive. */
    public static long next() {
        long floor = System.currentTimeMillis() << COUNTER_BITS;
        return LAST.updateAndGet(last -> Math.max(last + 1, floor));
    }

    /** Writes a number as {@code prefix} and base 32 digits. */
    public static String text(String prefix, long number) {
        char[] digits = new char[13];
        int at = digits.length;
        long rest = number;
        do {
            digits[--at] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        } while (rest != 0);
        return prefix + new String(digits, at, digits.length - at);
    }

    /**
     * Reads what {@link #text} wrote; case does not matter.
     *
     * @throws IllegalArgumentException if the text is not such an id
     */
    public static long number(String prefix, String text) {
        if (!text.regionMatches(true, 0, prefix, 0, prefix.length())
                || text.length() == prefix.length()
                || text.length() > prefix.length() + 13) {
            throw new IllegalArgumentException("not an id of the form " + prefix + "…: " + text);
        }
        long number = 0;
        for (int i = prefix.length(); i < text.length(); i++) {
            number = (number << 5) | digit(text.charAt(i), text);
        }
        return number;
    }

    private static int digit(char c, String text) {
        char upper = Character.toUpperCase(c);
        for (int i = 0; i < DIGITS.length; i++) {
            if (DIGITS[i] == upper) {
                return i;
            }
        }
        throw new IllegalArgumentException("not an id: " + text);
    }
}
