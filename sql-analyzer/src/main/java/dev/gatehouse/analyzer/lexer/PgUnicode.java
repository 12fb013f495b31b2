package dev.gatehouse.analyzer.lexer;

/**
 * Decodes what stands between the quotes of {@code U&'…'} and {@code U&"…"}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-UESCAPE">String Constants
 *     with Unicode Escapes</a>
 */
final class PgUnicode {

    private PgUnicode() {}

    /** The character UESCAPE names. */
    static char escape(String written, int position) {
        if (written.length() != 1 || "+'\" \t\n\r\f".contains(written) || isHexadecimal(written.charAt(0))) {
            throw Unreadable.malformed("UESCAPE without its character", position);
        }
        return written.charAt(0);
    }

    /**
     * Replaces the escapes.
     *
     * @param raw what was written
     * @param escape the character that begins an escape, and stands for itself when doubled
     */
    static String decode(String raw, char escape, int position) {
        StringBuilder value = new StringBuilder();
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i);
            if (c != escape) {
                value.append(c);
                i++;
            } else if (i + 1 < raw.length() && raw.charAt(i + 1) == escape) {
                value.append(escape);
                i += 2;
            } else {
                boolean wide = i + 1 < raw.length() && raw.charAt(i + 1) == '+';
                int start = i + (wide ? 2 : 1);
                int end = start + (wide ? 6 : 4);
                value.appendCodePoint(code(raw, start, end, position));
                i = end;
            }
        }
        refuseHalfPairs(value, position);
        return value.toString();
    }

    private static int code(String raw, int start, int end, int position) {
        int code = 0;
        for (int i = start; i < end; i++) {
            if (i >= raw.length() || !isHexadecimal(raw.charAt(i))) {
                throw Unreadable.malformed("a malformed escape", position);
            }
            code = code * 16 + Character.digit(raw.charAt(i), 16);
        }
        if (code == 0 || code > Character.MAX_CODE_POINT) {
            throw Unreadable.malformed("a malformed escape", position);
        }
        return code;
    }

    private static void refuseHalfPairs(CharSequence value, int position) {
        if (value.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw Unreadable.malformed("half a surrogate pair", position);
        }
    }

    private static boolean isHexadecimal(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }
}
