package dev.gatehouse.analyzer;

import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command.Change;
import dev.gatehouse.firewall.statement.Command.Where;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Table;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found out about one command so far. */
final class Findings {

    private final Set<Effect> effects = new LinkedHashSet<>();
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    private final Set<Change> changes = EnumSet.noneOf(Change.class);
    private Where where = Where.NOT_APPLICABLE;
    private boolean complete = true;
    private boolean exact;
    private boolean missing;
    private Layer layer = Layer.CALCITE;

    /** Says who reads the command. */
    void layer(Layer reader) {
        layer = reader;
    }

    Layer layer() {
        return layer;
    }

    void kind(Kind kind) {
        kinds.add(kind);
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    void reads(Table table, int position) {
        effects.add(new Effect.Reads(table, position));
    }

    void writes(Table table, int position) {
        effects.add(new Effect.Writes(table, position));
    }

    void calls(String function, int position) {
        effects.add(new Effect.Calls(function, position));
    }

    void uses(Column column, Use use, int position) {
        effects.add(new Effect.Uses(column, use, position));
    }

    void uses(Trace trace, Mode mode, int position) {
        Use use = mode.use();
        if (use != null) {
            trace.columns().forEach(column -> uses(column, use, position));
            if (!trace.accounted() && (use == Use.PREDICATE || use == Use.CARRIED)) {
                uses(Column.UNKNOWN, use, position);
            }
        }
    }

    boolean usesValuesOf(Table table) {
        return effects.stream()
                .anyMatch(e -> e instanceof Effect.Uses uses
                        && uses.use() != Use.WRITTEN
                        && uses.column().table().equals(table));
    }

    void change(Change change) {
        changes.add(change);
    }

    /** The worst of several wins. */
    void where(Where found) {
        List<Where> worstLast = List.of(Where.NOT_APPLICABLE, Where.PRESENT, Where.ALWAYS_TRUE, Where.MISSING);
        if (worstLast.indexOf(found) > worstLast.indexOf(where)) {
            where = found;
        }
    }

    /** Says that something takes part of which not everything is known. */
    void incomplete() {
        complete = false;
    }

    /** Says that the meaning depends on a literal's value. */
    void exact() {
        exact = true;
    }

    /** Says that a name is not in the catalog. */
    void missing() {
        missing = true;
        complete = false;
    }

    Set<Kind> kinds() {
        return kinds;
    }

    Set<Change> changes() {
        return changes;
    }

    Where where() {
        return where;
    }

    boolean isComplete() {
        return complete;
    }

    boolean isExact() {
        return exact;
    }

    boolean isMissingNames() {
        return missing;
    }

    List<Effect> effects() {
        return effects.stream()
                .sorted(Comparator.comparingInt(Effect::position))
                .toList();
    }
}
