package dev.gatehouse.analyzer.lexer;

/**
 * Reads what stands between quotes: strings with or without escapes, and names.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/9.0/en/string-literals.html">String Literals</a>
 */
final class MySqlQuotes {

    private static final String ESCAPED = "0bnrtZ";
    private static final String MEANT = "\0\b\n\r\t\032";

    private final String text;
    private final boolean escapes;
    private final Offsets offsets;
    private int end;

    /**
     * Reads from a text.
     *
     * @param escapes whether a backslash in a string begins an escape
     */
    MySqlQuotes(String text, boolean escapes, Offsets offsets) {
        this.text = text;
        this.escapes = escapes;
        this.offsets = offsets;
    }

    /** The index after what was read last. */
    int end() {
        return end;
    }

    /** Reads a string that ends with the quote it begins with. */
    String string(int open) {
        return quoted(open, escapes);
    }

    /** Reads a name. */
    String name(int open) {
        return quoted(open, false);
    }

    /** Reads {@code '…'} after {@code x} or {@code b}. */
    String digits(int open, int radix) {
        int close = MySqlNumbers.digits(text, open + 1, radix);
        boolean odd = radix == 16 && (close - open - 1) % 2 != 0;
        if (close >= text.length() || text.charAt(close) != '\'' || odd) {
            throw Unreadable.malformed("a malformed literal", offsets.of(open));
        }
        end = close + 1;
        return text.substring(open + 1, close);
    }

    private String quoted(int open, boolean escaping) {
        char quote = text.charAt(open);
        StringBuilder value = new StringBuilder();
        int i = open + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\' && escaping && i + 1 < text.length()) {
                escape(text.charAt(i + 1), value);
                i += 2;
            } else if (c != quote) {
                value.append(c);
                i++;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                value.append(quote);
                i += 2;
            } else {
                end = i + 1;
                return value.toString();
            }
        }
        throw Unreadable.malformed("a string or name that does not end", offsets.of(open));
    }

    /** What an escape means; for the wildcards of LIKE the backslash stays. */
    private static void escape(char c, StringBuilder value) {
        int index = ESCAPED.indexOf(c);
        if (c == '%' || c == '_') {
            value.append('\\');
        }
        value.append(index < 0 ? c : MEANT.charAt(index));
    }
}
