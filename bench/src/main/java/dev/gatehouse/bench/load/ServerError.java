package dev.gatehouse.bench.load;

import java.io.IOException;

/** The server answered with an error where a measurement cannot go on. */
public final class ServerError extends IOException {

    private static final long serialVersionUID = 1L;

    ServerError(String message) {
        super(message);
    }
}
