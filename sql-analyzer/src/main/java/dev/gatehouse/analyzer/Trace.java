package dev.gatehouse.analyzer;

import dev.gatehouse.firewall.statement.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a value may come from.
 *
 * @param columns the base columns
 * @param accounted whether these are all
 */
record Trace(Set<Column> columns, boolean accounted) {

    static final Trace NONE = new Trace(Set.of(), true);
    static final Trace UNKNOWN = new Trace(Set.of(), false);

    Trace {
        columns = Set.copyOf(columns);
    }

    static Trace of(Column column) {
        return new Trace(Set.of(column), true);
    }

    Trace and(Trace other) {
        if (other.accounted && other.columns.isEmpty()) {
            return this;
        }
        if (accounted && columns.isEmpty()) {
            return other;
        }
        Set<Column> union = new HashSet<>(columns);
        union.addAll(other.columns);
        return new Trace(union, accounted && other.accounted);
    }

    static Trace all(List<Trace> traces) {
        return traces.stream().reduce(NONE, Trace::and);
    }
}
