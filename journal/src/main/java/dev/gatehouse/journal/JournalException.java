package dev.gatehouse.journal;

import org.jspecify.annotations.Nullable;

/** The journal could not be opened or read; the message says which part and what to do about it. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    JournalException(String message) {
        super(message);
    }

    JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
