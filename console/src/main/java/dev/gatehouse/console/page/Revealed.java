package dev.gatehouse.console.page;

import java.util.Locale;

/**
 * Writes a text so that it is seen for what it is. What would not be seen, or would turn the writing direction, is drawn as its
 * code point in a box; a character that only looks like another one is marked, with its name.
 */
final class Revealed {

    private Revealed() {}

    /** Writes a text between tags. Line breaks and tabs stay. */
    static void marked(StringBuilder page, String text) {
        boolean[] alike = LookAlikes.in(text);
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            if (!isSeen(point)) {
                page.append("<span class=\"odd\" title=\"")
                        .append(name(point))
                        .append("\">")
                        .append(code(point))
                        .append("</span>");
            } else if (alike[at]) {
                page.append("<mark class=\"alike\" title=\"")
                        .append(code(point))
                        .append(' ')
                        .append(name(point))
                        .append("\">");
                page.appendCodePoint(point);
                page.append("</mark>");
            } else {
                escape(page, point);
            }
            at += Character.charCount(point);
        }
    }

    /** Writes a text where there can be no tags: in an attribute, a title, a field. */
    static void plain(StringBuilder page, String text) {
        text.codePoints().forEach(point -> {
            if (isSeen(point)) {
                escape(page, point);
            } else {
                page.append('⟨').append(code(point)).append('⟩');
            }
        });
    }

    /** How many characters of a text are drawn as code points, and how many are marked. */
    static int[] count(String text) {
        int hidden = 0;
        int marked = 0;
        boolean[] alike = LookAlikes.in(text);
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            hidden += isSeen(point) ? 0 : 1;
            marked += isSeen(point) && alike[at] ? 1 : 0;
            at += Character.charCount(point);
        }
        return new int[] {hidden, marked};
    }

    private static boolean isSeen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point == '\n' || point == '\t';
            case Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> !isBlank(point);
        };
    }

    /** Letters and signs that are drawn as nothing: fillers, the braille blank, and what stands for a lost character. */
    private static boolean isBlank(int point) {
        return point == 0x115F
                || point == 0x1160
                || point == 0x3164
                || point == 0xFFA0
                || point == 0x2800
                || point == 0xFFFD;
    }

    private static String code(int point) {
        return String.format(Locale.ROOT, "U+%04X", point);
    }

    private static String name(int point) {
        String name = Character.getName(point);
        return name == null ? "no character" : name;
    }

    private static void escape(StringBuilder page, int point) {
        switch (point) {
            case '&' -> page.append("&amp;");
            case '<' -> page.append("&lt;");
            case '>' -> page.append("&gt;");
            case '"' -> page.append("&quot;");
            case '\'' -> page.append("&#39;");
            default -> page.appendCodePoint(point);
        }
    }
}
