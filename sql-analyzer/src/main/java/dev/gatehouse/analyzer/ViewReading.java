package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Server.TableNames;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.analyzer.lexer.MySqlLexer;
import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.lineage.Expansion;
import dev.gatehouse.analyzer.lineage.Findings;
import dev.gatehouse.analyzer.lineage.Lineage;
import dev.gatehouse.analyzer.lineage.Mode;
import dev.gatehouse.analyzer.lineage.Rowset;
import dev.gatehouse.analyzer.lineage.Rowset.Field;
import dev.gatehouse.analyzer.lineage.Trace;
import dev.gatehouse.analyzer.lineage.Vocabulary;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Table;
import dev.gatehouse.firewall.statement.Tallies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;

/** Works out what reading a relation amounts to: through its {@link Family}, and through a view to what that reads. */
final class ViewReading {

    /** Relations that show other people's data, or values out of tables, under columns of their own. */
    private static final Set<String> REVEALING = Set.of(
            ("pg_authid pg_backend_memory_contexts pg_cursors pg_file_settings pg_hba_file_rules pg_ident_file_mappings pg_largeobject "
                            + "pg_prepared_statements pg_prepared_xacts pg_shadow pg_stat_activity pg_statistic pg_statistic_ext_data pg_stats "
                            + "pg_stats_ext pg_stats_ext_exprs pg_subscription pg_user_mapping pg_user_mappings "
                            + "column_statistics column_stats general_log innodb_buffer_page innodb_ft_index_cache innodb_ft_index_table "
                            + "innodb_buffer_page_lru innodb_buffer_pool_stats innodb_cached_indexes innodb_cmpmem innodb_cmp_per_index "
                            + "innodb_locks innodb_sys_tablestats innodb_tablestats innodb_table_stats innodb_trx key_caches "
                            + "query_cache_info optimizer_trace processlist slow_log "
                            // What the server counts at its work follows the plans it makes of values.
                            + "client_statistics global_status index_statistics index_stats innodb_index_stats innodb_metrics "
                            + "profiling session_status table_statistics user_statistics")
                    .split(" "));

    /** What the relations are called in which PostgreSQL counts at its work, which follows values. */
    private static final List<String> COUNTERS = List.of("pg_stat_", "pg_statio_");

    /** Those of them that only tell how sessions are connected. */
    private static final Set<String> CONNECTIONS = Set.of("pg_stat_ssl", "pg_stat_gssapi");

    /** Relations of MySQL's that only name things, but for {@link Tallies}. */
    private static final Set<String> COUNTING = Set.of("statistics", "tables", "partitions");

    /** Schemas of MySQL's that show other people's statements and values out of tables. */
    private static final Set<String> REVEALING_SCHEMAS = Set.of("performance_schema", "sys");

    /** Columns of those of PostgreSQL's that only name objects and people. */
    private static final Set<String> NAMING = Set.of(
            ("attname backend_type datid datname funcid funcname indexrelid indexrelname inherited leader_pid pid relid relname schemaname staattnum stainherit starelid state "
                            + "statistics_name statistics_owner statistics_schemaname stxoid tablename usename usesysid "
                            + "wait_event wait_event_type")
                    .split(" "));

    private ViewReading() {}

    static Expansion of(Relation relation, Snapshot snapshot) {
        if (snapshot.isSystem(relation)) {
            return told(relation, own(relation, snapshot, !reveals(relation.table())), true);
        }
        Optional<String> definition = relation.view();
        if (definition.isEmpty()) {
            return told(relation, own(relation, snapshot, true), true);
        }
        try {
            return through(relation, definition.get(), snapshot);
        } catch (Unreadable | StackOverflowError e) {
            return told(relation, own(relation, snapshot, false), false);
        }
    }

    /** Whether a relation of the server's own shows other people's data, or values out of tables. */
    static boolean reveals(Table table) {
        String name = table.name().toLowerCase(Locale.ROOT);
        boolean counts = table.schema().equals(Snapshot.SYSTEM)
                && COUNTERS.stream().anyMatch(name::startsWith)
                && !CONNECTIONS.contains(name);
        return counts
                || REVEALING.contains(name)
                || REVEALING_SCHEMAS.contains(table.schema().toLowerCase(Locale.ROOT));
    }

    private static Expansion told(Relation relation, Rowset rows, boolean complete) {
        return new Expansion(relation.table(), rows, List.of(), complete);
    }

    private static Rowset own(Relation relation, Snapshot snapshot, boolean accounted) {
        Family family = Family.of(relation, snapshot);
        List<Field> fields = new ArrayList<>();
        for (Attribute attribute : relation.columns()) {
            Trace trace = family.trace(attribute.name(), snapshot);
            Trace sources = attribute.sources().stream()
                    .map(source -> family.trace(source, snapshot))
                    .reduce(Trace.NONE, Trace::and)
                    .computed();
            boolean names = relation.table().schema().equals(Snapshot.SYSTEM) && NAMING.contains(attribute.name());
            boolean counts = snapshot.isSystem(relation)
                    && COUNTING.contains(relation.table().name().toLowerCase(Locale.ROOT))
                    && Tallies.contains(attribute.name());
            boolean told = (accounted || names) && !counts;
            Trace all = told ? trace.and(sources) : trace.and(Trace.UNKNOWN);
            fields.add(new Field(attribute.name(), all, attribute.hidden()));
        }
        return Rowset.of(fields);
    }

    private static Expansion through(Relation relation, String definition, Snapshot snapshot) {
        boolean ofMySql = snapshot.server().product().dialect() == Dialect.MYSQL;
        Findings findings = new Findings();
        Rowset rows = ofMySql
                ? ofMySql(relation, definition, snapshot, findings)
                : ofPostgreSql(definition, snapshot, findings);
        Rowset own = own(relation, snapshot, true);
        if (rows.open() || rows.fields().size() != own.fields().size()) {
            throw new Unreadable("a view whose columns have changed", 0);
        }
        List<Field> fields = new ArrayList<>();
        String step = "view " + relation.table();
        for (int i = 0; i < own.fields().size(); i++) {
            Field field = own.fields().get(i);
            fields.add(field.and(rows.fields().get(i).trace().by(step)));
        }
        return new Expansion(relation.table(), Rowset.of(fields), findings.effects(), findings.isComplete());
    }

    private static Rowset ofPostgreSql(String definition, Snapshot snapshot, Findings findings) {
        Scope scope = new Scope("", "", "", Optional.of(List.of(Snapshot.SYSTEM)), new Modes.PostgreSql(true));
        return rows(PgLexer.read(definition, true), new PgVocabulary(snapshot, scope), scope.modes(), findings);
    }

    /** MySQL keeps a view's text with every name qualified, as the default modes read it. */
    private static Rowset ofMySql(Relation relation, String definition, Snapshot snapshot, Findings findings) {
        int tableNames = snapshot.server().tableNames() == TableNames.EXACT ? 0 : 1;
        if (!(Modes.MySql.of(snapshot.server().version(), "", tableNames) instanceof Modes.MySql modes)) {
            throw new Unreadable("a server that is not known", 0);
        }
        Scope scope = new Scope("", relation.table().schema(), "", Optional.of(List.of()), modes);
        Vocabulary vocabulary = new MySqlVocabulary(snapshot, scope, modes);
        return rows(MySqlLexer.read(definition, modes), vocabulary, modes, findings);
    }

    private static Rowset rows(List<Token> tokens, Vocabulary vocabulary, Modes modes, Findings findings) {
        List<Token> query = tokens.stream().filter(token -> !token.isMark(";")).toList();
        SqlNode tree = TreeReader.read(query, modes);
        return Lineage.statement(tree, vocabulary, findings, Mode.INNER).rows();
    }
}
