package dev.gatehouse.gateway.settings;

/** The kinds of problem a file may have. The codes are a promise: a script may look for them. */
public enum Code {
    UNREADABLE("E200"),
    SYNTAX("E201"),
    DUPLICATE_KEY("E202"),
    UNKNOWN_KEY("E203"),
    MISSING_KEY("E204"),
    WRONG_TYPE("E205"),
    BAD_VALUE("E206"),
    DUPLICATE_NAME("E207"),
    MERGE_KEY("E208"),
    VARIABLE("E210"),
    SECRET_MODE("E211"),
    SECRET_FILE("E212"),
    UNKNOWN_WORD("E214"),
    UNKNOWN_NAME("E215"),
    NO_POLICY("E216"),
    CONTRADICTION("E217"),
    CLEAR_TEXT("E218"),
    NOT_IN_RELEASE("E230"),
    MASK_TYPE("E240"),
    NO_CATALOG("E241"),
    LITERAL_SECRET("W102"),
    LITERAL_SECRET_STRICT("W102", true),
    IGNORED_FILE("W104"),
    IGNORED("W130"),
    NEVER_DECIDES("W310"),
    NOBODY("W311"),
    MATCHES_NOTHING("W312"),
    NO_TLS("W313");

    private final String text;
    private final boolean error;

    Code(String text) {
        this(text, text.charAt(0) == 'E');
    }

    Code(String text, boolean error) {
        this.text = text;
        this.error = error;
    }

    /** As people see it. */
    public String text() {
        return text;
    }

    /** Whether it keeps a configuration from being loaded. */
    public boolean isError() {
        return error;
    }
}
