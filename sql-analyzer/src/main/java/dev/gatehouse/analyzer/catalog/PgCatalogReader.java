package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Function;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.firewall.statement.Table;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a database's catalog.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalogs.html">System Catalogs</a>
 */
public final class PgCatalogReader {

    /** With this search path PostgreSQL qualifies every name in a view's definition that is not its own. */
    private static final String PREPARATION = "set local search_path = pg_catalog";

    private static final String RELATIONS = """
            select c.oid::int8, n.nspname, c.relname,
                   case when c.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
                        then pg_get_viewdef(c.oid) end,
                   array(select a.attnum::int4 from pg_attribute a
                         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum),
                   array(select a.attname::text from pg_attribute a
                         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and n.nspname !~ '^pg_(toast|temp)'
            """;

    private static final String PARENTS = """
            select i.inhrelid::int8, n.nspname, c.relname
            from pg_inherits i join pg_class c on c.oid = i.inhparent join pg_namespace n on n.oid = c.relnamespace
            order by i.inhrelid, i.inhseqno
            """;

    private static final String FUNCTIONS = """
            select n.nspname in ('pg_catalog', 'information_schema'), p.proname, p.prorettype = 'record'::regtype,
                   array(select coalesce(p.proargnames[i], '') from generate_subscripts(p.proargmodes, 1) i
                         where p.proargmodes[i] in ('o', 'b', 't') order by i),
                   array(select a.attname::text from pg_type t join pg_attribute a on a.attrelid = t.typrelid
                         where t.oid = p.prorettype and t.typtype = 'c' and a.attnum > 0 and not a.attisdropped
                         order by a.attnum),
                   p.proretset
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            """;

    private static final String SCHEMAS = "select nspname from pg_namespace";

    private PgCatalogReader() {}

    /** Reads it in a transaction of its own, which is rolled back; the connection stays open. */
    public static Snapshot read(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute(PREPARATION);
            Map<Long, List<Table>> parents = parents(statement);
            List<Relation> relations = relations(statement, parents);
            Map<String, Set<Function>> builtIn = new HashMap<>();
            Set<String> others = new HashSet<>();
            functions(statement, builtIn, others);
            return new Snapshot(relations, schemas(statement), builtIn, others);
        } finally {
            connection.rollback();
        }
    }

    private static Map<Long, List<Table>> parents(Statement statement) throws SQLException {
        Map<Long, List<Table>> parents = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(PARENTS)) {
            while (rows.next()) {
                parents.computeIfAbsent(rows.getLong(1), oid -> new ArrayList<>())
                        .add(new Table(text(rows, 2), text(rows, 3)));
            }
        }
        return parents;
    }

    private static List<Relation> relations(Statement statement, Map<Long, List<Table>> parents) throws SQLException {
        List<Relation> relations = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(RELATIONS)) {
            while (rows.next()) {
                long oid = rows.getLong(1);
                Table table = new Table(text(rows, 2), text(rows, 3));
                Object[] numbers = array(rows, 5);
                Object[] names = array(rows, 6);
                List<Attribute> columns = new ArrayList<>();
                for (int i = 0; i < names.length; i++) {
                    columns.add(new Attribute((Integer) numbers[i], (String) names[i]));
                }
                Optional<String> view = Optional.ofNullable(rows.getString(4));
                relations.add(new Relation((int) oid, table, columns, view, parents.getOrDefault(oid, List.of())));
            }
        }
        return relations;
    }

    private static void functions(Statement statement, Map<String, Set<Function>> builtIn, Set<String> others)
            throws SQLException {
        try (ResultSet rows = statement.executeQuery(FUNCTIONS)) {
            while (rows.next()) {
                String name = text(rows, 2);
                if (!rows.getBoolean(1)) {
                    others.add(name);
                    continue;
                }
                List<String> out = new ArrayList<>();
                for (Object column : array(rows, array(rows, 4).length > 0 ? 4 : 5)) {
                    out.add((String) column);
                }
                boolean certain = !rows.getBoolean(3) || !out.isEmpty();
                builtIn.computeIfAbsent(name, n -> new HashSet<>()).add(new Function(out, certain, rows.getBoolean(6)));
            }
        }
    }

    private static Set<String> schemas(Statement statement) throws SQLException {
        Set<String> schemas = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(SCHEMAS)) {
            while (rows.next()) {
                schemas.add(text(rows, 1));
            }
        }
        return schemas;
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        return Objects.requireNonNull(rows.getString(column));
    }

    private static Object[] array(ResultSet rows, int column) throws SQLException {
        @Nullable Array array = rows.getArray(column);
        return array == null ? new Object[0] : (Object[]) array.getArray();
    }
}
