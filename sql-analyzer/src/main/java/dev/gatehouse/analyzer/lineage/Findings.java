package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command.Change;
import dev.gatehouse.firewall.statement.Command.Where;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Table;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found out about one command so far. */
public final class Findings {

    private static final List<Where> WORST_LAST =
            List.of(Where.NOT_APPLICABLE, Where.PRESENT, Where.ALWAYS_TRUE, Where.MISSING);

    private static final Comparator<Column> BY_NAME = Comparator.comparing(
                    (Column column) -> column.table().schema())
            .thenComparing(column -> column.table().name())
            .thenComparing(Column::name);

    private final Set<Effect> effects = new LinkedHashSet<>();
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    private final Set<Change> changes = EnumSet.noneOf(Change.class);
    private Where where = Where.NOT_APPLICABLE;
    private boolean complete = true;
    private boolean exact;
    private boolean missing;

    /** The same findings, for what may be taken back. */
    Findings copy() {
        Findings copy = new Findings();
        copy.take(this);
        return copy;
    }

    /** Forgets everything for what another has found. */
    void reset(Findings other) {
        effects.clear();
        kinds.clear();
        changes.clear();
        take(other);
    }

    private void take(Findings other) {
        effects.addAll(other.effects);
        kinds.addAll(other.kinds);
        changes.addAll(other.changes);
        where = other.where;
        complete = other.complete;
        exact = other.exact;
        missing = other.missing;
    }

    public void kind(Kind kind) {
        kinds.add(kind);
    }

    public void add(Effect effect) {
        effects.add(effect);
    }

    public void reads(Table table, int position) {
        effects.add(new Effect.Reads(table, position));
    }

    public void writes(Table table, int position) {
        effects.add(new Effect.Writes(table, position));
    }

    void calls(Routine routine, int position) {
        effects.add(new Effect.Calls(routine.name(), routine.volatility(), routine.own(), position));
    }

    public void uses(Column column, Use use, int position) {
        effects.add(new Effect.Uses(column, use, position));
    }

    /** Notes what becomes of values. */
    public void uses(Trace trace, Mode mode, int position) {
        Use use = mode.use();
        if (use != null) {
            ordered(trace).forEach(column -> uses(column, use, position));
            if (!trace.accounted() && (use.decides() || use == Use.CARRIED)) {
                uses(Column.UNKNOWN, use, position);
            }
        }
    }

    /** Notes that whether the command fails may depend on values. */
    void tests(Trace trace, int position) {
        ordered(trace).forEach(column -> effects.add(new Effect.Tests(column, position)));
        if (!trace.accounted()) {
            effects.add(new Effect.Tests(Column.UNKNOWN, position));
        }
    }

    /** In an order that is the same each time: the first that is refused is told. */
    private static Collection<Column> ordered(Trace trace) {
        return trace.columns().size() < 2
                ? trace.columns()
                : trace.columns().stream().sorted(BY_NAME).toList();
    }

    /** How many effects there are so far. */
    int count() {
        return effects.size();
    }

    /** The tables that were found to be read since there were so many effects. */
    Set<Table> readSince(int count) {
        Set<Table> tables = new LinkedHashSet<>();
        effects.stream().skip(count).forEach(effect -> {
            if (effect instanceof Effect.Reads reads) {
                tables.add(reads.table());
            }
        });
        return tables;
    }

    boolean usesValuesOf(Table table) {
        return effects.stream()
                .anyMatch(e -> e instanceof Effect.Uses uses
                        && uses.use() != Use.WRITTEN
                        && uses.column().table().equals(table));
    }

    public void change(Change change) {
        changes.add(change);
    }

    /** The worst of several wins. */
    public void where(Where found) {
        if (WORST_LAST.indexOf(found) > WORST_LAST.indexOf(where)) {
            where = found;
        }
    }

    /** Says that something takes part of which not everything is known. */
    public void incomplete() {
        complete = false;
    }

    /** Says that the meaning depends on a literal's value. */
    public void exact() {
        exact = true;
    }

    /** Says that a name is not in the catalog. */
    public void missing() {
        missing = true;
        complete = false;
    }

    public Set<Kind> kinds() {
        return kinds;
    }

    public Set<Change> changes() {
        return changes;
    }

    public Where where() {
        return where;
    }

    public boolean isComplete() {
        return complete;
    }

    public boolean isExact() {
        return exact;
    }

    public boolean isMissingNames() {
        return missing;
    }

    /** What was found, in the order of the text. */
    public List<Effect> effects() {
        return effects.stream()
                .sorted(Comparator.comparingInt(Effect::position))
                .toList();
    }
}
