package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Table;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the columns whose values decide whether rows can change, with all that changes along with them. */
public final class Compared {

    private final Snapshot snapshot;
    private final Set<Column> columns = new LinkedHashSet<>();
    private final Set<Column> changed = new HashSet<>();
    private final Set<Table> shortened = new HashSet<>();

    private Compared(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * The columns whose values decide whether a value can be put into a column.
     *
     * @param added whether it is that of a new row
     */
    public static Set<Column> with(Column written, boolean added, Snapshot snapshot) {
        Compared compared = new Compared(snapshot);
        compared.put(written, added);
        return compared.columns;
    }

    /** The columns whose values decide whether a row of a table can be removed. */
    public static Set<Column> without(Table removed, Snapshot snapshot) {
        Compared compared = new Compared(snapshot);
        compared.remove(removed);
        return compared.columns;
    }

    private void put(Column written, boolean added) {
        if (!changed.add(written)) {
            return;
        }
        for (Constraint constraint : snapshot.constraints(written.table())) {
            columns.addAll(constraint.comparedWith(written, added));
            if (!added && constraint.cascadesFrom(written)) {
                follow(constraint);
            }
        }
    }

    private void remove(Table removed) {
        if (!shortened.add(removed)) {
            return;
        }
        for (Constraint constraint : snapshot.constraints(removed)) {
            columns.addAll(constraint.comparedWithout(removed));
            if (constraint.cascadesFrom(removed)) {
                follow(constraint);
                remove(constraint.table());
            }
        }
    }

    /** The rows that refer to another are given other values. */
    private void follow(Constraint reference) {
        reference.columns().forEach(name -> put(new Column(reference.table(), name), false));
    }
}
