package dev.gatehouse.gateway.admin;

/** A request that gets an error for an answer. Carries no stack trace, since any caller can cause one. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The kinds of error, in the words of the API, each with its HTTP status. */
    enum Code {
        BAD_REQUEST(400),
        NOT_FOUND(404),
        METHOD_NOT_ALLOWED(405),
        NOT_PERMITTED(403),
        CLOSED(409),
        COMMENT_REQUIRED(422),
        CODE_MISMATCH(412),
        JOURNAL(503),
        INTERNAL(500);

        final int status;

        Code(int status) {
            this.status = status;
        }
    }

    final transient Code code;
    final transient String hint;
    final transient String id;

    Problem(Code code, String message, String hint, String id) {
        super(message, null, false, false);
        this.code = code;
        this.hint = hint;
        this.id = id;
    }
}
