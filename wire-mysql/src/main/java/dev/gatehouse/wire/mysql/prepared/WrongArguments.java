package dev.gatehouse.wire.mysql.prepared;

/** An execution that a server refuses as it cannot know its values; the session goes on. Carries no stack trace, as a client can cause it at will. */
public final class WrongArguments extends RuntimeException {

    private static final long serialVersionUID = 1;

    public WrongArguments(String message) {
        super(message, null, false, false);
    }
}
