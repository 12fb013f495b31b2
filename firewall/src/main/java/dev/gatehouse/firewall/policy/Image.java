package dev.gatehouse.firewall.policy;

import org.jspecify.annotations.Nullable;

/** Tells whether a value may be what a transform has made of another. */
final class Image {

    private static final String DOT = "•";
    private static final String STARS = "***";
    private static final int TOKEN_DIGITS = 32;
    private static final int CARD_DIGITS = 4;

    private Image() {}

    /** Whether what it makes cannot be told from values that nothing was made of. */
    static boolean isLikeReal(Transform transform) {
        return transform instanceof Transform.FormatPreserving
                || transform instanceof Transform.Bucket
                || transform instanceof Transform.TruncateDate
                || transform instanceof Transform.Noise
                || (transform instanceof Transform.Partial partial
                        && partial.fill().isEmpty());
    }

    /**
     * Whether a transform may have made this.
     *
     * @param value null for SQL's NULL
     */
    static boolean isOf(Transform transform, @Nullable String value) {
        if (value == null) {
            return transform instanceof Transform.SetNull;
        }
        String shown = value.stripTrailing(); // A column of fixed length pads.
        if (transform instanceof Transform.Redact redact) {
            return shown.equals(redact.text().stripTrailing());
        }
        if (transform instanceof Transform.CardLast4) {
            String rest = shown.replace(DOT, "");
            return !rest.equals(shown) && rest.length() <= CARD_DIGITS && isOf(rest, "0123456789");
        }
        if (transform instanceof Transform.Hash hash) {
            return shown.length() == hash.length() && isHexadecimal(shown);
        }
        if (transform instanceof Transform.Tokenize tokenize) {
            return shown.length() == tokenize.prefix().length() + TOKEN_DIGITS
                    && shown.startsWith(tokenize.prefix())
                    && isHexadecimal(shown.substring(tokenize.prefix().length()));
        }
        if (transform instanceof Transform.Partial partial) {
            return isPartial(partial, shown);
        }
        return transform instanceof Transform.Email email && isEmail(email.keep(), shown);
    }

    private static boolean isHexadecimal(String text) {
        return isOf(text, "0123456789abcdef");
    }

    private static boolean isOf(String text, String characters) {
        return text.chars().allMatch(c -> characters.indexOf(c) >= 0);
    }

    /** Fill alone, or fill between as many characters as are kept. */
    private static boolean isPartial(Transform.Partial partial, String shown) {
        if (isFill(partial.fill(), shown)) {
            return true;
        }
        int points = shown.codePointCount(0, shown.length());
        if (points <= partial.first() + partial.last()) {
            return false;
        }
        int from = shown.offsetByCodePoints(0, partial.first());
        int to = shown.offsetByCodePoints(shown.length(), -partial.last());
        return isFill(partial.fill(), shown.substring(from, to));
    }

    private static boolean isFill(String fill, String text) {
        int times = text.length() / fill.length();
        return times > 0 && text.equals(fill.repeat(times));
    }

    /** Three stars, behind the first letter or not, and maybe before a domain. */
    private static boolean isEmail(Transform.Email.Keep keep, String shown) {
        int at = shown.lastIndexOf('@');
        String name = keep == Transform.Email.Keep.DOMAIN && at >= 0 ? shown.substring(0, at) : shown;
        if (!name.endsWith(STARS)) {
            return false;
        }
        int kept = name.codePointCount(0, name.length() - STARS.length());
        return kept == 0 || (kept == 1 && keep != Transform.Email.Keep.NONE);
    }
}
