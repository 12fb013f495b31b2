package dev.gatehouse.firewall.statement;

/**
 * A column of a base table: where values come from in the end, through views and expressions.
 *
 * @param table the base table
 * @param name the column's name, as the catalog spells it
 */
public record Column(Table table, String name) {

    public static Column of(String schema, String table, String name) {
        return new Column(new Table(schema, table), name);
    }

    @Override
    public String toString() {
        return table + "." + name;
    }
}
