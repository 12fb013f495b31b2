package dev.gatehouse.analyzer;

/**
 * Finds the literals whose values do not count for the shape of a PostgreSQL text. Holds the state of one computation.
 */
final class PgShape {

    private static final byte[] NOTHING = new byte[0];

    private final Fingerprint fingerprint;
    private byte[] sql = NOTHING;
    private int length;

    PgShape(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    /**
     * Gives the text's bytes to the fingerprint, without the values of literals.
     *
     * @param plainBackslash whether a backslash in {@code '…'} is an ordinary character
     * @return false if the text holds something that keeps it from having a shape
     */
    boolean cut(byte[] text, int size, boolean plainBackslash) {
        sql = text;
        length = size;
        boolean done = cut(plainBackslash);
        sql = NOTHING;
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
                // What U&"…" names hangs on the string behind its UESCAPE.
                end = before == '&' ? -1 : raw(i, closing(i + 1, '"'));
            } else if (c == '-' && next(i) == '-') {
                end = raw(i, endOfLine(i));
            } else if (c == '/' && next(i) == '*') {
                end = raw(i, endOfComment(i));
            } else if (c == '$' && (next(i) < '0' || next(i) > '9')) {
                end = -1;
            } else if (c == 0 || (c >= Fingerprint.DECIMAL && c < 0)) {
                end = -1;
            } else {
                fingerprint.add(sql[i]);
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
            fingerprint.add(Fingerprint.STRING);
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
        byte sort = Fingerprint.INTEGER;
        if (i < length && sql[i] == '.') {
            i = digits(i + 1);
            sort = Fingerprint.DECIMAL;
        }
        if (i < length && (isNamePart(sql[i]) || sql[i] == '.')) {
            return -1;
        }
        fingerprint.add(sort);
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
            fingerprint.add(sql[i]);
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
}
