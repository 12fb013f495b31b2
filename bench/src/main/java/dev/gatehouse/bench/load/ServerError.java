package dev.gatehouse.bench.load;

import java.io.IOException;

/** The server answered with an error where a measurement cannot go on. */
public final class ServerError extends IOException {

    private static final long serialVersionUID = 1L;

    private final String state;

    ServerError(String message) {
        this("", message);
    }

    ServerError(String state, String message) {
        super(state + " " + message);
        this.state = state;
    }

    /** Whether the server gave this SQLSTATE. */
    boolean is(String other) {
        return state.equals(other);
    }
}
