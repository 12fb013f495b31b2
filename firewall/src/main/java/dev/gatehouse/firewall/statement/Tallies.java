package dev.gatehouse.firewall.statement;

import java.util.Locale;
import java.util.Set;

/**
 * The columns in which MySQL and MariaDB say how many and how long the values of a table are, or what becomes of all of them
 * together, by their names in {@code information_schema} and in {@code SHOW}.
 */
public final class Tallies {

    private static final Set<String> NAMES = Set.of(
            "auto_increment",
            "avg_row_length",
            "cardinality",
            "checksum",
            "data_free",
            "data_length",
            "index_length",
            "rows",
            "table_rows");

    private Tallies() {}

    /** Whether a column of a relation that tells of objects is one, in any spelling. */
    public static boolean contains(String column) {
        return NAMES.contains(column.toLowerCase(Locale.ROOT));
    }
}
