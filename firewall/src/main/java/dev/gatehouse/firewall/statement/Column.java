package dev.gatehouse.firewall.statement;

/**
 * A column of a base table: where values come from in the end, through views and expressions.
 *
 * @param table the base table
 * @param name the column's name, as the catalog spells it
 */
public record Column(Table table, String name) {

    /** Stands for columns that could not be told: whatever a function of unknown body or the like may have read. */
    public static final Column UNKNOWN = of(Table.UNKNOWN, Table.UNKNOWN, Table.UNKNOWN);

    public static Column of(String schema, String table, String name) {
        return new Column(new Table(schema, table), name);
    }

    @Override
    public String toString() {
        return table + "." + name;
    }
}
