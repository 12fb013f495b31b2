package dev.gatehouse.gateway.noninterference;

import java.util.List;

/**
 * Statements that are sent one after the other in one session, and that leave it and its database as they found them.
 *
 * @param form in which form they are sent and answered
 */
public record Script(List<String> statements, Form form) {

    /** How a statement is sent. */
    public enum Form {
        /** As text, and answered in text. */
        SIMPLE,
        /** Prepared, and answered in text. */
        PREPARED,
        /** Prepared, and answered in binary form. */
        BINARY
    }

    public Script {
        statements = List.copyOf(statements);
    }

    /** The statements as text. */
    public static Script of(String... statements) {
        return new Script(List.of(statements), Form.SIMPLE);
    }

    /** The same in another form. */
    public Script in(Form other) {
        return new Script(statements, other);
    }

    @Override
    public String toString() {
        return form + ": " + String.join("; ", statements);
    }
}
