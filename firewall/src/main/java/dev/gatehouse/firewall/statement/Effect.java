package dev.gatehouse.firewall.statement;

/**
 * One thing a statement does, with the place in the text that says so.
 *
 * <p>Positions are 1-based character offsets into the statement's text as the client sent it; 0 where no one place says
 * it. An analysis that was recalled for a text of the same shape may carry the positions of the text it was made from.
 */
public sealed interface Effect {

    /** Where the text says it. */
    int position();

    /** Reads rows of a table (or only its definition). */
    record Reads(Table table, int position) implements Effect {}

    /** Changes rows of a table, or the table itself. */
    record Writes(Table table, int position) implements Effect {}

    /**
     * Uses the values of a column.
     *
     * @param column the base column
     * @param use what becomes of its values
     */
    record Uses(Column column, Use use, int position) implements Effect {}

    /**
     * Calls a function.
     *
     * @param name lower case; qualified as written unless the schema is {@code pg_catalog}
     */
    record Calls(String name, int position) implements Effect {}

    /** What becomes of a column's values. */
    enum Use {
        /** They flow into the result's rows, where they can be masked. */
        RESULT,
        /** They decide which rows or in which order: WHERE, JOIN, ORDER BY, GROUP BY, HAVING, DISTINCT, window clauses. */
        PREDICATE,
        /** They flow where rows cannot be masked: into another table, a COPY, a variable, a message. */
        CARRIED,
        /** They are only counted or tested for presence, which tells nothing of a single value: {@code count(email)}. */
        COUNTED,
        /** They are written. */
        WRITTEN
    }
}
