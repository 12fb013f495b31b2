package dev.gatehouse.analyzer.lexer;

import java.util.Arrays;

/**
 * The text the parser is given: one line, only plain quoted names, no literal's value, nothing the client wrote taken
 * over as it is. Remembers where in the original each piece stood.
 */
public final class CanonicalText {

    private final StringBuilder text = new StringBuilder();
    private int[] columns = new int[64];
    private int[] positions = new int[64];
    private int pieces;

    /** Appends a key word, a literal or a mark. */
    public CanonicalText plain(String piece, int position) {
        note(position);
        text.append(piece).append(' ');
        return this;
    }

    /** Appends a key word that stands nowhere in the original. */
    public CanonicalText plain(String piece) {
        text.append(piece).append(' ');
        return this;
    }

    /** Appends a quoted name. */
    public CanonicalText name(String name, int position) {
        note(position);
        text.append('"').append(name.replace("\"", "\"\"")).append("\" ");
        return this;
    }

    public CanonicalText name(Token token) {
        return name(token.text(), token.position());
    }

    /** Appends another text whole. */
    public CanonicalText append(CanonicalText other) {
        int shift = text.length();
        for (int i = 0; i < other.pieces; i++) {
            note(other.columns[i] + shift, other.positions[i]);
        }
        text.append(other.text);
        return this;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    private void note(int position) {
        note(text.length(), position);
    }

    private void note(int column, int position) {
        if (pieces == columns.length) {
            columns = Arrays.copyOf(columns, pieces * 2);
            positions = Arrays.copyOf(positions, pieces * 2);
        }
        columns[pieces] = column;
        positions[pieces] = position;
        pieces++;
    }

    /**
     * Where in the original a column of this text stood.
     *
     * @param column 1-based, as the parser counts
     * @return a 1-based character offset; 0 when it stood nowhere
     */
    public int original(int column) {
        int found = Arrays.binarySearch(columns, 0, pieces, column - 1);
        int index = found >= 0 ? found : -found - 2;
        return index < 0 ? 0 : positions[index];
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
