package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.firewall.statement.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a value may come from.
 *
 * @param columns the base columns
 * @param accounted whether these are all
 * @param whole whether it is a column's value as it stands there, and not computed from one
 */
public record Trace(Set<Column> columns, boolean accounted, boolean whole) {

    public static final Trace NONE = new Trace(Set.of(), true, true);
    public static final Trace UNKNOWN = new Trace(Set.of(), false, true);

    public Trace {
        columns = Set.copyOf(columns);
    }

    public static Trace of(Column column) {
        return new Trace(Set.of(column), true, true);
    }

    /** The trace of what may come from either. */
    public Trace and(Trace other) {
        if (other.accounted && other.columns.isEmpty()) {
            return this;
        }
        if (accounted && columns.isEmpty()) {
            return other;
        }
        Set<Column> union = new HashSet<>(columns);
        union.addAll(other.columns);
        return new Trace(union, accounted && other.accounted, whole && other.whole);
    }

    /** The trace of what is computed from this. */
    public Trace computed() {
        return whole && !columns.isEmpty() ? new Trace(columns, accounted, false) : this;
    }

    static Trace all(List<Trace> traces) {
        return traces.stream().reduce(NONE, Trace::and);
    }
}
