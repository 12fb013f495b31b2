package dev.gatehouse.analyzer.lineage;

import java.util.Locale;
import java.util.Set;

/**
 * How a dialect finds what a name means.
 *
 * @param columnsIgnoreCase whether column names that differ in case alone are the same
 * @param tablesIgnoreCase whether names and aliases of tables that differ in case alone are the same
 * @param wholeRows whether a table's name as a value is its whole row
 * @param aliasesAreSeen whether HAVING, GROUP BY, ORDER BY and inner queries see the names of a query's result columns
 * @param valuesSeeTarget whether the values of an INSERT may name columns of its target
 * @param figured whether a result column without an alias is named after a column or function in it, and not after its
 *     text
 * @param sharedAsInFirst whether the columns that NATURAL or USING joins by come in the order of the join's first table and
 *     not of USING's list, the first table of a RIGHT JOIN being the right one
 * @param withSeesLater whether a query of WITH RECURSIVE sees those after it
 * @param computingFails whether what cannot be computed is an error, and not null and a warning
 * @param systemColumns columns that every table has and that hold no data
 * @param keyColumns names every table has for a key of its own
 */
public record Rules(
        boolean columnsIgnoreCase,
        boolean tablesIgnoreCase,
        boolean wholeRows,
        boolean aliasesAreSeen,
        boolean valuesSeeTarget,
        boolean figured,
        boolean sharedAsInFirst,
        boolean withSeesLater,
        boolean computingFails,
        Set<String> systemColumns,
        Set<String> keyColumns) {

    /** PostgreSQL's, whose lexer has folded names already. */
    public static final Rules POSTGRESQL = new Rules(
            false,
            false,
            true,
            false,
            false,
            true,
            false,
            true,
            true,
            Set.of("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"),
            Set.of());

    public Rules {
        systemColumns = Set.copyOf(systemColumns);
        keyColumns = Set.copyOf(keyColumns);
    }

    /**
     * MySQL's.
     *
     * @param tablesIgnoreCase by {@code lower_case_table_names}
     * @param mariaDb whether it is MariaDB's
     */
    public static Rules mysql(boolean tablesIgnoreCase, boolean mariaDb) {
        return new Rules(
                true, tablesIgnoreCase, false, true, true, false, true, mariaDb, false, Set.of(), Set.of("_rowid"));
    }

    boolean sameColumn(String one, String other) {
        return columnsIgnoreCase ? one.equalsIgnoreCase(other) : one.equals(other);
    }

    /**
     * Whether a name may mean this column. One whose name is uncertain may be meant by any, but where it is named by the text
     * of its expression, in which there is more than a word.
     */
    boolean mayBe(Rowset.Field field, String name) {
        boolean uncertain = field.name().equals(Rowset.UNNAMED) && (figured || !isWord(name));
        return uncertain || sameColumn(field.name(), name);
    }

    private static boolean isWord(String name) {
        return name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '$');
    }

    boolean sameTable(String one, String other) {
        return tablesIgnoreCase ? one.equalsIgnoreCase(other) : one.equals(other);
    }

    /** What the name of a table is found by. */
    String tableKey(String name) {
        return tablesIgnoreCase ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** What the column of a VALUES at this place, from 0, is called. */
    String valueName(int place) {
        return figured ? "column" + (place + 1) : "column_" + place;
    }
}
