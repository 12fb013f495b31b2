package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Compared;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.lineage.Expansion;
import dev.gatehouse.analyzer.lineage.Routine;
import dev.gatehouse.analyzer.lineage.Rules;
import dev.gatehouse.analyzer.lineage.Vocabulary;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command.Change;
import dev.gatehouse.firewall.statement.Effect.Volatility;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Table;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What names mean in PostgreSQL: by the search path, among the relations and functions of a snapshot. */
final class PgVocabulary implements Vocabulary {

    /** What the server's grammar knows like functions of its own, and no catalog lists. */
    private static final Set<String> CONSTRUCTS = Set.of(
            ("json json_array json_arrayagg json_exists json_objectagg json_query json_scalar json_serialize json_table json_value"
                            + " merge_action xmlconcat xmlelement xmlforest xmlparse xmlpi xmlroot xmlserialize xmltable")
                    .split(" "));

    private final Snapshot snapshot;
    private final Scope scope;

    PgVocabulary(Snapshot snapshot, Scope scope) {
        this.snapshot = snapshot;
        this.scope = scope;
    }

    @Override
    public Rules rules() {
        return Rules.POSTGRESQL;
    }

    @Override
    public @Nullable Expansion relation(List<String> name) {
        String last = name.get(name.size() - 1);
        Snapshot.Relation relation =
                switch (name.size()) {
                    case 1 -> snapshot.relation(last, scope);
                    case 2 -> snapshot.relation(new Table(name.get(0), last));
                    case 3 ->
                        name.get(0).equals(scope.database()) ? snapshot.relation(new Table(name.get(1), last)) : null;
                    default -> null;
                };
        return relation == null ? null : Views.of(snapshot).reading(relation);
    }

    @Override
    public Set<Table> below(Table table, boolean added) {
        return Family.below(table, added, snapshot);
    }

    @Override
    public Set<Column> comparedWith(Column written, boolean added) {
        return Compared.with(written, added, snapshot);
    }

    @Override
    public Set<Column> comparedWithout(Table removed) {
        return Compared.without(removed, snapshot);
    }

    @Override
    public Table unknown(List<String> name) {
        String last = name.get(name.size() - 1);
        String schema = name.size() > 1 ? name.get(name.size() - 2) : Table.UNKNOWN;
        return new Table(schema.startsWith("pg_temp") ? Table.UNKNOWN : schema, last);
    }

    @Override
    public Table made(List<String> name) {
        String last = name.get(name.size() - 1);
        return new Table(name.size() > 1 ? name.get(name.size() - 2) : snapshot.creationSchema(scope), last);
    }

    @Override
    public boolean mayBeCalled(String field) {
        return snapshot == Snapshot.EMPTY || !snapshot.routines(field).isEmpty();
    }

    @Override
    public Routine routine(List<String> name) {
        String last = name.get(name.size() - 1);
        String schema = name.size() > 1 ? name.get(name.size() - 2) : null;
        Snapshot.Function function = snapshot.function(last);
        if (CONSTRUCTS.contains(last) && Snapshot.SYSTEM.equals(schema)) {
            return new Routine(last, true, Volatility.STABLE, Optional.of(List.of()), traits(last));
        }
        return new Routine(
                schema == null || schema.equals(Snapshot.SYSTEM) ? last : String.join(".", name),
                snapshot.isBuiltIn(schema, last),
                snapshot.volatility(schema, last),
                Optional.ofNullable(function).map(Snapshot.Function::columns),
                traits(last));
    }

    private Set<Routine.Trait> traits(String name) {
        Set<Routine.Trait> traits = EnumSet.noneOf(Routine.Trait.class);
        traits.addAll(PgFunctions.traits(name));
        if (snapshot.aggregates(name)) {
            traits.add(Routine.Trait.AGGREGATES);
        }
        if (snapshot.givesRows(name)) {
            traits.add(Routine.Trait.GIVES_ROWS);
        }
        return traits;
    }

    @Override
    public boolean hasCatalog() {
        return snapshot != Snapshot.EMPTY;
    }

    @Override
    public Set<Change> changes(Optional<String> setting) {
        return setting.map(name -> Settings.change(name).map(Set::of).orElse(Set.of()))
                .orElse(Set.of(Change.SEARCH_PATH, Change.LEXING));
    }
}
