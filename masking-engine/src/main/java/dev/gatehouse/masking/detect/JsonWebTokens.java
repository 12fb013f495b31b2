package dev.gatehouse.masking.detect;

/**
 * Signed tokens in compact form: three parts in base64url, of which the first two begin as JSON objects do.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519</a>
 */
final class JsonWebTokens implements Detector {

    /** An object with one member of one letter takes as much. */
    private static final int LEAST = 10;

    @Override
    public int end(byte[] text, int from, int at, int to) {
        int payload = object(text, at, to);
        int signature = payload == NONE ? NONE : object(text, payload, to);
        return signature == NONE ? NONE : part(text, signature, to);
    }

    /** Where the part behind one that begins with <code>{"</code> begins. */
    private static int object(byte[] text, int at, int to) {
        boolean begins = to - at > 2 && text[at] == 'e' && text[at + 1] == 'y' && text[at + 2] == 'J';
        int end = begins ? part(text, at, to) : to;
        return end < to && end - at >= LEAST && text[end] == '.' ? end + 1 : NONE;
    }

    private static int part(byte[] text, int at, int to) {
        int next = at;
        while (next < to && (Glyphs.isLetterOrDigit(text[next]) || text[next] == '-' || text[next] == '_')) {
            next++;
        }
        return next;
    }
}
