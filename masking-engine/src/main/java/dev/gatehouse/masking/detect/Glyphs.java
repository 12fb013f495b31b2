package dev.gatehouse.masking.detect;

/** Reads letters and digits in bytes that claim to be UTF-8. Digits are those of any script: all of them are read as numbers. */
final class Glyphs {

    private Glyphs() {}

    static boolean isLetter(byte b) {
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean isLetterOrDigit(byte b) {
        return isDigit(b) || isLetter(b);
    }

    /** Whether a letter or digit of ASCII, or a digit of any script, stands at a place; not so behind the end. */
    static boolean isWord(byte[] text, int at, int to) {
        return at < to && (isLetterOrDigit(text[at]) || digit(text, at, to) >= 0);
    }

    /** The worth of the digit at a place; below 0 where none stands there. */
    static int digit(byte[] text, int at, int to) {
        if (at >= to) {
            return -1;
        }
        byte b = text[at];
        if (b >= 0) {
            return isDigit(b) ? b - '0' : -1;
        }
        return Character.digit(codePoint(text, at, to), 10);
    }

    /** How many bytes the character at a place has; 1 for a byte that begins none. */
    static int size(byte[] text, int at, int to) {
        int lead = text[at] & 0xff;
        int size = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
        if (size > to - at) {
            return 1;
        }
        for (int i = 1; i < size; i++) {
            if ((text[at + i] & 0xc0) != 0x80) {
                return 1;
            }
        }
        return size;
    }

    private static int codePoint(byte[] text, int at, int to) {
        int size = size(text, at, to);
        if (size == 1) {
            return -1;
        }
        int point = text[at] & (0xff >> (size + 1));
        for (int i = 1; i < size; i++) {
            point = point << 6 | (text[at + i] & 0x3f);
        }
        return point;
    }
}
