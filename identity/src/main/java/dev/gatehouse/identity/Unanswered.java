package dev.gatehouse.identity;

import java.io.IOException;

/** A provider did not answer, or not as it must. */
public final class Unanswered extends IOException {
    private static final long serialVersionUID = 1;

    Unanswered(String message) {
        super(message);
    }

    Unanswered(String message, Throwable cause) {
        super(message, cause);
    }

    /** What is wrong; never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
