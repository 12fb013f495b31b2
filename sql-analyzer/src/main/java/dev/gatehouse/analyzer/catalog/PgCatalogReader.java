package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.analyzer.catalog.Server.Product;
import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.firewall.statement.Effect.Volatility;
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
final class PgCatalogReader {

    /** With this search path PostgreSQL qualifies every name in a view's definition that is not its own. */
    private static final String PREPARATION = "set local search_path = pg_catalog";

    private static final String RELATIONS = """
            select c.oid::int8, n.nspname, c.relname,
                   case when c.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
                        then pg_get_viewdef(c.oid) end,
                   c.relkind::text,
                   case when c.relkind in ('v', 'm')
                         and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on',
                                                                'security_invoker=1', 'security_invoker=yes'], false)
                        then pg_get_userbyid(c.relowner) end
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and n.nspname !~ '^pg_(toast|temp)'
            """;

    /** A generated column depends on the columns that its expression names. */
    private static final String COLUMNS = """
            select a.attrelid::int8, a.attnum::int4, a.attname::text, format_type(a.atttypid, a.atttypmod),
                   case when a.attgenerated <> '' then
                     array(select s.attname::text
                           from pg_depend d
                           join pg_attribute s on s.attrelid = d.refobjid and s.attnum = d.refobjsubid
                           where d.refclassid = 'pg_class'::regclass and d.refobjid = a.attrelid and s.attnum <> a.attnum
                             and (d.classid = 'pg_class'::regclass and d.objid = a.attrelid and d.objsubid = a.attnum
                               or d.classid = 'pg_attrdef'::regclass
                              and d.objid = (select oid from pg_attrdef where adrelid = a.attrelid and adnum = a.attnum))
                           order by s.attnum)
                   end
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
            order by a.attrelid, a.attnum
            """;

    private static final String PARENTS = """
            select i.inhrelid::int8, n.nspname, c.relname
            from pg_inherits i join pg_class c on c.oid = i.inhparent join pg_namespace n on n.oid = c.relnamespace
            order by i.inhrelid, i.inhseqno
            """;

    private static final String ROUTINES = """
            select n.nspname, p.proname, p.prokind::text, p.provolatile::text, l.lanname,
                   case when p.prosecdef then pg_get_userbyid(p.proowner) end,
                   array(select coalesce(p.proargnames[i], '') from generate_subscripts(p.proargmodes, 1) i
                         where p.proargmodes[i] in ('o', 'b', 't') order by i),
                   array(select a.attname::text from pg_type t join pg_attribute a on a.attrelid = t.typrelid
                         where t.oid = p.prorettype and t.typtype = 'c' and a.attnum > 0 and not a.attisdropped
                         order by a.attnum),
                   p.prorettype = 'record'::regtype, p.proretset
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
            order by n.nspname, p.proname, p.oid
            """;

    private static final String SCHEMAS = "select nspname from pg_namespace";

    private PgCatalogReader() {}

    /**
     * Reads all there is.
     *
     * @param connection left as it was, but for its transaction, which is rolled back
     */
    static Snapshot read(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute(PREPARATION);
            Map<Long, List<Table>> parents = parents(statement);
            Map<Long, List<Attribute>> columns = columns(statement);
            List<Relation> relations = relations(statement, columns, parents);
            String version = connection.getMetaData().getDatabaseProductVersion();
            Server server = new Server(Product.POSTGRESQL, version, Server.TableNames.EXACT, "");
            return new Snapshot(server, schemas(statement), relations, routines(statement));
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

    private static Map<Long, List<Attribute>> columns(Statement statement) throws SQLException {
        Map<Long, List<Attribute>> columns = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                List<String> sources = texts(rows, 5);
                Attribute attribute = new Attribute(rows.getInt(2), text(rows, 3), text(rows, 4), false, sources);
                columns.computeIfAbsent(rows.getLong(1), oid -> new ArrayList<>())
                        .add(attribute);
            }
        }
        return columns;
    }

    private static List<Relation> relations(
            Statement statement, Map<Long, List<Attribute>> columns, Map<Long, List<Table>> parents)
            throws SQLException {
        List<Relation> relations = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(RELATIONS)) {
            while (rows.next()) {
                long oid = rows.getLong(1);
                relations.add(new Relation(
                        (int) oid,
                        new Table(text(rows, 2), text(rows, 3)),
                        sort(text(rows, 5)),
                        columns.getOrDefault(oid, List.of()),
                        Optional.ofNullable(rows.getString(4)),
                        Optional.ofNullable(rows.getString(6)),
                        parents.getOrDefault(oid, List.of())));
            }
        }
        return relations;
    }

    private static Relation.Sort sort(String relkind) {
        return switch (relkind) {
            case "p" -> Relation.Sort.PARTITIONED_TABLE;
            case "f" -> Relation.Sort.FOREIGN_TABLE;
            case "v" -> Relation.Sort.VIEW;
            case "m" -> Relation.Sort.MATERIALIZED_VIEW;
            case "S" -> Relation.Sort.SEQUENCE;
            default -> Relation.Sort.TABLE;
        };
    }

    private static List<Routine> routines(Statement statement) throws SQLException {
        List<Routine> routines = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(ROUTINES)) {
            while (rows.next()) {
                List<String> out = texts(rows, 7);
                List<String> columns = out.isEmpty() ? texts(rows, 8) : out;
                routines.add(new Routine(
                        text(rows, 1),
                        text(rows, 2),
                        routineSort(text(rows, 3)),
                        volatility(text(rows, 4)),
                        text(rows, 5),
                        Optional.ofNullable(rows.getString(6)),
                        columns,
                        !rows.getBoolean(9) || !columns.isEmpty(),
                        rows.getBoolean(10)));
            }
        }
        return routines;
    }

    private static Routine.Sort routineSort(String prokind) {
        return switch (prokind) {
            case "a" -> Routine.Sort.AGGREGATE;
            case "w" -> Routine.Sort.WINDOW;
            case "p" -> Routine.Sort.PROCEDURE;
            default -> Routine.Sort.FUNCTION;
        };
    }

    private static Volatility volatility(String provolatile) {
        return switch (provolatile) {
            case "i" -> Volatility.IMMUTABLE;
            case "s" -> Volatility.STABLE;
            default -> Volatility.VOLATILE;
        };
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

    private static List<String> texts(ResultSet rows, int column) throws SQLException {
        @Nullable Array array = rows.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
