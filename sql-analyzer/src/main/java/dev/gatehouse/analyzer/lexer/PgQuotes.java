package dev.gatehouse.analyzer.lexer;

import java.util.function.IntUnaryOperator;

/**
 * Reads everything that stands between quotes: strings in their four notations, dollar quotes, quoted identifiers.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-CONSTANTS">Constants</a>
 */
final class PgQuotes {

    /** How a backslash in a string is read. */
    enum Mode {
        /** As itself. */
        PLAIN,
        /** As in {@code E'…'}. */
        ESCAPES
    }

    private final String text;
    private final IntUnaryOperator position;
    private int end;

    /**
     * Reads from a text.
     *
     * @param position turns an index into the text into a 1-based character offset
     */
    PgQuotes(String text, IntUnaryOperator position) {
        this.text = text;
        this.position = position;
    }

    /** The index after what was read last. */
    int end() {
        return end;
    }

    /**
     * Reads a string, with those that continue it on later lines.
     *
     * @param open the index of its first quote
     */
    String string(int open, Mode mode) {
        StringBuilder value = new StringBuilder();
        int next = open;
        do {
            quoted(next, '\'', mode, value);
            next = continuation(end);
        } while (next >= 0);
        return value.toString();
    }

    /** Reads a quoted identifier. */
    String identifier(int open) {
        StringBuilder value = new StringBuilder();
        quoted(open, '"', Mode.PLAIN, value);
        return value.toString();
    }

    /** Reads {@code $tag$…$tag$}. */
    String dollarString(int open) {
        int close = open + 1;
        while (close < text.length() && isTagPart(text.charAt(close), close == open + 1)) {
            close++;
        }
        if (close >= text.length() || text.charAt(close) != '$') {
            throw new Unreadable("an unexpected $", position.applyAsInt(open));
        }
        String tag = text.substring(open, close + 1);
        int last = text.indexOf(tag, close + 1);
        if (last < 0) {
            throw Unreadable.malformed("a string that does not end", position.applyAsInt(open));
        }
        String value = text.substring(close + 1, last);
        refuseNul(value, open);
        end = last + tag.length();
        return value;
    }

    private static boolean isTagPart(char c, boolean first) {
        return PgLexer.isIdentifierStart(c) || (!first && PgLexer.isDigit(c));
    }

    private void quoted(int open, char quote, Mode mode, StringBuilder value) {
        int i = open + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == quote) {
                if (i + 1 >= text.length() || text.charAt(i + 1) != quote) {
                    end = i + 1;
                    return;
                }
                value.append(quote);
                i += 2;
            } else if (c == '\\' && mode != Mode.PLAIN) {
                i = escape(i, open, value);
            } else if (c == 0) {
                throw Unreadable.malformed("a zero byte", position.applyAsInt(i));
            } else {
                value.append(c);
                i++;
            }
        }
        throw Unreadable.malformed("a string or name that does not end", position.applyAsInt(open));
    }

    /** Where a string goes on after white space with a line break in it; -1 where it does not. */
    private int continuation(int from) {
        boolean newLine = false;
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                newLine = true;
            } else if (text.startsWith("--", i)) {
                while (i + 1 < text.length() && text.charAt(i + 1) != '\n' && text.charAt(i + 1) != '\r') {
                    i++;
                }
            } else if (c != ' ' && c != '\t' && c != '\f') {
                return newLine && c == '\'' ? i : -1;
            }
            i++;
        }
        return -1;
    }

    private int escape(int backslash, int open, StringBuilder value) {
        if (backslash + 1 >= text.length()) {
            throw Unreadable.malformed("a string that does not end", position.applyAsInt(open));
        }
        char c = text.charAt(backslash + 1);
        int control = "bfnrt".indexOf(c);
        if (control >= 0) {
            value.append("\b\f\n\r\t".charAt(control));
            return backslash + 2;
        }
        if (c == 'u' || c == 'U') {
            return fixedCode(backslash, backslash + 2, c == 'u' ? 4 : 8, value);
        }
        if (c >= '0' && c <= '7') {
            return code(backslash, backslash + 1, digits(backslash + 1, 3, 8), 8, value);
        }
        int digits = c == 'x' ? digits(backslash + 2, 2, 16) : 0;
        return digits > 0 ? code(backslash, backslash + 2, digits, 16, value) : plain(backslash, value);
    }

    private int plain(int backslash, StringBuilder value) {
        int c = text.codePointAt(backslash + 1);
        if (c == 0) {
            throw Unreadable.malformed("a zero byte", position.applyAsInt(backslash));
        }
        value.appendCodePoint(c);
        return backslash + 1 + Character.charCount(c);
    }

    private int fixedCode(int backslash, int start, int count, StringBuilder value) {
        if (digits(start, count, 16) != count) {
            throw new Unreadable("a malformed escape", position.applyAsInt(backslash));
        }
        return code(backslash, start, count, 16, value);
    }

    private int code(int backslash, int start, int count, int radix, StringBuilder value) {
        long code = Long.parseLong(text.substring(start, start + count), radix);
        if (code == 0 || code > Character.MAX_CODE_POINT) {
            throw new Unreadable("a malformed escape", position.applyAsInt(backslash));
        }
        value.appendCodePoint((int) code);
        return start + count;
    }

    private int digits(int start, int most, int radix) {
        int count = 0;
        while (count < most
                && start + count < text.length()
                && text.charAt(start + count) < 0x80
                && Character.digit(text.charAt(start + count), radix) >= 0) {
            count++;
        }
        return count;
    }

    private void refuseNul(String value, int open) {
        if (value.indexOf('\0') >= 0) {
            throw Unreadable.malformed("a zero byte", position.applyAsInt(open));
        }
    }
}
