package dev.gatehouse.masking.detect;

/**
 * Telephone numbers that say they are: with a plus, a country and 8 to 15 digits in all, and those of North America in groups of
 * three, three and four.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-E.164">ITU-T E.164</a>
 */
final class Telephones implements Detector {

    private static final int LEAST = 8;
    private static final int MOST = 15;
    /** How much may stand between two digits: of {@code ") "} and the like. */
    private static final int MOST_BETWEEN = 2;

    private static final int AREA = 3;
    private static final int EXCHANGE = 6;
    private static final int AMERICAN = 10;

    @Override
    public int end(byte[] text, int from, int at, int to) {
        boolean international = text[at] == '+';
        if (!international && at > from && (text[at - 1] == '-' || text[at - 1] == '.')) {
            return NONE;
        }
        return international ? international(text, at + 1, to) : american(text, at, to);
    }

    private static int international(byte[] text, int at, int to) {
        int digits = 0;
        int end = at;
        int gap = 0;
        for (int next = at; next < to && gap <= MOST_BETWEEN; ) {
            int digit = Glyphs.digit(text, next, to);
            if (digit >= 0) {
                if (digits == MOST || (digits == 0 && digit == 0)) {
                    return NONE;
                }
                digits++;
                gap = 0;
                next += Glyphs.size(text, next, to);
                end = next;
            } else if (digits > 0 && isBetween(text[next])) {
                gap++;
                next++;
            } else {
                break;
            }
        }
        return digits >= LEAST && !Glyphs.isWord(text, end, to) ? end : NONE;
    }

    private static boolean isBetween(byte b) {
        return b == ' ' || b == '-' || b == '.' || b == '(' || b == ')' || b == '/';
    }

    private static int american(byte[] text, int at, int to) {
        boolean bracket = text[at] == '(';
        int next = bracket ? at + 1 : at;
        for (int digits = 0; digits < AMERICAN; digits++) {
            if (digits == AREA || digits == EXCHANGE) {
                if (digits == AREA && bracket) {
                    if (next >= to || text[next] != ')') {
                        return NONE;
                    }
                    next++;
                    next += next < to && text[next] == ' ' ? 1 : 0;
                } else if (next >= to || (text[next] != '-' && text[next] != '.' && text[next] != ' ')) {
                    return NONE;
                } else {
                    next++;
                }
            }
            int digit = Glyphs.digit(text, next, to);
            if (digit < 0 || ((digits == 0 || digits == AREA) && digit < 2)) {
                return NONE;
            }
            next += Glyphs.size(text, next, to);
        }
        boolean goesOn = next < to && text[next] == '-' && Glyphs.isWord(text, next + 1, to);
        return Glyphs.isWord(text, next, to) || goesOn ? NONE : next;
    }
}
