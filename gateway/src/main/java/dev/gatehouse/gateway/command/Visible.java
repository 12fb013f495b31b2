package dev.gatehouse.gateway.command;

/**
 * Makes text from elsewhere safe and honest on a terminal: whatever would not be seen, or would move the cursor or turn the
 * writing direction, is drawn as its code point.
 */
public final class Visible {

    private Visible() {}

    /** For one line: line breaks are drawn too. */
    public static String line(String text) {
        return draw(text, false);
    }

    /** For a block: line breaks and tabs stay. */
    public static String block(String text) {
        return draw(text, true);
    }

    private static String draw(String text, boolean keepsLayout) {
        StringBuilder drawn = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (keepsLayout && (point == '\n' || point == '\t')) {
                drawn.appendCodePoint(point);
            } else if (point == '\n') {
                drawn.append('⏎');
            } else if (point == '\t') {
                drawn.append(' ');
            } else if (isVisible(point)) {
                drawn.appendCodePoint(point);
            } else {
                drawn.append(String.format("⟨U+%04X⟩", point));
            }
        });
        return drawn.toString();
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }
}
