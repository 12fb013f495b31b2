package dev.gatehouse.journal;

/** Makes text of strangers safe to show on a terminal. */
public final class TerminalText {

    private TerminalText() {}

    /**
     * The text on one line, with everything that a terminal would act upon, or that would not be seen, written as an
     * escape: control characters, line ends, characters that turn the direction of writing or have no width, and halves
     * of surrogate pairs.
     */
    public static String neutral(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> append(out, c));
        return out.toString();
    }

    private static void append(StringBuilder out, int c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (!isShown(c)) {
                    out.append(c < 0x100 ? String.format("\\x%02x", c) : String.format("\\u{%x}", c));
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }

    private static boolean isShown(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE
                && type != Character.PRIVATE_USE
                && type != Character.UNASSIGNED;
    }
}
