package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.PgWords;
import dev.gatehouse.firewall.statement.Catalog;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One database's tables, views and functions as they were at one moment. */
final class Snapshot implements Catalog {

    /** Knows nothing. */
    static final Snapshot EMPTY = new Snapshot(List.of(), Set.of(), Map.of(), Set.of());

    static final String SYSTEM = "pg_catalog";

    private static final Set<String> SYSTEM_SCHEMAS = Set.of(SYSTEM, "information_schema");

    /**
     * A table, view or the like.
     *
     * @param oid {@code pg_class.oid}
     * @param table its name
     * @param columns its columns by {@code pg_attribute.attnum}, in order
     * @param view its definition; empty when it is no view
     * @param parents what it inherits from or is a partition of
     */
    record Relation(int oid, Table table, List<Attribute> columns, Optional<String> view, List<Table> parents) {

        Relation {
            columns = List.copyOf(columns);
            parents = List.copyOf(parents);
        }

        boolean isSystem() {
            return SYSTEM_SCHEMAS.contains(table.schema());
        }
    }

    /** A column of a relation. */
    record Attribute(int number, String name) {}

    /**
     * The rows a built-in function gives.
     *
     * @param columns names of its columns; empty when it gives a plain value
     * @param certain whether they are the same for every call
     * @param rows whether it gives any number of rows
     */
    record Function(List<String> columns, boolean certain, boolean rows) {
        Function {
            columns = List.copyOf(columns);
        }
    }

    private final Map<Table, Relation> relations = new HashMap<>();
    private final Map<Integer, Relation> byOid = new HashMap<>();
    private final Map<Table, List<Table>> children = new HashMap<>();
    private final Set<String> schemas;
    private final Map<String, Set<Function>> builtIn;
    private final Set<String> userFunctions;
    private final Map<Table, ViewReading> views = new ConcurrentHashMap<>();

    /**
     * Keeps what was read.
     *
     * @param builtIn PostgreSQL's own functions by name
     * @param userFunctions names of functions in any other schema
     */
    Snapshot(
            List<Relation> relations,
            Set<String> schemas,
            Map<String, Set<Function>> builtIn,
            Set<String> userFunctions) {
        for (Relation relation : relations) {
            this.relations.put(relation.table(), relation);
            byOid.put(relation.oid(), relation);
            for (Table parent : relation.parents()) {
                children.computeIfAbsent(parent, table -> new ArrayList<>()).add(relation.table());
            }
        }
        this.schemas = Set.copyOf(schemas);
        this.builtIn = Map.copyOf(builtIn);
        this.userFunctions = Set.copyOf(userFunctions);
    }

    /** Whether two snapshots hold the same. */
    boolean sameAs(Snapshot other) {
        return relations.equals(other.relations)
                && schemas.equals(other.schemas)
                && builtIn.equals(other.builtIn)
                && userFunctions.equals(other.userFunctions);
    }

    @Nullable
    Relation relation(Table table) {
        return relations.get(table);
    }

    /** The partitions of a table, and what inherits from it. */
    List<Table> children(Table table) {
        return children.getOrDefault(table, List.of());
    }

    /** The relation an unqualified name means, by the search path. */
    @Nullable
    Relation relation(String name, Scope scope) {
        for (String schema : searchPath(scope)) {
            Relation relation = relations.get(new Table(schema, name));
            if (relation != null) {
                return relation;
            }
        }
        return null;
    }

    /** The schema an unqualified new table goes to. */
    String creationSchema(Scope scope) {
        return searchPath(scope).stream()
                .filter(schema -> !schema.equals(SYSTEM))
                .findFirst()
                .orElse(Table.UNKNOWN);
    }

    private List<String> searchPath(Scope scope) {
        if (scope.searchPath().isEmpty()) {
            return List.of();
        }
        List<String> path = new ArrayList<>();
        for (String entry : scope.searchPath().get()) {
            String schema = entry.equals("$user") ? scope.username() : entry;
            if (schemas.contains(schema)) {
                path.add(schema);
            }
        }
        if (!path.contains(SYSTEM)) {
            path.add(0, SYSTEM);
        }
        return path;
    }

    /** Whether a function of this name is PostgreSQL's own, and no other has the name. */
    boolean isBuiltIn(@Nullable String schema, String name) {
        if (schema != null) {
            return SYSTEM_SCHEMAS.contains(schema) && builtIn.containsKey(name);
        }
        boolean known = builtIn.containsKey(name) || (!builtIn.isEmpty() && PgWords.CALLED_BARE.contains(name));
        return known && !userFunctions.contains(name);
    }

    /** The rows a built-in function gives; null where that depends on its arguments. */
    @Nullable
    Function function(String name) {
        Set<Function> bare =
                PgWords.CALLED_BARE.contains(name) ? Set.of(new Function(List.of(), true, false)) : Set.of();
        Set<Function> overloads = builtIn.getOrDefault(name, bare);
        boolean certain = overloads.size() == 1 && overloads.iterator().next().certain();
        return certain ? overloads.iterator().next() : null;
    }

    /** Whether how many rows a built-in function gives may tell of its arguments. */
    boolean givesRows(String name) {
        return builtIn.getOrDefault(name, Set.of()).stream().anyMatch(Function::rows);
    }

    /** What reading a relation amounts to. */
    ViewReading reading(Relation relation) {
        ViewReading known = views.get(relation.table());
        if (known != null) {
            return known;
        }
        ViewReading read = ViewReading.of(relation, this);
        views.put(relation.table(), read);
        return read;
    }

    @Override
    public @Nullable Set<Column> origins(int oid, int attribute) {
        Relation relation = byOid.get(oid);
        if (relation == null) {
            return null;
        }
        if (attribute < 0) {
            return Set.of();
        }
        List<Rowset.Field> fields = reading(relation).rows().fields();
        for (int i = 0; i < relation.columns().size(); i++) {
            if (relation.columns().get(i).number() == attribute) {
                Trace trace = fields.get(i).trace();
                return trace.accounted() ? trace.columns() : null;
            }
        }
        return null;
    }
}
