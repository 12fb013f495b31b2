package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Routine;
import dev.gatehouse.analyzer.catalog.Server;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small database, written down. */
final class Shop {

    private static final List<String> LINES = List.of(
            "public.person id name email ssn salary boss",
            "public.users id name email ssn home",
            "public.orders id person_id total note payload",
            "public.archive id name email",
            "public.only id",
            "audit.log at who what",
            "pg_catalog.pg_class oid relname relnamespace",
            "pg_catalog.pg_stats tablename attname most_common_vals",
            "pg_catalog.pg_namespace oid nspname",
            "public.human id name email",
            "public.robot id name < public.human",
            "public.member id name email club < public.human",
            "public.honorary id email < public.member",
            "audit.listed id email listing",
            "audit.both id email < public.human < audit.listed");

    private static final Map<String, String> VIEWS = Map.of(
            "public.contact id mail",
            "SELECT p.id, lower(p.email) AS mail FROM public.person p WHERE p.salary > 0",
            "public.unreadable id mail",
            "SELECT id, mail FROM XMLTABLE('x' PASSING y COLUMNS z int)");

    private static final List<String> PLAIN_FUNCTIONS = List.of(
            "upper",
            "lower",
            "count",
            "sum",
            "min",
            "max",
            "avg",
            "now",
            "string_agg",
            "array_agg",
            "rank",
            "row_number",
            "coalesce",
            "substring",
            "position",
            "extract",
            "overlay",
            "btrim",
            "length",
            "concat",
            "format",
            "row_to_json",
            "to_json",
            "jsonb_build_object",
            "generate_series",
            "unnest",
            "array_to_string",
            "set_config",
            "query_to_xml",
            "current_setting",
            "pg_read_file",
            "nextval",
            "percentile_cont",
            "lag",
            "md5",
            "random",
            "pg_sleep",
            "to_char",
            "date_trunc",
            "json_agg");

    private Shop() {}

    static Snapshot snapshot() {
        List<Relation> relations = new ArrayList<>();
        LINES.forEach(line -> relations.add(relation(relations.size() + 1, line, Optional.empty())));
        VIEWS.forEach((line, text) -> relations.add(relation(relations.size() + 1, line, Optional.of(text))));
        List<Routine> routines = new ArrayList<>();
        PLAIN_FUNCTIONS.forEach(name -> routines.add(routine(Snapshot.SYSTEM, name, List.of())));
        routines.add(routine(Snapshot.SYSTEM, "jsonb_each", List.of("key", "value")));
        routines.add(routine("public", "all_emails", List.of()));
        routines.add(routine("public", "md5", List.of()));
        return new Snapshot(Server.POSTGRESQL, Set.of("public", "audit", "pg_catalog"), relations, routines);
    }

    private static Routine routine(String schema, String name, List<String> columns) {
        return new Routine(
                schema,
                name,
                Routine.Sort.FUNCTION,
                Effect.Volatility.IMMUTABLE,
                "internal",
                Optional.empty(),
                columns,
                true,
                !columns.isEmpty());
    }

    /** Reads {@code schema.table column… < schema.parent}. */
    private static Relation relation(int oid, String line, Optional<String> view) {
        List<String> sides = List.of(line.split(" < ", -1));
        List<String> words = List.of(sides.get(0).split(" ", -1));
        List<Attribute> columns = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            columns.add(new Attribute(i, words.get(i)));
        }
        List<Table> parents = sides.stream().skip(1).map(Shop::table).toList();
        return new Relation(oid, table(words.get(0)), columns, view, parents);
    }

    static Table table(String name) {
        String[] parts = name.split("\\.", 2);
        return parts.length == 1 ? new Table("public", name) : new Table(parts[0], parts[1]);
    }
}
