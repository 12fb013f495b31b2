package dev.gatehouse.analyzer.lexer;

/** Says what in a text is not understood. A client can cause it at will, so it carries no stack trace. */
public final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int position;
    private final boolean malformed;

    /**
     * Ends the reading of a text.
     *
     * @param reason for the person who reads the refusal; quotes no literals
     * @param position 1-based character offset; 0 where there is no one place
     */
    public Unreadable(String reason, int position) {
        this(reason, position, false);
    }

    private Unreadable(String reason, int position, boolean malformed) {
        super(reason, null, false, false);
        this.position = position;
        this.malformed = malformed;
    }

    /** Ends the reading of a text that no server could cut into tokens either, and of which nothing can be told. */
    public static Unreadable malformed(String reason, int position) {
        return new Unreadable(reason, position, true);
    }

    /** Whether the text is no statement at all, and not only one that is not read here. */
    public boolean isMalformed() {
        return malformed;
    }

    public int position() {
        return position;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
