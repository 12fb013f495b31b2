package dev.gatehouse.gateway.settings;

/**
 * Something wrong with a file.
 *
 * @param code what kind of problem
 * @param file the file as people know it, relative to the server file's folder
 * @param line 1-based; 0 where it is about the whole file
 * @param column 1-based, in characters; 0 where it is about the whole line
 * @param length how many characters it is about
 * @param message what is wrong, and what to do
 * @param source the line's text; empty when no line is shown
 */
public record Problem(Code code, String file, int line, int column, int length, String message, String source) {

    public boolean isError() {
        return code.isError();
    }

    /** The same with another text of the line. */
    Problem showing(String text) {
        return text.equals(source) ? this : new Problem(code, file, line, column, length, message, text);
    }

    /** The problem as {@code gatehouse check} prints it: one line, and where it has a column, the source under it. */
    public String text() {
        String place = line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
        String first = "  " + (isError() ? "error " : "warn  ") + code.text() + " " + place + "  " + message;
        if (column == 0 || source.isEmpty()) {
            return first;
        }
        String margin = String.format("%8d | ", line);
        StringBuilder under = new StringBuilder(" ".repeat(margin.length()));
        int before = Math.min(column - 1, source.length());
        for (int i = 0; i < before; i++) {
            under.append(source.charAt(i) == '\t' ? '\t' : ' ');
        }
        under.append("^".repeat(Math.max(1, Math.min(length, source.length() - before))));
        return first + "\n" + margin + source + "\n" + under;
    }

    @Override
    public String toString() {
        return text();
    }
}
