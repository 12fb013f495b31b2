package dev.gatehouse.console.page;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;

/**
 * Finds characters that a reader takes for others: letters of other scripts in a word of Latin ones, words made wholly of
 * letters that look Latin, variants of ASCII characters, and signs that look like SQL's own.
 */
final class LookAlikes {

    private static final int ASCII = 0x80;
    private static final int LATIN_EXTENDED_B = 0x180;
    private static final int DOTLESS_I = 0x131;

    /** Letters of Cyrillic, Greek and Armenian that are drawn as Latin ones. */
    private static final String LATIN_LOOKING = "АВЕЅІЈКМНОРСТУХԌԚԜаеѕіјорсухһԁԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧϜαινορυϲϳօսՕՍհոցզ";

    /** Signs that look like quotes, dashes, slashes, semicolons or commas. */
    private static final String SIGNS =
            "\u00ab\u00bb\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u2010\u2011\u2012\u2013\u2014\u2015\u2018\u2019"
                    + "\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u2035\u2036\u2039\u203a\u2043\u2044\u2212\u2215\u2216"
                    + "\u2217\u2223\u2236\u29f5\u29f8\u066a\u060c\u061b\u0589\u05c3\u05f3\u05f4\ua789\ua78c\u01c0\u01c3";

    private LookAlikes() {}

    /** For each index of a text's characters whether one begins there that looks like another. */
    static boolean[] in(String text) {
        boolean[] alike = new boolean[text.length()];
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            if (isOfWord(point)) {
                at = word(text, at, alike);
            } else {
                alike[at] = point >= ASCII && (SIGNS.indexOf(point) >= 0 || isVariant(point));
                at += Character.charCount(point);
            }
        }
        return alike;
    }

    /** Looks at the word that begins at an index; answers where it ends. */
    private static int word(String text, int begin, boolean[] alike) {
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        boolean looksLatin = true;
        int end = begin;
        while (end < text.length() && isOfWord(text.codePointAt(end))) {
            int point = text.codePointAt(end);
            UnicodeScript script = UnicodeScript.of(point);
            if (script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED) {
                scripts.add(script);
                looksLatin &= LATIN_LOOKING.indexOf(point) >= 0;
            }
            end += Character.charCount(point);
        }
        boolean mixed = scripts.contains(UnicodeScript.LATIN) && scripts.size() > 1;
        for (int at = begin; at < end; ) {
            int point = text.codePointAt(at);
            boolean isLatin = UnicodeScript.of(point) == UnicodeScript.LATIN;
            alike[at] = point >= ASCII
                    && (isVariant(point)
                            || SIGNS.indexOf(point) >= 0
                            || (isLatin ? isRareLatin(point) : mixed || (looksLatin && !scripts.isEmpty())));
            at += Character.charCount(point);
        }
        return end;
    }

    private static boolean isOfWord(int point) {
        return Character.isLetterOrDigit(point) || point == '_';
    }

    /** Whether it stands for ASCII characters in another form: wide, mathematical, raised, a digit of another script. */
    private static boolean isVariant(int point) {
        if (Character.isDigit(point)) {
            return true;
        }
        String plain = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
        return plain.codePoints().allMatch(c -> c < ASCII);
    }

    private static boolean isRareLatin(int point) {
        return point == DOTLESS_I || (point >= LATIN_EXTENDED_B && !(point >= 0x1E00 && point <= 0x1EFF));
    }
}
