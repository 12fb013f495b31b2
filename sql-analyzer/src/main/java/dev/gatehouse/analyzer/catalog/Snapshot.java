package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.analyzer.catalog.Server.Product;
import dev.gatehouse.analyzer.lexer.PgWords;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Effect.Volatility;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One database's tables, views and functions as they were at one moment; of MySQL, those of all databases of a server. */
public final class Snapshot {

    public static final String SYSTEM = "pg_catalog";

    /** Knows nothing. */
    public static final Snapshot EMPTY = new Snapshot(Server.POSTGRESQL, Set.of(), List.of(), List.of());

    /**
     * A table, view or the like.
     *
     * @param oid {@code pg_class.oid}; 0 for MySQL, which has no such thing, and where it is not known
     * @param table its name
     * @param sort what it is
     * @param columns its columns, in order
     * @param view its definition; empty when it is no view
     * @param definer whose rights it reads its tables with; empty where those are its reader's, or it is no view
     * @param parents what it inherits from or is a partition of
     */
    public record Relation(
            int oid,
            Table table,
            Sort sort,
            List<Attribute> columns,
            Optional<String> view,
            Optional<String> definer,
            List<Table> parents) {

        public Relation {
            columns = List.copyOf(columns);
            parents = List.copyOf(parents);
        }

        /** A table, or a view with its reader's rights. */
        public Relation(int oid, Table table, List<Attribute> columns, Optional<String> view, List<Table> parents) {
            this(oid, table, view.isPresent() ? Sort.VIEW : Sort.TABLE, columns, view, Optional.empty(), parents);
        }

        /** What a relation may be. */
        public enum Sort {
            TABLE,
            PARTITIONED_TABLE,
            FOREIGN_TABLE,
            VIEW,
            MATERIALIZED_VIEW,
            SEQUENCE
        }
    }

    /**
     * A column of a relation.
     *
     * @param number PostgreSQL's {@code pg_attribute.attnum}, MySQL's ordinal position
     * @param name its name
     * @param type its type, as the server writes it, of a domain what it is made of; empty where that is not known
     * @param hidden whether a star leaves it out
     * @param sources the columns of the same relation that its values are generated from; empty for a plain column
     */
    public record Attribute(int number, String name, String type, boolean hidden, List<String> sources) {

        public Attribute {
            sources = List.copyOf(sources);
        }

        /** A plain column. */
        public Attribute(int number, String name) {
            this(number, name, "", false, List.of());
        }
    }

    /**
     * The rows a function gives.
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

    private final Server server;
    private final List<Relation> all;
    private final List<Routine> routines;
    private final List<Constraint> constraints;
    private final Map<Table, List<Constraint>> comparing = new HashMap<>();
    private final Map<Table, Relation> relations = new HashMap<>();
    private final Map<Integer, Relation> byOid = new HashMap<>();
    private final Map<Table, List<Table>> children = new HashMap<>();
    private final Set<String> schemas;
    private final Map<String, List<Routine>> byName = new HashMap<>();
    private final Map<Class<?>, Object> derived = new ConcurrentHashMap<>();
    private final boolean lacking;

    /**
     * Keeps what was read.
     *
     * @param schemas PostgreSQL's schemas, or MySQL's databases
     */
    public Snapshot(Server server, Set<String> schemas, List<Relation> relations, List<Routine> routines) {
        this(server, schemas, relations, routines, List.of());
    }

    /**
     * Keeps what was read, and what the server compares when rows change.
     *
     * @param schemas PostgreSQL's schemas, or MySQL's databases
     */
    public Snapshot(
            Server server,
            Set<String> schemas,
            List<Relation> relations,
            List<Routine> routines,
            List<Constraint> constraints) {
        this(server, schemas, relations, routines, constraints, false);
    }

    private Snapshot(
            Server server,
            Set<String> schemas,
            List<Relation> relations,
            List<Routine> routines,
            List<Constraint> constraints,
            boolean lacking) {
        this.lacking = lacking;
        this.server = server;
        this.schemas = Set.copyOf(schemas);
        this.all = List.copyOf(relations);
        this.routines = List.copyOf(routines);
        this.constraints = List.copyOf(constraints);
        for (Relation relation : relations) {
            this.relations.put(server.folded(relation.table()), relation);
            if (relation.oid() != 0) {
                byOid.put(relation.oid(), relation);
            }
            for (Table parent : relation.parents()) {
                children.computeIfAbsent(parent, table -> new ArrayList<>()).add(relation.table());
            }
        }
        for (Constraint constraint : constraints) {
            comparing
                    .computeIfAbsent(constraint.table(), table -> new ArrayList<>())
                    .add(constraint);
            constraint
                    .referred()
                    .filter(other -> !other.table().equals(constraint.table()))
                    .ifPresent(other -> comparing
                            .computeIfAbsent(other.table(), table -> new ArrayList<>())
                            .add(constraint));
        }
        for (Routine routine : routines) {
            byName.computeIfAbsent(routine.name(), name -> new ArrayList<>()).add(routine);
        }
    }

    /** Whether two snapshots hold the same. */
    public boolean sameAs(Snapshot other) {
        return server.equals(other.server)
                && schemas.equals(other.schemas)
                && relations.equals(other.relations)
                && byName.equals(other.byName)
                && constraints.equals(other.constraints);
    }

    /** The same, of a server that keeps something locked which is missing here. */
    Snapshot lacking() {
        return new Snapshot(server, schemas, all, routines, constraints, true);
    }

    /** Whether nothing is missing in it that a moment later could be read: a table or a view's definition that is locked. */
    boolean isWhole() {
        if (lacking) {
            return false;
        }
        return server.product() != Product.POSTGRESQL
                || all.stream().noneMatch(relation -> relation.view().equals(Optional.of(PgViews.UNKNOWN)));
    }

    /** What server it is of. */
    public Server server() {
        return server;
    }

    /** The schemas or databases. */
    public Set<String> schemas() {
        return schemas;
    }

    /** All relations. */
    public List<Relation> relations() {
        return all;
    }

    /** All functions and procedures. */
    public List<Routine> routines() {
        return routines;
    }

    /** All that is compared when rows change. */
    public List<Constraint> constraints() {
        return constraints;
    }

    /** What is compared when rows of a table change. */
    public List<Constraint> constraints(Table table) {
        return comparing.getOrDefault(table, List.of());
    }

    /** Whether a relation is the server's own. */
    public boolean isSystem(Relation relation) {
        return server.isSystem(relation.table().schema());
    }

    /** The relation of this very name. */
    public @Nullable Relation relation(Table table) {
        return relations.get(server.folded(table));
    }

    /** The relation with this {@code pg_class.oid}. */
    public @Nullable Relation relation(int oid) {
        return byOid.get(oid);
    }

    /** The partitions of a table, and what inherits from it. */
    public List<Table> children(Table table) {
        return children.getOrDefault(table, List.of());
    }

    /** The relation an unqualified name means: by PostgreSQL's search path, in MySQL's current database. */
    public @Nullable Relation relation(String name, Scope scope) {
        if (scope.dialect() == Dialect.POSTGRESQL && scope.mayBeTemporary(name)) {
            return null;
        }
        for (String schema : path(scope)) {
            Relation relation = relation(new Table(schema, name), scope);
            if (relation != null) {
                return relation;
            }
        }
        return null;
    }

    /** The relation a qualified name means; in MySQL, a temporary table may have the very same. */
    public @Nullable Relation relation(Table table, Scope scope) {
        boolean hidden = scope.dialect() == Dialect.MYSQL && scope.mayBeTemporary(table);
        return hidden ? null : relation(table);
    }

    /** The schema an unqualified new table goes to. */
    public String creationSchema(Scope scope) {
        return path(scope).stream()
                .filter(schema -> !schema.equals(SYSTEM))
                .findFirst()
                .orElse(Table.UNKNOWN);
    }

    private List<String> path(Scope scope) {
        if (scope.searchPath().isEmpty()) {
            return List.of();
        }
        if (scope.dialect() == Dialect.MYSQL) {
            return scope.database().isEmpty() ? List.of() : List.of(scope.database());
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

    /** Whether a function of this name is the server's own, and no other has the name. */
    public boolean isBuiltIn(@Nullable String schema, String name) {
        List<Routine> named = routines(name);
        if (schema != null) {
            return named.stream().anyMatch(routine -> routine.schema().equals(schema) && isOwn(routine));
        }
        boolean known = named.stream().anyMatch(this::isOwn) || isCalledBare(name);
        return known && named.stream().allMatch(this::isOwn);
    }

    /** What a call of this name may do besides giving a value: the worst of all functions that have it. */
    public Volatility volatility(@Nullable String schema, String name) {
        List<Routine> named = routines(name).stream()
                .filter(routine -> schema == null || routine.schema().equals(schema))
                .toList();
        return named.stream()
                .map(Routine::volatility)
                .max(Comparator.naturalOrder())
                .orElse(isCalledBare(name) ? Volatility.STABLE : Volatility.UNKNOWN);
    }

    /** The functions and procedures of this name. */
    public List<Routine> routines(String name) {
        return byName.getOrDefault(name, List.of());
    }

    private boolean isOwn(Routine routine) {
        return server.product() == Product.POSTGRESQL
                ? server.isSystem(routine.schema())
                : routine.schema().equals(Routine.NATIVE);
    }

    private boolean isCalledBare(String name) {
        return server.product() == Product.POSTGRESQL && !routines.isEmpty() && PgWords.CALLED_BARE.contains(name);
    }

    /** The rows a function of the server's own gives; null where that depends on its arguments. */
    public @Nullable Function function(String name) {
        Set<Function> overloads = routines(name).stream()
                .filter(this::isOwn)
                .map(routine -> new Function(routine.columns(), routine.certain(), routine.rows()))
                .collect(Collectors.toSet());
        if (overloads.isEmpty() && PgWords.CALLED_BARE.contains(name)) {
            return new Function(List.of(), true, false);
        }
        boolean certain = overloads.size() == 1 && overloads.iterator().next().certain();
        return certain ? overloads.iterator().next() : null;
    }

    /** Whether a function of this name is an aggregate, whoever made it. */
    public boolean aggregates(String name) {
        return routines(name).stream().anyMatch(routine -> routine.sort() == Routine.Sort.AGGREGATE);
    }

    /** Whether how many rows a function of the server's own gives may tell of its arguments. */
    public boolean givesRows(String name) {
        return routines(name).stream().anyMatch(routine -> isOwn(routine) && routine.rows());
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
