package dev.gatehouse.masking.detect;

/** Addresses with a domain of at least two labels. */
final class EmailAddresses implements Detector {

    @Override
    public int end(byte[] text, int from, int at, int to) {
        int next = at;
        while (next < to && isLocal(text[next])) {
            next++;
        }
        return next > at && next < to && text[next] == '@' ? domain(text, next + 1, to) : NONE;
    }

    /** Whether a local part may begin with this. */
    static boolean beginsLocal(byte b) {
        return b < 0 || Glyphs.isLetterOrDigit(b) || b == '.' || b == '_' || b == '%' || b == '+' || b == '-';
    }

    /** Whether this may stand inside of a local part. */
    static boolean isLocal(byte b) {
        return beginsLocal(b) || b == '\'';
    }

    private static int domain(byte[] text, int at, int to) {
        int end = NONE;
        int label = at;
        int labels = 0;
        for (int next = at; next <= to; next++) {
            boolean inside = next < to && (text[next] < 0 || Glyphs.isLetterOrDigit(text[next]) || text[next] == '-');
            if (inside) {
                continue;
            }
            if (next == label) {
                return end;
            }
            labels++;
            if (labels > 1 && next - label > 1 && !Glyphs.isDigit(text[label])) {
                end = next;
            }
            if (next == to || text[next] != '.') {
                return end;
            }
            label = next + 1;
        }
        return end;
    }
}
