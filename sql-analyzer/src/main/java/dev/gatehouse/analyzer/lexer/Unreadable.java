package dev.gatehouse.analyzer.lexer;

/** Says what in a text is not understood. A client can cause it at will, so it carries no stack trace. */
public final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int position;

    /**
     * Ends the reading of a text.
     *
     * @param reason for the person who reads the refusal; quotes no literals
     * @param position 1-based character offset; 0 where there is no one place
     */
    public Unreadable(String reason, int position) {
        super(reason, null, false, false);
        this.position = position;
    }

    public int position() {
        return position;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
