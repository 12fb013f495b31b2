package dev.gatehouse.analyzer.lexer;

/**
 * Finds the end of a numeric literal.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-CONSTANTS-NUMERIC">Numeric
 *     Constants</a>
 */
final class PgNumbers {

    private PgNumbers() {}

    /** The index after the literal that begins at {@code start}. */
    static int end(String text, int start) {
        if (text.charAt(start) == '0' && start + 1 < text.length()) {
            int radix = radix(text.charAt(start + 1));
            if (radix > 0) {
                int end = digits(text, start + 2, radix);
                return end > start + 2 ? end : start + 1;
            }
        }
        int end = digits(text, start, 10);
        if (end < text.length() && text.charAt(end) == '.' && !text.startsWith("..", end)) {
            end = digits(text, end + 1, 10);
        }
        return exponent(text, end);
    }

    private static int radix(char letter) {
        return switch (letter) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 0;
        };
    }

    /** Skips digits and the single underscores between them. */
    private static int digits(String text, int start, int radix) {
        int end = start;
        while (end < text.length()) {
            boolean underscore = text.charAt(end) == '_'
                    && end > start
                    && end + 1 < text.length()
                    && isDigit(text.charAt(end + 1), radix);
            if (!underscore && !isDigit(text.charAt(end), radix)) {
                break;
            }
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c, int radix) {
        return c < 0x80 && Character.digit(c, radix) >= 0;
    }

    private static int exponent(String text, int start) {
        if (start >= text.length() || (text.charAt(start) != 'e' && text.charAt(start) != 'E')) {
            return start;
        }
        int sign = start + 1;
        if (sign < text.length() && (text.charAt(sign) == '+' || text.charAt(sign) == '-')) {
            sign++;
        }
        int end = digits(text, sign, 10);
        return end > sign ? end : start;
    }
}
