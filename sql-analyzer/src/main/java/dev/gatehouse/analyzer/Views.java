package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.analyzer.lineage.Expansion;
import dev.gatehouse.analyzer.lineage.Rowset.Field;
import dev.gatehouse.analyzer.lineage.Trace;
import dev.gatehouse.firewall.statement.Catalog;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.ColumnType;
import dev.gatehouse.firewall.statement.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the relations of a snapshot show when they are read, each worked out when it is first asked for. */
final class Views implements Catalog {

    private final Snapshot snapshot;
    private final Map<Table, Expansion> readings = new ConcurrentHashMap<>();

    private Views(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    static Views of(Snapshot snapshot) {
        return snapshot.derived(Views.class, Views::new);
    }

    /** What reading a relation amounts to. */
    Expansion reading(Relation relation) {
        Expansion known = readings.get(relation.table());
        if (known != null) {
            return known;
        }
        Expansion read = ViewReading.of(relation, snapshot);
        readings.put(relation.table(), read);
        return read;
    }

    @Override
    public @Nullable Set<Column> origins(int oid, int attribute) {
        Relation relation = snapshot.relation(oid);
        if (relation == null) {
            return null;
        }
        if (attribute < 0) {
            return Set.of();
        }
        // A whole row has the number 0.
        return attribute == 0
                ? known(reading(relation).rows().whole())
                : origins(relation, column -> column.number() == attribute);
    }

    @Override
    public @Nullable Set<Column> origins(Table table, String name) {
        // What SHOW gives rows of is not among the relations that a query may read; statistics count what an index
        // holds.
        boolean system = table.schema().equalsIgnoreCase("information_schema");
        if (system && !ViewReading.reveals(table) && !table.name().equalsIgnoreCase("statistics")) {
            return Set.of();
        }
        Relation relation = snapshot.relation(table);
        return relation == null
                ? null
                : origins(relation, column -> column.name().equalsIgnoreCase(name));
    }

    @Override
    public Optional<ColumnType> type(Column column) {
        Relation relation = snapshot.relation(column.table());
        return relation == null
                ? Optional.empty()
                : relation.columns().stream()
                        .filter(attribute -> attribute.name().equals(column.name()))
                        .filter(attribute -> !attribute.type().isEmpty())
                        .map(attribute ->
                                ColumnType.of(snapshot.server().product().dialect(), attribute.type()))
                        .findFirst();
    }

    private @Nullable Set<Column> origins(Relation relation, Predicate<Attribute> which) {
        List<Field> fields = reading(relation).rows().fields();
        for (int i = 0; i < relation.columns().size(); i++) {
            if (which.test(relation.columns().get(i))) {
                return known(fields.get(i).trace());
            }
        }
        return null;
    }

    private static @Nullable Set<Column> known(Trace trace) {
        return trace.accounted() ? trace.columns() : null;
    }
}
