package dev.gatehouse.masking.detect;

import dev.gatehouse.firewall.policy.ValueKind;
import java.util.List;

/** Goes through a text once and stops at each value that is recognised; at the leftmost, and of two there at the stronger mask's. */
final class Search {

    private final Detector[] detectors;
    /** What the detectors of the same places look for. */
    private final List<ValueKind> kinds;
    /** By each byte, the detectors whose values may begin with it, as bits. */
    private final int[] beginning = new int[256];

    private byte[] text = {};
    private int from;
    private int to;
    private boolean escapes;
    private boolean inWord;
    private boolean inLocal;
    private int next;
    private int start;
    private int end;

    Search(List<ValueKind> kinds) {
        detectors = new Detector[kinds.size()];
        this.kinds = List.copyOf(kinds);
        for (int i = 0; i < detectors.length; i++) {
            ValueKind kind = kinds.get(i);
            detectors[i] = detector(kind);
            for (int b = 0; b < beginning.length; b++) {
                beginning[b] |= mayBegin(kind, (byte) b) ? 1 << i : 0;
            }
        }
    }

    private static Detector detector(ValueKind kind) {
        return switch (kind) {
            case EMAIL -> new EmailAddresses();
            case CARD_NUMBER -> new CardNumbers();
            case IBAN -> new Ibans();
            case PHONE -> new Telephones();
            case SSN_US -> new SocialSecurityNumbers();
            case JWT -> new JsonWebTokens();
            case PRIVATE_KEY -> new PrivateKeys();
        };
    }

    private static boolean mayBegin(ValueKind kind, byte b) {
        boolean digit = Glyphs.isDigit(b) || b < 0;
        return switch (kind) {
            case EMAIL -> EmailAddresses.beginsLocal(b);
            case CARD_NUMBER, SSN_US -> digit;
            case IBAN -> Glyphs.isLetter(b);
            case PHONE -> digit || b == '+' || b == '(';
            case JWT -> b == 'e';
            case PRIVATE_KEY -> b == '-';
        };
    }

    /**
     * Begins with a text.
     *
     * @param text lent until the search has ended
     * @param escapes whether a backslash in it takes the meaning from what follows
     */
    void begin(byte[] text, int from, int to, boolean escapes) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.escapes = escapes;
        next = from;
        inWord = false;
        inLocal = false;
    }

    /**
     * Goes on to the next value that is recognised.
     *
     * @return the place of its kind among those that are looked for; {@link Detector#NONE} at the end of the text
     */
    int next() {
        while (next < to) {
            byte b = text[next];
            if (escapes && b == '\\') {
                next += next + 1 < to && text[next + 1] == 'u' ? 6 : 2;
                inWord = false;
                inLocal = false;
                continue;
            }
            int candidates = beginning[b & 0xff];
            int found = candidates == 0 ? Detector.NONE : find(candidates);
            if (found != Detector.NONE) {
                return found;
            }
            inLocal = EmailAddresses.beginsLocal(b) || (inLocal && EmailAddresses.isLocal(b));
            if (b >= 0) {
                inWord = Glyphs.isLetterOrDigit(b);
                next++;
            } else {
                inWord = Glyphs.digit(text, next, to) >= 0;
                next += Glyphs.size(text, next, to);
            }
        }
        return Detector.NONE;
    }

    private int find(int candidates) {
        for (int i = 0; i < detectors.length; i++) {
            if ((candidates & 1 << i) != 0 && mayBeginHere(kinds.get(i))) {
                int behind = detectors[i].end(text, from, next, to);
                if (behind != Detector.NONE) {
                    start = next;
                    end = behind;
                    next = behind;
                    inWord = true;
                    inLocal = true;
                    return i;
                }
            }
        }
        return Detector.NONE;
    }

    private boolean mayBeginHere(ValueKind kind) {
        return switch (kind) {
            case EMAIL -> !inLocal;
            case PRIVATE_KEY -> true;
            case CARD_NUMBER, IBAN, PHONE, SSN_US, JWT -> !inWord;
        };
    }

    /** Where the value begins that was found last. */
    int start() {
        return start;
    }

    /** Where it ends. */
    int end() {
        return end;
    }
}
