package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Compared;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.lineage.Expansion;
import dev.gatehouse.analyzer.lineage.Routine;
import dev.gatehouse.analyzer.lineage.Rules;
import dev.gatehouse.analyzer.lineage.Vocabulary;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command.Change;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Table;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What names mean in MySQL and MariaDB: in the current database or the one they name. */
final class MySqlVocabulary implements Vocabulary {

    private final Snapshot snapshot;
    private final Scope scope;
    private final Rules rules;

    MySqlVocabulary(Snapshot snapshot, Scope scope, Modes.MySql modes) {
        this.snapshot = snapshot;
        this.scope = scope;
        this.rules = Rules.mysql(modes.lowerCaseTableNames() != 0, modes.isMariaDb());
    }

    @Override
    public Rules rules() {
        return rules;
    }

    @Override
    public @Nullable Expansion relation(List<String> name) {
        String last = name.get(name.size() - 1);
        Snapshot.Relation relation =
                switch (name.size()) {
                    case 1 -> snapshot.relation(last, scope);
                    case 2 -> snapshot.relation(new Table(name.get(0), last), scope);
                    default -> null;
                };
        return relation == null ? null : Views.of(snapshot).reading(relation);
    }

    @Override
    public Set<Table> below(Table table, boolean added) {
        return Set.of();
    }

    @Override
    public Set<Column> comparedWith(Column written, boolean added) {
        Set<Column> compared = new LinkedHashSet<>(Compared.with(written, added, snapshot));
        if (!added) {
            // A row that is given the values it has counts as one that did not change.
            compared.add(written);
        }
        return compared;
    }

    @Override
    public Set<Column> comparedWithout(Table removed) {
        return Compared.without(removed, snapshot);
    }

    @Override
    public Table unknown(List<String> name) {
        return made(name);
    }

    @Override
    public Table made(List<String> name) {
        String database = name.size() > 1 ? name.get(name.size() - 2) : current();
        return new Table(database == null ? Table.UNKNOWN : database, name.get(name.size() - 1));
    }

    @Override
    public boolean mayBeCalled(String field) {
        return false;
    }

    @Override
    public Routine routine(List<String> name) {
        String last = name.get(name.size() - 1).toLowerCase(Locale.ROOT);
        String database = name.size() > 1 ? name.get(name.size() - 2) : null;
        boolean own = database == null && snapshot.isBuiltIn(null, last);
        return new Routine(
                database == null ? last : database + "." + last,
                own,
                snapshot.volatility(own || database != null ? database : current(), last),
                Optional.of(List.of()),
                traits(last));
    }

    /** The database whose functions need no qualifying; null where it is not known. */
    private @Nullable String current() {
        return scope.searchPath().isEmpty() || scope.database().isEmpty() ? null : scope.database();
    }

    private Set<Routine.Trait> traits(String name) {
        Set<Routine.Trait> traits = EnumSet.noneOf(Routine.Trait.class);
        traits.addAll(MySqlFunctions.traits(name));
        if (snapshot.aggregates(name)) {
            traits.add(Routine.Trait.AGGREGATES);
        }
        return traits;
    }

    @Override
    public boolean hasCatalog() {
        return snapshot != Snapshot.EMPTY;
    }

    @Override
    public Set<Change> changes(Optional<String> setting) {
        return Set.of();
    }
}
