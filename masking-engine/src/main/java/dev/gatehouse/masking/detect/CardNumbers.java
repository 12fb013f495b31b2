package dev.gatehouse.masking.detect;

/**
 * The numbers of payment cards: 13 to 19 digits that an issuer may have given and whose check digit is right, at a stretch or in
 * groups with the same space, hyphen or dot between.
 *
 * @see <a href="https://www.iso.org/standard/70484.html">ISO/IEC 7812-1, annex B: the Luhn formula</a>
 */
final class CardNumbers implements Detector {

    private static final int LEAST = 13;
    private static final int MOST = 19;
    private static final int LEAST_GROUP = 3;
    private static final int LEAST_FIRST_GROUP = 4;
    private static final int ISSUER_DIGITS = 6;

    @Override
    public int end(byte[] text, int from, int at, int to) {
        return isFraction(text, from, at) ? NONE : new Reading(text, to).read(at);
    }

    /** Whether what begins here are the decimals of a number. */
    private static boolean isFraction(byte[] text, int from, int at) {
        return at - from >= 2 && text[at - 1] == '.' && Glyphs.isDigit(text[at - 2]);
    }

    /** The digits that have been read. */
    private static final class Reading {

        private final byte[] text;
        private final int to;
        private int digits;
        private int issuer;
        /** The sums of digits, of those at even and of those at odd places doubled. */
        private int evenDoubled;

        private int oddDoubled;

        Reading(byte[] text, int to) {
            this.text = text;
            this.to = to;
        }

        /** The end of the longest number that begins here. */
        int read(int at) {
            int end = NONE;
            byte separator = 0;
            int group = 0;
            int next = at;
            while (true) {
                int digit = Glyphs.digit(text, next, to);
                if (digit >= 0) {
                    if (digits == MOST) {
                        return end;
                    }
                    take(digit);
                    group++;
                    next += Glyphs.size(text, next, to);
                    continue;
                }
                boolean first = digits == group;
                if (group < (first ? LEAST_FIRST_GROUP : LEAST_GROUP)) {
                    return end;
                }
                if (isCard() && mayEnd(next)) {
                    end = next;
                }
                if (next >= to || !isSeparator(text[next], separator) || Glyphs.digit(text, next + 1, to) < 0) {
                    return end;
                }
                separator = text[next];
                group = 0;
                next++;
            }
        }

        private void take(int digit) {
            int doubled = digit > 4 ? 2 * digit - 9 : 2 * digit;
            boolean even = (digits & 1) == 0;
            evenDoubled += even ? doubled : digit;
            oddDoubled += even ? digit : doubled;
            if (digits < ISSUER_DIGITS) {
                issuer = 10 * issuer + digit;
            }
            digits++;
        }

        private boolean isCard() {
            // The last digit is not doubled, and every second before it is.
            int sum = (digits & 1) == 0 ? evenDoubled : oddDoubled;
            return digits >= LEAST && sum % 10 == 0 && isIssued();
        }

        /** Whether somebody gives out numbers that begin so and are so long. */
        private boolean isIssued() {
            int two = issuer / 10_000;
            int three = issuer / 1_000;
            int four = issuer / 100;
            return switch (two / 10) {
                case 4 -> digits == 13 || digits == 16 || digits == 19;
                case 2 -> digits == 16 && four >= 2221 && four <= 2720;
                case 5 -> two == 50 || two == 56 || two == 57 || two == 58 || digits == 16;
                case 3 -> isThree(two, three);
                case 6 -> true;
                default -> false;
            };
        }

        /** American Express, JCB, and the two that Diners Club had. */
        private boolean isThree(int two, int three) {
            if (two == 34 || two == 37) {
                return digits == 15;
            }
            return two == 35 ? digits >= 16 : (three <= 305 || two == 36 || two >= 38) && digits >= 14;
        }

        private static boolean isSeparator(byte b, byte before) {
            return before == 0 ? b == ' ' || b == '-' || b == '.' : b == before;
        }

        private boolean mayEnd(int next) {
            boolean decimals = next < to && text[next] == '.' && Glyphs.digit(text, next + 1, to) >= 0;
            return !Glyphs.isWord(text, next, to) && !decimals;
        }
    }
}
