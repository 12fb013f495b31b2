package dev.gatehouse.masking.detect;

/**
 * Social Security Numbers of the United States in groups of three, two and four digits, with the same hyphen or space between;
 * without, any number of nine digits would be one.
 *
 * @see <a href="https://secure.ssa.gov/poms.nsf/lnx/0110201035">POMS RM 10201.035: what was never assigned</a>
 */
final class SocialSecurityNumbers implements Detector {

    private static final int[] GROUPS = {3, 2, 4};
    private static final int NEVER = 666;
    private static final int BEYOND = 900;

    @Override
    public int end(byte[] text, int from, int at, int to) {
        if (at > from && text[at - 1] == '-') {
            return NONE;
        }
        int next = at;
        byte separator = 0;
        for (int group = 0; group < GROUPS.length; group++) {
            if (group > 0) {
                boolean apart = next < to && (group == 1 ? isSeparator(text[next]) : text[next] == separator);
                if (!apart) {
                    return NONE;
                }
                separator = text[next];
                next++;
            }
            int number = 0;
            for (int i = 0; i < GROUPS[group]; i++) {
                int digit = Glyphs.digit(text, next, to);
                if (digit < 0) {
                    return NONE;
                }
                number = 10 * number + digit;
                next += Glyphs.size(text, next, to);
            }
            if (number == 0 || (group == 0 && (number == NEVER || number >= BEYOND))) {
                return NONE;
            }
        }
        boolean goesOn = next < to && text[next] == '-' && Glyphs.isWord(text, next + 1, to);
        return Glyphs.isWord(text, next, to) || goesOn ? NONE : next;
    }

    private static boolean isSeparator(byte b) {
        return b == '-' || b == ' ';
    }
}
