package dev.gatehouse.console.api;

/** A request that gets an error for an answer. Carries no stack trace, since any caller can cause one. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The kinds of error, in the words of the API, each with its HTTP status. */
    public enum Code {
        BAD_REQUEST(400),
        NOT_SIGNED_IN(401),
        NOT_PERMITTED(403),
        NOT_FOUND(404),
        METHOD_NOT_ALLOWED(405),
        CLOSED(409),
        CODE_MISMATCH(412),
        COMMENT_REQUIRED(422),
        TOO_MANY(429),
        INTERNAL(500),
        JOURNAL(503),
        STORE(503),
        BUSY(503);

        private final int status;

        Code(int status) {
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }

    private final transient Code code;
    private final transient String hint;
    private final transient String id;

    /**
     * @param message what was wrong, in one line
     * @param hint what to do; may be empty
     * @param id the request it is about; may be empty
     */
    public Problem(Code code, String message, String hint, String id) {
        super(message, null, false, false);
        this.code = code;
        this.hint = hint;
        this.id = id;
    }

    public Code code() {
        return code;
    }

    /** What was wrong. */
    public String message() {
        return String.valueOf(getMessage());
    }

    public String hint() {
        return hint;
    }

    public String id() {
        return id;
    }
}
