package dev.gatehouse.analyzer.lexer;

import dev.gatehouse.analyzer.lexer.Token.Sort;
import java.util.List;

/** How much of a text is read: a client may send any, and what reads it holds all of it at once. */
public final class Bounds {

    /** The servers' own tools load their dumps in statements of 1 MiB, but for rows that are longer by themselves. */
    public static final int MAX_BYTES = 4 << 20;

    /** What a text of short values has for each MiB and a little more. */
    private static final int MAX_TOKENS = 3 << 19;

    /** Each command is read by itself, which takes longer than its bytes let one think: this many take a second or so. */
    public static final int MAX_COMMANDS = 10_000;

    /** More than any type keeps. The value of a number costs the square of its digits. */
    private static final int MAX_DIGITS = 10_000;

    private Bounds() {}

    /** Refuses a text that is too long. */
    static void checkLength(byte[] sql) {
        if (sql.length > MAX_BYTES) {
            throw new Unreadable("the text is longer than " + (MAX_BYTES >> 20) + " MiB", 0);
        }
    }

    /** Refuses a text of which there is too much so far. */
    static void checkCount(List<Token> tokens) {
        if (tokens.size() > MAX_TOKENS) {
            throw new Unreadable("a text of more than " + MAX_TOKENS + " words and signs", 0);
        }
    }

    /**
     * Refuses one command more than are read of a text.
     *
     * @param before those in front of it
     * @param position where it begins
     */
    public static void checkCommands(int before, int position) {
        if (before >= MAX_COMMANDS) {
            throw new Unreadable("a text of more than " + MAX_COMMANDS + " commands", position);
        }
    }

    /** Refuses a number of which nobody would work out the value. */
    public static void checkDigits(Token token) {
        if (token.sort() == Sort.NUMBER && token.text().length() > MAX_DIGITS) {
            throw new Unreadable("a number of more than " + MAX_DIGITS + " digits", token.position());
        }
    }
}
