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
 * @param sure whether it is come by without anything that may fail, or do more than give a value
 */
public record Trace(Set<Column> columns, boolean accounted, boolean whole, boolean sure) {

    public static final Trace NONE = new Trace(Set.of(), true, true, true);
    public static final Trace UNKNOWN = new Trace(Set.of(), false, true, true);

    public Trace {
        columns = Set.copyOf(columns);
    }

    public static Trace of(Column column) {
        return new Trace(Set.of(column), true, true, true);
    }

    /** The trace of what may come from either. */
    public Trace and(Trace other) {
        if (other.accounted && other.columns.isEmpty()) {
            return other.sure ? this : unsure();
        }
        if (accounted && columns.isEmpty()) {
            return sure ? other : other.unsure();
        }
        Set<Column> union = new HashSet<>(columns);
        union.addAll(other.columns);
        return new Trace(union, accounted && other.accounted, whole && other.whole, sure && other.sure);
    }

    /** The trace of what is computed from this. */
    public Trace computed() {
        return whole && !columns.isEmpty() ? new Trace(columns, accounted, false, sure) : this;
    }

    /** The trace of the same by way of something that may fail. */
    Trace unsure() {
        return sure ? new Trace(columns, accounted, whole, false) : this;
    }

    static Trace all(List<Trace> traces) {
        return traces.stream().reduce(NONE, Trace::and);
    }
}
