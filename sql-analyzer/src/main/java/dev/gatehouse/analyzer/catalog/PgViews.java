package dev.gatehouse.analyzer.catalog;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what views show. To write a view's definition out, PostgreSQL locks what the view reads, which a session may hold
 * locked that itself waits for the catalog: so no lock is waited for, and such a view counts as one of which nothing is
 * known until the lock is gone.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html">System Catalog Information Functions</a>
 */
final class PgViews {

    /** Stands for a definition that cannot be read; no server gives it. */
    static final String UNKNOWN = "";

    private static final Logger LOG = LoggerFactory.getLogger(PgViews.class);

    private static final int ATTEMPTS = 3;

    /** A definition depends on its own columns' names, and those of what it reads: tables, their columns, functions. */
    private static final String VERSIONS = """
            select v.oid::int8, r.xmin::text || r.ctid::text || v.xmin::text || v.ctid::text,
                   case when d.refclassid = 'pg_class'::regclass then d.refobjid::int8 else 0 end,
                   coalesce((select t.xmin::text || t.ctid::text || tn.nspname from pg_class t
                             join pg_namespace tn on tn.oid = t.relnamespace
                             where d.refclassid = 'pg_class'::regclass and t.oid = d.refobjid),
                            (select p.xmin::text || p.ctid::text || pn.nspname from pg_proc p
                             join pg_namespace pn on pn.oid = p.pronamespace
                             where d.refclassid = 'pg_proc'::regclass and p.oid = d.refobjid))
            from pg_class v
            join pg_namespace n on n.oid = v.relnamespace
            join pg_rewrite r on r.ev_class = v.oid
            left join (select distinct classid, objid, refclassid, refobjid from pg_depend) d
                   on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
                  and d.refclassid in ('pg_class'::regclass, 'pg_proc'::regclass) and d.refobjid <> v.oid
            where v.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
              and n.nspname !~ '^pg_temp'
            order by v.oid, r.oid, d.refclassid, d.refobjid
            """;

    private static final String DEFINITIONS = """
            with locked as materialized (
                select l.relation from pg_locks l join pg_database b on b.oid = l.database
                where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock' and b.datname = current_database())
            select v.oid::int8, pg_get_viewdef(v.oid)
            from pg_class v
            where v.oid = any (?)
              and not exists (
                select from locked
                where locked.relation = v.oid
                   or locked.relation in (
                        select d.refobjid from pg_rewrite r join pg_depend d
                            on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
                        where r.ev_class = v.oid))
            """;

    private final Remembered<String> definitions = new Remembered<>();

    /**
     * Reads the definitions of all views but the server's own.
     *
     * @param columns the versions of the columns of relations, by {@code pg_class.oid}
     * @return by {@code pg_class.oid}; those that cannot be read now are missing
     */
    Map<Long, String> read(Statement statement, Map<Long, String> columns) throws SQLException {
        return definitions.refresh(versions(statement, columns), oids -> definitions(statement.getConnection(), oids));
    }

    void forget() {
        definitions.forget();
    }

    private static Map<Long, String> versions(Statement statement, Map<Long, String> columns) throws SQLException {
        Map<Long, String> versions = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(VERSIONS)) {
            while (rows.next()) {
                long view = rows.getLong(1);
                String rule = rows.getString(2) + '/' + columns.get(view);
                String reads = rows.getString(4) + '/' + columns.get(rows.getLong(3));
                versions.merge(view, rule + '/' + reads, (before, more) -> before + ' ' + more);
            }
        }
        return versions;
    }

    /** A lock that is taken at this very moment makes the server give up; then what is locked has to be seen anew. */
    private static Map<Long, String> definitions(Connection connection, List<Long> oids) throws SQLException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Savepoint before = connection.setSavepoint();
            try {
                Map<Long, String> read = unlocked(connection, oids);
                connection.releaseSavepoint(before);
                return read;
            } catch (SQLException e) {
                connection.rollback(before);
                LOG.debug("View definitions, attempt {}: {}", attempt, e.getMessage());
            }
        }
        return Map.of();
    }

    private static Map<Long, String> unlocked(Connection connection, List<Long> oids) throws SQLException {
        Map<Long, String> read = new HashMap<>();
        Array all = connection.createArrayOf("oid", new ArrayList<>(oids).toArray());
        try (PreparedStatement statement = connection.prepareStatement(DEFINITIONS)) {
            statement.setArray(1, all);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    read.put(rows.getLong(1), Objects.requireNonNullElse(rows.getString(2), UNKNOWN));
                }
            }
        } finally {
            all.free();
        }
        return read;
    }
}
