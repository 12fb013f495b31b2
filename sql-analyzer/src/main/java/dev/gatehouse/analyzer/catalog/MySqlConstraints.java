package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.analyzer.catalog.Constraint.Referred;
import dev.gatehouse.analyzer.catalog.Constraint.Sort;
import dev.gatehouse.analyzer.catalog.Server.Product;
import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.firewall.statement.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what MySQL and MariaDB compare when rows change: unique indexes with the columns of their expressions, references, and
 * checks. What an index computes of a row, a generated column, or what decides on the partition, may fail as a check does.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/en/information-schema.html">INFORMATION_SCHEMA Tables</a>
 */
final class MySqlConstraints {

    private static final String SYSTEM = "('mysql', 'sys', 'performance_schema', 'information_schema')";

    private static final String INDEXES = """
            select table_schema, table_name, index_name, non_unique, column_name, %s
            from information_schema.statistics where table_schema not in %s
            order by table_schema, table_name, index_name, seq_in_index
            """;

    private static final String REFERENCES = """
            select k.table_schema, k.table_name, k.constraint_name, k.column_name, k.referenced_table_schema,
                   k.referenced_table_name, k.referenced_column_name,
                   concat(r.update_rule, ' ', r.delete_rule) not regexp '^(RESTRICT|NO ACTION) (RESTRICT|NO ACTION)$'
            from information_schema.key_column_usage k left join information_schema.referential_constraints r
              on r.constraint_schema = k.constraint_schema and r.constraint_name = k.constraint_name
                and r.table_name = k.table_name
            where k.referenced_table_name is not null and k.table_schema not in %s
            order by k.table_schema, k.table_name, k.constraint_name, k.ordinal_position
            """.formatted(SYSTEM);

    private static final String CHECKS_OF_MARIADB = """
            select constraint_schema, table_name, check_clause from information_schema.check_constraints
            where constraint_schema not in %s
            """.formatted(SYSTEM);

    private static final String CHECKS_OF_MYSQL = """
            select t.table_schema, t.table_name, c.check_clause
            from information_schema.check_constraints c join information_schema.table_constraints t
              on t.constraint_schema = c.constraint_schema and t.constraint_name = c.constraint_name
            where t.constraint_type = 'CHECK' and t.table_schema not in %s
            """.formatted(SYSTEM);

    private static final String PARTITIONS = """
            select distinct table_schema, table_name,
                   concat_ws(',', partition_expression, subpartition_expression)
            from information_schema.partitions
            where partition_name is not null and table_schema not in %s
            """.formatted(SYSTEM);

    private final Map<Table, Relation> relations = new HashMap<>();
    private final List<Constraint> constraints = new ArrayList<>();

    private MySqlConstraints(List<Relation> relations) {
        relations.forEach(relation -> this.relations.put(relation.table(), relation));
    }

    /** @param relations with the columns that generated ones are made of */
    static List<Constraint> read(Statement statement, Product product, List<Relation> relations) throws SQLException {
        MySqlConstraints all = new MySqlConstraints(relations);
        boolean maria = product == Product.MARIADB;
        all.indexes(statement, maria ? "null" : "expression");
        all.references(statement);
        all.checks(statement, maria ? CHECKS_OF_MARIADB : CHECKS_OF_MYSQL);
        all.checks(statement, PARTITIONS);
        relations.forEach(all::generated);
        return all.constraints;
    }

    private void indexes(Statement statement, String expression) throws SQLException {
        record Index(Table table, String name, Sort sort) {}
        Map<Index, Set<String>> indexes = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery(INDEXES.formatted(expression, SYSTEM))) {
            while (rows.next()) {
                Table table = new Table(text(rows, 1), text(rows, 2));
                Sort sort = rows.getInt(4) == 0 ? Sort.UNIQUE : Sort.CHECK;
                @Nullable String column = rows.getString(5);
                Set<String> columns = column == null ? named(table, text(rows, 6)) : madeOf(table, column);
                if (sort == Sort.UNIQUE || column == null) {
                    indexes.computeIfAbsent(new Index(table, text(rows, 3), sort), index -> new LinkedHashSet<>())
                            .addAll(columns);
                }
            }
        }
        indexes.forEach((index, columns) -> add(index.table(), index.sort(), columns, Optional.empty()));
    }

    private void references(Statement statement) throws SQLException {
        record Reference(Table table, String name, Table referred, boolean cascades) {}
        Map<Reference, Set<String>> columns = new LinkedHashMap<>();
        Map<Reference, List<String>> referred = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(REFERENCES)) {
            while (rows.next()) {
                Table table = new Table(text(rows, 1), text(rows, 2));
                // Where it is not told what becomes of the rows, they may go along.
                boolean cascades = rows.getBoolean(8) || rows.wasNull();
                Reference reference =
                        new Reference(table, text(rows, 3), new Table(text(rows, 5), text(rows, 6)), cascades);
                columns.computeIfAbsent(reference, r -> new LinkedHashSet<>()).addAll(madeOf(table, text(rows, 4)));
                referred.computeIfAbsent(reference, r -> new ArrayList<>()).add(text(rows, 7));
            }
        }
        columns.forEach((reference, names) -> add(
                reference.table(),
                Sort.REFERENCE,
                names,
                Optional.of(new Referred(
                        reference.referred(), Objects.requireNonNull(referred.get(reference)), reference.cascades()))));
    }

    private void checks(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                Table table = new Table(text(rows, 1), text(rows, 2));
                add(table, Sort.CHECK, named(table, text(rows, 3)), Optional.empty());
            }
        }
    }

    private void generated(Relation relation) {
        for (Attribute column : relation.columns()) {
            if (!column.sources().isEmpty()) {
                add(relation.table(), Sort.CHECK, new LinkedHashSet<>(column.sources()), Optional.empty());
            }
        }
    }

    private void add(Table table, Sort sort, Set<String> columns, Optional<Referred> referred) {
        constraints.add(new Constraint(table, sort, List.copyOf(columns), referred));
    }

    /** The columns an expression names, with those they are generated from; all of the table's where it names none. */
    private Set<String> named(Table table, String expression) {
        Set<String> named = new LinkedHashSet<>();
        Set<String> all = new LinkedHashSet<>();
        for (Attribute column : columns(table)) {
            all.add(column.name());
            if (MySqlCatalogReader.names(expression, column.name())) {
                named.addAll(madeOf(table, column.name()));
            }
        }
        return named.isEmpty() ? all : named;
    }

    /** A column with those it is generated from. */
    private Set<String> madeOf(Table table, String name) {
        Set<String> made = new LinkedHashSet<>(Set.of(name));
        columns(table).stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .forEach(column -> made.addAll(column.sources()));
        return made;
    }

    private List<Attribute> columns(Table table) {
        Relation relation = relations.get(table);
        return relation == null ? List.of() : relation.columns();
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        return Objects.requireNonNullElse(rows.getString(column), "");
    }
}
