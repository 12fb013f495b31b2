package dev.gatehouse.analyzer;

import dev.gatehouse.firewall.statement.Modes;
import java.security.SecureRandom;

/**
 * Tells texts that differ only in the values of plain literals from all others, in one pass over the bytes and without
 * allocation. Two polynomial hashes modulo 2^61-1 at random points, chosen anew by each process, so that nobody outside
 * can make two texts meet.
 *
 * <p>Lifted out are quoted strings without any prefix and plain decimal numbers. What else could hide a quote (comments,
 * dollar quotes, escapes, quoted names) is taken byte by byte, or ends the lifting altogether: then the fingerprint is
 * that of the exact text.
 *
 * <p>Holds the state of one computation: each thread uses its own.
 */
final class Fingerprint {

    private static final long PRIME = (1L << 61) - 1;
    private static final int WORD_BYTES = 7;
    /** What stands for a literal: bytes that UTF-8 has no use for. */
    static final byte STRING = (byte) 0xFF;

    static final byte INTEGER = (byte) 0xFE;
    static final byte DECIMAL = (byte) 0xFD;
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
    private final PgShape postgreSql = new PgShape(this);
    private final MySqlShape mySql = new MySqlShape(this);

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
     * @return false if the text holds something that keeps it from having a shape
     */
    boolean shape(byte[] text, int size, Modes modes) {
        begin(SHAPE_SEED);
        boolean done = false;
        if (modes instanceof Modes.PostgreSql pg) {
            done = postgreSql.cut(text, size, pg.standardConformingStrings());
        } else if (modes instanceof Modes.MySql my) {
            done = mySql.cut(text, size, my);
        }
        finish(0);
        return done;
    }

    private void begin(int seed) {
        first = seed;
        second = seed;
        word = 0;
        filled = 0;
    }

    void add(byte b) {
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
