package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/**
 * The answer of a command that lists things, in whatever format is wanted.
 *
 * @param kind the document's kind, such as {@code ApprovalList}
 * @param columns what the table and the CSV show
 * @param items the things themselves; each has an {@code id}
 */
record Listing(String kind, List<Column> columns, List<ObjectNode> items) {

    /**
     * A column of the table.
     *
     * @param title its heading
     * @param cell what it shows of an item
     * @param shrinks whether it is cut when the terminal is too narrow
     */
    record Column(String title, Function<ObjectNode, String> cell, boolean shrinks) {

        static Column of(String title, Function<ObjectNode, String> cell) {
            return new Column(title, cell, false);
        }

        static Column shrinking(String title, Function<ObjectNode, String> cell) {
            return new Column(title, cell, true);
        }

        /** Shows a field as it is. */
        static Column field(String title, String field) {
            return of(title, item -> item.path(field).asText());
        }

        /** Shows a time to the millisecond. */
        static Column time(String title, String field) {
            return of(title, item -> item.path(field).asText().replaceFirst("(\\.[0-9]{3})?[0-9]*Z$", "$1Z"));
        }
    }
}
