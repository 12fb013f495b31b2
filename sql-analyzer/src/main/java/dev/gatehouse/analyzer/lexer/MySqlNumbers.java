package dev.gatehouse.analyzer.lexer;

/**
 * Finds the end of a numeric literal, or learns that a name begins with digits.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/9.0/en/number-literals.html">Numeric Literals</a>
 */
final class MySqlNumbers {

    private MySqlNumbers() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The index after the number that begins with a digit here; -1 if a name begins with it. */
    static int end(String text, int start, int position) {
        int radix = radix(text, start);
        if (radix > 0) {
            int end = digits(text, start + 2, radix);
            return end > start + 2 && !isNamePart(text, end) ? end : -1;
        }
        int end = digits(text, start, 10);
        if (isNamePart(text, end)) {
            int exponent = exponent(text, end);
            return exponent > end ? exponent : -1;
        }
        return is(text, end, '.') ? fraction(text, end, position) : end;
    }

    /** The index after the fraction, and maybe the exponent, of a number whose point is here. */
    static int fraction(String text, int point, int position) {
        int end = digits(text, point + 1, 10);
        if (!is(text, end, 'e') && !is(text, end, 'E')) {
            return end;
        }
        int exponent = exponent(text, end);
        if (exponent == end) {
            throw new Unreadable("a malformed number", position);
        }
        return exponent;
    }

    /** The radix a prefix says, which has a small letter; 0 where there is none. */
    private static int radix(String text, int start) {
        if (text.charAt(start) != '0') {
            return 0;
        }
        return is(text, start + 1, 'x') ? 16 : is(text, start + 1, 'b') ? 2 : 0;
    }

    static int digits(String text, int start, int radix) {
        int end = start;
        while (end < text.length() && text.charAt(end) < 0x80 && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }

    private static int exponent(String text, int start) {
        if (!is(text, start, 'e') && !is(text, start, 'E')) {
            return start;
        }
        int digits = is(text, start + 1, '+') || is(text, start + 1, '-') ? start + 2 : start + 1;
        int end = digits(text, digits, 10);
        return end > digits ? end : start;
    }

    private static boolean is(String text, int index, char c) {
        return index < text.length() && text.charAt(index) == c;
    }

    private static boolean isNamePart(String text, int index) {
        return index < text.length() && MySqlLexer.isNamePart(text.charAt(index));
    }
}
