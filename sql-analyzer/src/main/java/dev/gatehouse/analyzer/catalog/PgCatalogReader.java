package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.analyzer.catalog.Server.Product;
import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.firewall.statement.Effect.Volatility;
import dev.gatehouse.firewall.statement.Table;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Reads a database's catalog. As long as the connection stays the same, what has not changed is not read again: reading the
 * catalog is what a statement behind one that changed it waits for. The version of an object is that of its rows, by
 * {@code xmin} and {@code ctid}, and it is read before the object is.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalogs.html">System Catalogs</a>
 */
final class PgCatalogReader {

    /**
     * With this search path PostgreSQL qualifies every name in a view's definition that is not its own. No lock is worth a
     * wait: who holds it may wait for this catalog.
     */
    private static final String PREPARATION = "set local search_path = pg_catalog; set local lock_timeout = '500ms'";

    private static final String RELATIONS = """
            select c.oid::int8, n.nspname, c.relname, c.relkind::text,
                   case when c.relkind in ('v', 'm')
                         and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on',
                                                                'security_invoker=1', 'security_invoker=yes'], false)
                        then pg_get_userbyid(c.relowner) end,
                   c.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and n.nspname !~ '^pg_(toast|temp)'
            """;

    /** Of composite types too: functions give rows of them. */
    private static final String COLUMN_VERSIONS = """
            select a.attrelid::int8,
                   hashtextextended(string_agg(
                     a.xmin::text || a.ctid::text || t.xmin::text || t.ctid::text || case when a.attgenerated <> '' then
                       (select d.xmin::text || d.ctid::text from pg_attrdef d
                        where d.adrelid = a.attrelid and d.adnum = a.attnum) else '' end, ' ' order by a.attnum), 0)::text
            from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_type t on t.oid = a.atttypid
            where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'c')
              and a.attrelid >= ?::int8::oid
            group by a.attrelid
            """;

    /**
     * A generated column depends on the columns that its expression names. A column of a domain comes to clients as one of the
     * domain's type.
     */
    private static final String COLUMNS = """
            select a.attrelid::int8, a.attnum::int4, a.attname::text,
                   case when t.typtype = 'd' then
                     (with recursive domains as (
                        select t.typbasetype as base, t.typtypmod as mod
                        union all
                        select d.typbasetype, d.typtypmod from domains join pg_type d on d.oid = base and d.typtype = 'd')
                      select format_type(base, mod) from domains join pg_type b on b.oid = base and b.typtype <> 'd')
                   else format_type(a.atttypid, a.atttypmod) end,
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
            from pg_attribute a left join pg_type t on t.oid = a.atttypid
            where a.attnum > 0 and not a.attisdropped and a.attrelid = any (?)
            order by a.attrelid, a.attnum
            """;

    private static final String PARENTS = """
            select i.inhrelid::int8, n.nspname, c.relname
            from pg_inherits i join pg_class c on c.oid = i.inhparent join pg_namespace n on n.oid = c.relnamespace
            order by i.inhrelid, i.inhseqno
            """;

    private static final String ROUTINE_VERSIONS = """
            select p.oid::int8, p.xmin::text || p.ctid::text || n.nspname
                   || case when p.prosecdef then pg_get_userbyid(p.proowner) else '' end
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where p.oid >= ?::int8::oid
            """;

    private static final String ROUTINES = """
            select p.oid::int8, n.nspname, p.proname, p.prokind::text, p.provolatile::text, l.lanname,
                   case when p.prosecdef then pg_get_userbyid(p.proowner) end,
                   array(select coalesce(p.proargnames[i], '') from generate_subscripts(p.proargmodes, 1) i
                         where p.proargmodes[i] in ('o', 'b', 't') order by i),
                   (select t.typrelid::int8 from pg_type t where t.oid = p.prorettype and t.typtype = 'c'),
                   p.prorettype = 'record'::regtype, p.proretset
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
            where p.oid = any (?)
            """;

    private static final String SCHEMAS = "select nspname from pg_namespace";

    /** A function or procedure as its row in {@code pg_proc} tells of it, and the type whose columns it gives, or 0. */
    private record Declared(long oid, Routine routine, boolean record, long composite) {

        Routine routine(Map<Long, List<Attribute>> columns) {
            List<String> names = routine.columns().isEmpty()
                    ? columns.getOrDefault(composite, List.of()).stream()
                            .map(Attribute::name)
                            .toList()
                    : routine.columns();
            return new Routine(
                    routine.schema(),
                    routine.name(),
                    routine.sort(),
                    routine.volatility(),
                    routine.language(),
                    routine.definer(),
                    names,
                    !record || !names.isEmpty(),
                    routine.rows());
        }
    }

    private static final Comparator<Declared> BY_NAME = Comparator.comparing(
                    (Declared declared) -> declared.routine().schema())
            .thenComparing(declared -> declared.routine().name())
            .thenComparing(Declared::oid);

    private final PgVersions columnVersions = new PgVersions(COLUMN_VERSIONS);
    private final PgVersions routineVersions = new PgVersions(ROUTINE_VERSIONS);
    private final Remembered<List<Attribute>> attributes = new Remembered<>();
    private final Remembered<Declared> routines = new Remembered<>();
    private final PgViews views = new PgViews();
    /** The connection that what is remembered was read over. */
    private @Nullable PGConnection server;

    /**
     * Reads all there is.
     *
     * @param connection left as it was, but for its transaction, which is rolled back
     */
    synchronized Snapshot read(Connection connection) throws SQLException {
        PGConnection now = connection.unwrap(PGConnection.class);
        if (now != server) {
            columnVersions.forget();
            routineVersions.forget();
            attributes.forget();
            routines.forget();
            views.forget();
            server = now;
        }
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute(PREPARATION);
            Map<Long, String> versions = columnVersions.read(connection);
            Map<Long, List<Attribute>> columns = attributes.refresh(versions, oids -> columns(connection, oids));
            Map<Long, String> definitions = views.read(statement, versions);
            List<Relation> relations = relations(statement, columns, parents(statement), definitions);
            String version = connection.getMetaData().getDatabaseProductVersion();
            Server product = new Server(Product.POSTGRESQL, version, Server.TableNames.EXACT, "");
            List<Routine> called =
                    routines
                            .refresh(routineVersions.read(connection), oids -> routines(connection, oids))
                            .values()
                            .stream()
                            .sorted(BY_NAME)
                            .map(declared -> declared.routine(columns))
                            .toList();
            return new Snapshot(product, schemas(statement), relations, called, PgConstraints.read(statement));
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

    private static Map<Long, List<Attribute>> columns(Connection connection, List<Long> oids) throws SQLException {
        Map<Long, List<Attribute>> columns = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setArray(1, connection.createArrayOf("oid", oids.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    List<String> sources = texts(rows, 5);
                    Attribute attribute = new Attribute(rows.getInt(2), text(rows, 3), text(rows, 4), false, sources);
                    columns.computeIfAbsent(rows.getLong(1), oid -> new ArrayList<>())
                            .add(attribute);
                }
            }
        }
        return columns;
    }

    private static List<Relation> relations(
            Statement statement,
            Map<Long, List<Attribute>> columns,
            Map<Long, List<Table>> parents,
            Map<Long, String> definitions)
            throws SQLException {
        List<Relation> relations = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(RELATIONS)) {
            while (rows.next()) {
                long oid = rows.getLong(1);
                relations.add(new Relation(
                        (int) oid,
                        new Table(text(rows, 2), text(rows, 3)),
                        sort(text(rows, 4)),
                        columns.getOrDefault(oid, List.of()),
                        rows.getBoolean(6)
                                ? Optional.of(definitions.getOrDefault(oid, PgViews.UNKNOWN))
                                : Optional.empty(),
                        Optional.ofNullable(rows.getString(5)),
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

    private static Map<Long, Declared> routines(Connection connection, List<Long> oids) throws SQLException {
        Map<Long, Declared> routines = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(ROUTINES)) {
            statement.setArray(1, connection.createArrayOf("oid", oids.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Routine routine = new Routine(
                            text(rows, 2),
                            text(rows, 3),
                            routineSort(text(rows, 4)),
                            volatility(text(rows, 5)),
                            text(rows, 6),
                            Optional.ofNullable(rows.getString(7)),
                            texts(rows, 8),
                            true,
                            rows.getBoolean(11));
                    long oid = rows.getLong(1);
                    routines.put(oid, new Declared(oid, routine, rows.getBoolean(10), rows.getLong(9)));
                }
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
