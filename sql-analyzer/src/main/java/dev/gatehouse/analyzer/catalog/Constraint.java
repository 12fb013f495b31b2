package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Table;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the server compares when rows change: whether a command fails may tell of the values of these columns.
 *
 * @param table whose rows must keep it
 * @param sort what is compared
 * @param columns the columns of the table that take part
 * @param referred what the columns refer to; empty unless it is a reference
 */
public record Constraint(Table table, Sort sort, List<String> columns, Optional<Referred> referred) {

    /** What is compared. */
    public enum Sort {
        /** The columns of one row with each other, or what is computed of them is kept. */
        CHECK,
        /** The same columns of all rows. */
        UNIQUE,
        /** The columns of one row with those of another table. */
        REFERENCE
    }

    /**
     * The columns a reference refers to.
     *
     * @param cascades whether the rows that refer to one may change, or go, with it
     */
    public record Referred(Table table, List<String> columns, boolean cascades) {
        public Referred {
            columns = List.copyOf(columns);
        }
    }

    public Constraint {
        columns = List.copyOf(columns);
    }

    /**
     * The columns whose values decide whether a value can be put into a column.
     *
     * @param added whether it is that of a new row, which brings all other values of the row along
     */
    public Set<Column> comparedWith(Column written, boolean added) {
        boolean own = written.table().equals(table) && columns.contains(written.name());
        if (sort == Sort.CHECK) {
            Set<Column> others = own && !added ? all() : new LinkedHashSet<>();
            others.remove(written);
            return others;
        }
        return own || refersTo(written) ? all() : Set.of();
    }

    /** The columns whose values decide whether a row of a table can be removed. */
    public Set<Column> comparedWithout(Table removed) {
        return referred.isPresent() && referred.get().table().equals(removed) ? all() : Set.of();
    }

    /** Whether rows may change with the values of this column. */
    boolean cascadesFrom(Column written) {
        return refersTo(written) && referred.stream().anyMatch(Referred::cascades);
    }

    /** Whether rows may change, or go, with those of this table. */
    boolean cascadesFrom(Table removed) {
        return referred.filter(other -> other.cascades() && other.table().equals(removed))
                .isPresent();
    }

    private boolean refersTo(Column written) {
        return referred.isPresent()
                && referred.get().table().equals(written.table())
                && referred.get().columns().contains(written.name());
    }

    private Set<Column> all() {
        Set<Column> all = new LinkedHashSet<>();
        columns.forEach(name -> all.add(new Column(table, name)));
        referred.ifPresent(other -> other.columns().forEach(name -> all.add(new Column(other.table(), name))));
        return all;
    }
}
