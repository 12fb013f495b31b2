package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.analyzer.catalog.Constraint.Referred;
import dev.gatehouse.analyzer.catalog.Constraint.Sort;
import dev.gatehouse.firewall.statement.Table;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what PostgreSQL compares when rows change: unique and excluding indexes with the columns of their expressions,
 * references, and checks. What an index computes of a row, or a generated column, may fail as a check does.
 */
final class PgConstraints {

    private static final String CONSTRAINTS = """
            select n.nspname, c.relname, case when i.indisunique or i.indisexclusion then 'u' else 'c' end,
                   array(select a.attname::text from pg_attribute a
                         where a.attrelid = i.indrelid and a.attnum > 0
                           and (a.attnum = any ((i.indkey::int2[])[0:i.indnkeyatts - 1])
                             or exists (select from pg_depend d
                                        where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid
                                          and d.refclassid = 'pg_class'::regclass and d.refobjid = i.indrelid
                                          and d.refobjsubid = a.attnum))),
                   null, null, null, false
            from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
            where (i.indisunique or i.indisexclusion or i.indexprs is not null or i.indpred is not null) and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            union all
            select n.nspname, c.relname, o.contype::text,
                   array(select a.attname::text from pg_attribute a
                         where a.attrelid = o.conrelid and a.attnum = any (o.conkey)),
                   rn.nspname, r.relname,
                   array(select a.attname::text from pg_attribute a
                         where a.attrelid = o.confrelid and a.attnum = any (o.confkey)),
                   o.confupdtype not in ('a', 'r', ' ') or o.confdeltype not in ('a', 'r', ' ')
            from pg_constraint o join pg_class c on c.oid = o.conrelid join pg_namespace n on n.oid = c.relnamespace
                 left join pg_class r on r.oid = o.confrelid left join pg_namespace rn on rn.oid = r.relnamespace
            where o.contype in ('c', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            union all
            select n.nspname, c.relname, 'c',
                   array(select a.attname::text from pg_attribute a
                         where a.attrelid = c.oid and a.attnum > 0
                           and exists (select from pg_depend d
                                       where d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid
                                         and d.refobjsubid = a.attnum and a.attgenerated = ''
                                         and (d.classid = 'pg_attrdef'::regclass
                                              and d.objid in (select v.oid from pg_attrdef v join pg_attribute w
                                                              on w.attrelid = v.adrelid and w.attnum = v.adnum
                                                              where v.adrelid = c.oid and w.attgenerated <> '')
                                           or d.classid = 'pg_class'::regclass and d.objid = c.oid))),
                   null, null, null, false
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
              and exists (select from pg_attribute g where g.attrelid = c.oid and g.attnum > 0 and g.attgenerated <> '')
            """;

    private PgConstraints() {}

    static List<Constraint> read(Statement statement) throws SQLException {
        List<Constraint> constraints = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(CONSTRAINTS)) {
            while (rows.next()) {
                @Nullable String schema = rows.getString(5);
                Optional<Referred> referred = schema == null
                        ? Optional.empty()
                        : Optional.of(
                                new Referred(new Table(schema, text(rows, 6)), texts(rows, 7), rows.getBoolean(8)));
                constraints.add(new Constraint(
                        new Table(text(rows, 1), text(rows, 2)), sort(text(rows, 3)), texts(rows, 4), referred));
            }
        }
        return constraints;
    }

    private static Sort sort(String contype) {
        return switch (contype) {
            case "c" -> Sort.CHECK;
            case "f" -> Sort.REFERENCE;
            default -> Sort.UNIQUE;
        };
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        return Objects.requireNonNull(rows.getString(column));
    }

    private static List<String> texts(ResultSet rows, int column) throws SQLException {
        Array array = Objects.requireNonNull(rows.getArray(column));
        return List.of((String[]) array.getArray());
    }
}
