package dev.gatehouse.analyzer;

import java.security.SecureRandom;

/**
 * Tells texts that differ only in the values of plain literals from all others, in one pass over the bytes and without
 * allocation. Two polynomial hashes modulo 2^61-1 at random points, chosen anew by each process, so that nobody outside
 * can make two texts meet.
 *
 * <p>Lifted out are {@code '…'} without any prefix and plain decimal numbers. What else could hide a quote (comments,
 * dollar quotes, escapes, quoted names) is taken byte by byte, or ends the lifting altogether: then the fingerprint is
 * that of the exact text.
 *
 * <p>Holds the state of one computation: each thread uses its own.
 */
final class Fingerprint {

    private static final long PRIME = (1L << 61) - 1;
    private static final int WORD_BYTES = 7;
    private static final byte STRING = (byte) 0xFF;
    private static final byte INTEGER = (byte) 0xFE;
    private static final byte DECIMAL = (byte) 0xFD;
    private static final byte[] NOTHING = new byte[0];
    private static final int EXACT_SEED = 2;
    private static final int SHAPE_SEED = 1;
    private static final long FIRST_KEY;
    private static final long SECOND_KEY;

    static {
        SecureRandom random = new SecureRandom();
        FIRST_KEY = 1 + (random.nextLong() >>> 4);
        SECOND_KEY = 1 + (random.nextLong() >>> 4);
    }

    private long first;
    private long second;
    private long word;
    private int filled;
    private byte[] sql = NOTHING;
    private int length;

    long first() {
        return first;
    }

    long second() {
        return second;
    }

    /** Takes the exact text. */
    void exact(byte[] text, int size) {
        begin(EXACT_SEED);
        for (int i = 0; i < size; i++) {
            add(text[i]);
        }
        finish(size);
    }

    /**
     * Takes the text without its literals' values.
     *
     * @param plainBackslash whether a backslash in {@code '…'} is an ordinary character
     * @return false if the text holds something that keeps it from having a shape
     */
    boolean shape(byte[] text, int size, boolean plainBackslash) {
        begin(SHAPE_SEED);
        sql = text;
        length = size;
        boolean done = cut(plainBackslash);
        sql = NOTHING;
        finish(0);
        return done;
    }

    private boolean cut(boolean plainBackslash) {
        int i = 0;
        int before = ' ';
        while (i < length) {
            int c = sql[i];
            int end;
            if (c == '\'') {
                end = plainBackslash && !isNamePart(before) && before != '&' ? string(i) : -1;
            } else if (c >= '0' && c <= '9' && !isNamePart(before) && before != '.') {
                end = number(i);
            } else if (c == '"') {
                end = raw(i, closing(i + 1, '"'));
            } else if (c == '-' && next(i) == '-') {
                end = raw(i, endOfLine(i));
            } else if (c == '/' && next(i) == '*') {
                end = raw(i, endOfComment(i));
            } else if (c == '$' && (next(i) < '0' || next(i) > '9')) {
                end = -1;
            } else if (c == 0 || (c >= DECIMAL && c < 0)) {
                end = -1;
            } else {
                add(sql[i]);
                end = i + 1;
            }
            if (end < 0) {
                return false;
            }
            before = sql[end - 1];
            i = end;
        }
        return true;
    }

    private int next(int i) {
        return i + 1 < length ? sql[i + 1] : 0;
    }

    private static boolean isNamePart(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '$'
                || c < 0;
    }

    private int string(int open) {
        int end = closing(open + 1, '\'');
        if (end > 0) {
            add(STRING);
        }
        return end;
    }

    /** The index after the quote that closes what was opened; -1 if there is none. */
    private int closing(int from, char quote) {
        int i = from;
        while (i < length) {
            if (sql[i] == quote) {
                if (next(i) != quote) {
                    return i + 1;
                }
                i++;
            }
            i++;
        }
        return -1;
    }

    private int number(int start) {
        int i = digits(start);
        byte sort = INTEGER;
        if (i < length && sql[i] == '.') {
            i = digits(i + 1);
            sort = DECIMAL;
        }
        if (i < length && (isNamePart(sql[i]) || sql[i] == '.')) {
            return -1;
        }
        add(sort);
        return i;
    }

    private int digits(int start) {
        int i = start;
        while (i < length && sql[i] >= '0' && sql[i] <= '9') {
            i++;
        }
        return i;
    }

    private int raw(int start, int end) {
        for (int i = start; i < end; i++) {
            add(sql[i]);
        }
        return end;
    }

    private int endOfLine(int start) {
        int i = start;
        while (i < length && sql[i] != '\n' && sql[i] != '\r') {
            i++;
        }
        return i;
    }

    private int endOfComment(int start) {
        int depth = 0;
        int i = start;
        while (i + 1 < length) {
            if (sql[i] == '/' && sql[i + 1] == '*') {
                depth++;
                i += 2;
            } else if (sql[i] == '*' && sql[i + 1] == '/') {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        return -1;
    }

    private void begin(int seed) {
        first = seed;
        second = seed;
        word = 0;
        filled = 0;
    }

    private void add(byte b) {
        word = (word << 8) | (b & 0xFF);
        filled++;
        if (filled == WORD_BYTES) {
            absorb(word);
            word = 0;
            filled = 0;
        }
    }

    private void finish(int size) {
        absorb(word);
        absorb(((long) size << 3) | filled);
    }

    private void absorb(long value) {
        first = reduce(first, FIRST_KEY, value);
        second = reduce(second, SECOND_KEY, value);
    }

    /** {@code hash * key + value} modulo 2^61-1. */
    private static long reduce(long hash, long key, long value) {
        long high = Math.multiplyHigh(hash, key);
        long low = hash * key;
        long sum = (low & PRIME) + ((low >>> 61) | (high << 3)) + value;
        sum = (sum & PRIME) + (sum >>> 61);
        return sum >= PRIME ? sum - PRIME : sum;
    }
}
