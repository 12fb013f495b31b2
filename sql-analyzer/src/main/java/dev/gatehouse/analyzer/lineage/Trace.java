package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.firewall.statement.Column;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a value may come from.
 *
 * @param columns the base columns
 * @param accounted whether these are all
 * @param whole whether it is a column's value as it stands there, and not computed from one
 * @param sure whether it is come by without anything that may fail, or do more than give a value
 * @param path what values have come through on the way, the first of it first; for people, and no part of what a trace is
 */
public record Trace(Set<Column> columns, boolean accounted, boolean whole, boolean sure, Set<String> path) {

    /** More is not told. */
    private static final int LONGEST_PATH = 10;

    public static final Trace NONE = new Trace(Set.of(), true, true, true);
    public static final Trace UNKNOWN = new Trace(Set.of(), false, true, true);

    public Trace {
        columns = Set.copyOf(columns);
    }

    /** A trace that has come through nothing yet. */
    public Trace(Set<Column> columns, boolean accounted, boolean whole, boolean sure) {
        this(columns, accounted, whole, sure, Set.of());
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
        return new Trace(
                union,
                accounted && other.accounted,
                whole && other.whole,
                sure && other.sure,
                joined(path, other.path));
    }

    /** The trace of what is computed from this. */
    public Trace computed() {
        return whole && !columns.isEmpty() ? new Trace(columns, accounted, false, sure, path) : this;
    }

    /** The trace of the same by way of something that may fail. */
    Trace unsure() {
        return sure ? new Trace(columns, accounted, whole, false, path) : this;
    }

    /** The trace of the same by way of something that has a name: {@code view public.contacts}. */
    public Trace by(String step) {
        boolean told = path.contains(step) || path.size() >= LONGEST_PATH;
        return told || (accounted && columns.isEmpty())
                ? this
                : new Trace(columns, accounted, whole, sure, joined(path, Set.of(step)));
    }

    private static Set<String> joined(Set<String> one, Set<String> other) {
        if (other.isEmpty() || one.equals(other)) {
            return one;
        }
        Set<String> both = new LinkedHashSet<>(one);
        other.stream().limit(Math.max(0, LONGEST_PATH - both.size())).forEach(both::add);
        return Collections.unmodifiableSet(both);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Trace trace
                && columns.equals(trace.columns)
                && accounted == trace.accounted
                && whole == trace.whole
                && sure == trace.sure;
    }

    @Override
    public int hashCode() {
        return Objects.hash(columns, accounted, whole, sure);
    }

    static Trace all(List<Trace> traces) {
        return traces.stream().reduce(NONE, Trace::and);
    }
}
