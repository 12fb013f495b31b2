package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.analyzer.lexer.PgWords;
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
public final class Snapshot {

    /** Knows nothing. */
    public static final Snapshot EMPTY = new Snapshot(List.of(), Set.of(), Map.of(), Set.of());

    public static final String SYSTEM = "pg_catalog";

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
    public record Relation(int oid, Table table, List<Attribute> columns, Optional<String> view, List<Table> parents) {

        public Relation {
            columns = List.copyOf(columns);
            parents = List.copyOf(parents);
        }

        /** Whether it is the server's own. */
        public boolean isSystem() {
            return SYSTEM_SCHEMAS.contains(table.schema());
        }
    }

    /** A column of a relation. */
    public record Attribute(int number, String name) {}

    /**
     * The rows a built-in function gives.
     *
     * @param columns names of its columns; empty when it gives a plain value
     * @param certain whether they are the same for every call
     * @param rows whether it gives any number of rows
     */
    public record Function(List<String> columns, boolean certain, boolean rows) {
        public Function {
            columns = List.copyOf(columns);
        }
    }

    /** Works something out from a snapshot. */
    public interface Work<T> {
        T out(Snapshot snapshot);
    }

    private final Map<Table, Relation> relations = new HashMap<>();
    private final Map<Integer, Relation> byOid = new HashMap<>();
    private final Map<Table, List<Table>> children = new HashMap<>();
    private final Set<String> schemas;
    private final Map<String, Set<Function>> builtIn;
    private final Set<String> userFunctions;
    private final Map<Class<?>, Object> derived = new ConcurrentHashMap<>();

    /**
     * Keeps what was read.
     *
     * @param builtIn PostgreSQL's own functions by name
     * @param userFunctions names of functions in any other schema
     */
    public Snapshot(
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
    public boolean sameAs(Snapshot other) {
        return relations.equals(other.relations)
                && schemas.equals(other.schemas)
                && builtIn.equals(other.builtIn)
                && userFunctions.equals(other.userFunctions);
    }

    /** The relation of this very name. */
    public @Nullable Relation relation(Table table) {
        return relations.get(table);
    }

    /** The relation with this {@code pg_class.oid}. */
    public @Nullable Relation relation(int oid) {
        return byOid.get(oid);
    }

    /** The partitions of a table, and what inherits from it. */
    public List<Table> children(Table table) {
        return children.getOrDefault(table, List.of());
    }

    /** The relation an unqualified name means, by the search path. */
    public @Nullable Relation relation(String name, Scope scope) {
        for (String schema : searchPath(scope)) {
            Relation relation = relations.get(new Table(schema, name));
            if (relation != null) {
                return relation;
            }
        }
        return null;
    }

    /** The schema an unqualified new table goes to. */
    public String creationSchema(Scope scope) {
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
    public boolean isBuiltIn(@Nullable String schema, String name) {
        if (schema != null) {
            return SYSTEM_SCHEMAS.contains(schema) && builtIn.containsKey(name);
        }
        boolean known = builtIn.containsKey(name) || (!builtIn.isEmpty() && PgWords.CALLED_BARE.contains(name));
        return known && !userFunctions.contains(name);
    }

    /** The rows a built-in function gives; null where that depends on its arguments. */
    public @Nullable Function function(String name) {
        Set<Function> bare =
                PgWords.CALLED_BARE.contains(name) ? Set.of(new Function(List.of(), true, false)) : Set.of();
        Set<Function> overloads = builtIn.getOrDefault(name, bare);
        boolean certain = overloads.size() == 1 && overloads.iterator().next().certain();
        return certain ? overloads.iterator().next() : null;
    }

    /** Whether how many rows a built-in function gives may tell of its arguments. */
    public boolean givesRows(String name) {
        return builtIn.getOrDefault(name, Set.of()).stream().anyMatch(Function::rows);
    }

    /**
     * What somebody works out from this snapshot; worked out once for each kind of result, and kept as long as the snapshot.
     *
     * @param kind the result's class, which is its name as well
     */
    public <T> T derived(Class<T> kind, Work<T> work) {
        return kind.cast(derived.computeIfAbsent(kind, missing -> work.out(this)));
    }
}
