package dev.gatehouse.masking.detect;

import java.nio.charset.StandardCharsets;

/**
 * Private keys in PEM, of any kind: from the line they begin with to the line they end with, and to the end of the text where
 * that is missing.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
final class PrivateKeys implements Detector {

    private static final byte[] BEGIN = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY = "PRIVATE KEY".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "-----END ".getBytes(StandardCharsets.US_ASCII);
    /** The longest word in front of {@code PRIVATE KEY}, or behind it, is far below. */
    private static final int MOST_LABEL = 64;

    @Override
    public int end(byte[] text, int from, int at, int to) {
        int label = at + BEGIN.length;
        if (!stands(BEGIN, text, at, to) || !names(text, label, to)) {
            return NONE;
        }
        for (int next = label; next < to; next++) {
            if (text[next] == '-' && stands(END, text, next, to)) {
                int end = next + END.length;
                while (end < to && text[end] != '-' && text[end] >= ' ' && text[end] != '\\') {
                    end++;
                }
                while (end < to && text[end] == '-') {
                    end++;
                }
                return end;
            }
        }
        return to;
    }

    /** Whether the label that begins here is that of a private key. */
    private static boolean names(byte[] text, int label, int to) {
        int most = Math.min(to, label + MOST_LABEL);
        for (int next = label; next < most && text[next] != '-'; next++) {
            if (stands(KEY, text, next, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean stands(byte[] words, byte[] text, int at, int to) {
        if (to - at < words.length) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (text[at + i] != words[i]) {
                return false;
            }
        }
        return true;
    }
}
