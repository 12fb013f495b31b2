package dev.gatehouse.analyzer;

import dev.gatehouse.firewall.statement.Modes;

/**
 * Finds the literals whose values do not count for the shape of a MySQL text, by the rules of the session's modes. Holds
 * the state of one computation.
 */
final class MySqlShape {

    private static final byte[] NOTHING = new byte[0];

    private final Fingerprint fingerprint;
    private byte[] sql = NOTHING;
    private int length;
    private boolean escapes;
    private boolean ansiQuotes;

    MySqlShape(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    /**
     * Gives the text's bytes to the fingerprint, without the values of literals.
     *
     * @return false if the text holds something that keeps it from having a shape
     */
    boolean cut(byte[] text, int size, Modes.MySql modes) {
        sql = text;
        length = size;
        escapes = !modes.noBackslashEscapes();
        ansiQuotes = modes.ansiQuotes();
        boolean done = cut();
        sql = NOTHING;
        return done;
    }

    private boolean cut() {
        int i = 0;
        int before = ' ';
        while (i < length) {
            int end = piece(i, before);
            if (end < 0) {
                return false;
            }
            before = sql[end - 1];
            i = end;
        }
        return true;
    }

    /** Takes what begins here; returns the index after it, or -1 for what has no shape. */
    private int piece(int i, int before) {
        int c = sql[i];
        if (c == '\'' || c == '"') {
            return quoted(i, before);
        }
        if (c == '`') {
            return raw(i, closing(i, false));
        }
        if (isDigit(c) && !isNamePart(before) && before != '@') {
            return before == '.' ? raw(i, endOfNumber(i)) : number(i);
        }
        if (c == '#' || (c == '-' && isDashComment(i))) {
            return raw(i, endOfLine(i));
        }
        if (c == '/' && next(i) == '*') {
            return comment(i);
        }
        if (c == 0 || (c >= Fingerprint.DECIMAL && c < 0)) {
            return -1;
        }
        return raw(i, i + 1);
    }

    /** A string whose value does not count unless something before it may give it another meaning; or a name. */
    private int quoted(int open, int before) {
        boolean name = sql[open] == '"' && ansiQuotes;
        int end = closing(open, escapes && !name);
        if (end > 0 && !name && !isNamePart(before) && before != '@') {
            fingerprint.add(Fingerprint.STRING);
            return end;
        }
        return raw(open, end);
    }

    /** The index after the quote that closes what was opened; -1 if there is none. */
    private int closing(int open, boolean escaping) {
        byte quote = sql[open];
        int i = open + 1;
        while (i < length) {
            if (sql[i] == '\\' && escaping && next(i) != 0) {
                i++;
            } else if (sql[i] == quote) {
                if (next(i) != quote) {
                    return i + 1;
                }
                i++;
            } else if (sql[i] == 0) {
                return -1;
            }
            i++;
        }
        return -1;
    }

    /** A decimal number; what only begins with one is taken as it is. */
    private int number(int start) {
        int i = digits(start);
        byte sort = Fingerprint.INTEGER;
        if (i < length && sql[i] == '.') {
            i = digits(i + 1);
            sort = Fingerprint.DECIMAL;
        }
        if (i < length && (isNamePart(sql[i]) || sql[i] == '.')) {
            return raw(start, endOfNumber(i));
        }
        fingerprint.add(sort);
        return i;
    }

    private int digits(int start) {
        int i = start;
        while (i < length && isDigit(sql[i])) {
            i++;
        }
        return i;
    }

    /** The index after what a number or a name that begins with digits goes on with; -1 before an exponent's sign. */
    private int endOfNumber(int start) {
        int i = start;
        while (i < length && (isNamePart(sql[i]) || sql[i] == '.')) {
            i++;
        }
        boolean exponent = i > 0 && (sql[i - 1] == 'e' || sql[i - 1] == 'E');
        return exponent && i < length && (sql[i] == '+' || sql[i] == '-') ? -1 : i;
    }

    private boolean isDashComment(int i) {
        return next(i) == '-' && (i + 2 >= length || (sql[i + 2] >= 0 && sql[i + 2] <= ' ') || sql[i + 2] == 0x7F);
    }

    private int endOfLine(int start) {
        int i = start;
        while (i < length && sql[i] != '\n') {
            if (sql[i] == 0) {
                return -1;
            }
            i++;
        }
        return i;
    }

    /** An ordinary comment; one that a server may execute has no shape. */
    private int comment(int start) {
        int third = next(start + 1);
        if (third == '!' || third == 'M') {
            return -1;
        }
        for (int i = start + 2; i + 1 < length; i++) {
            if (sql[i] == '*' && sql[i + 1] == '/') {
                return raw(start, i + 2);
            }
        }
        return -1;
    }

    /** Takes everything up to an end as it is; passes on that there is none. */
    private int raw(int start, int end) {
        for (int i = start; i < end; i++) {
            fingerprint.add(sql[i]);
        }
        return end;
    }

    private int next(int i) {
        return i + 1 < length ? sql[i + 1] : 0;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '$' || c < 0;
    }
}
