package dev.gatehouse.gateway.command;

/** Ends a command with a message for the person who typed it, a hint, and an exit status. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ExitCode exit;
    private final String code;
    private final String hint;
    private final String id;

    /**
     * @param code a word for programs, such as {@code not_found}
     * @param message what is wrong, in one line
     * @param hint what to do; may be empty
     */
    public Failure(ExitCode exit, String code, String message, String hint) {
        this(exit, code, message, hint, "");
    }

    /** @param id what it is about: a request's or session's id; may be empty */
    public Failure(ExitCode exit, String code, String message, String hint, String id) {
        super(message);
        this.exit = exit;
        this.code = code;
        this.hint = hint;
        this.id = id;
    }

    /** The same, with what brought it about, for {@code -vv}. */
    public Failure because(Throwable cause) {
        initCause(cause);
        return this;
    }

    public ExitCode exit() {
        return exit;
    }

    public String code() {
        return code;
    }

    public String hint() {
        return hint;
    }

    public String id() {
        return id;
    }

    /** The message; never null, unlike its origin's. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
