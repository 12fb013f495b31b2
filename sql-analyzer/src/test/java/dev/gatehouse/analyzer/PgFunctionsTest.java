package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.lineage.Routine.Trait;
import dev.gatehouse.testing.RealPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every function of a real server's own that might hold more than it is given is judged here. */
final class PgFunctionsTest {

    /** Functions whose results may depend on more than their arguments, in types that can hold any value. */
    private static final String DOUBTFUL = """
            select distinct p.proname from pg_proc p
            join pg_namespace n on n.oid = p.pronamespace join pg_type t on t.oid = p.prorettype
            where n.nspname = 'pg_catalog' and p.prokind = 'f'
              and (p.provolatile = 'v'
                   and (p.proretset or t.typcategory in ('A', 'S') or t.typtype in ('c', 'p') and t.typname <> 'void'
                        or t.typname in ('json', 'jsonb', 'xml', 'bytea', 'tsquery', 'tsvector'))
                or p.provolatile = 's' and (p.proretset or t.typname in ('record', 'xml')))
              and t.typname not in ('trigger', 'event_trigger', 'internal', 'language_handler', 'tsm_handler',
                                    'index_am_handler', 'table_am_handler', 'fdw_handler')
            """;

    /** They hold what their arguments hold, or facts about the server that no table's values take part in. */
    private static final Set<String> HARMLESS = Set.of("""
            array_sample array_shuffle set_config current_query timeofday
            generate_series json_populate_recordset json_to_record json_to_recordset jsonb_path_query_tz
            jsonb_populate_recordset jsonb_to_record jsonb_to_recordset unnest aclexplode ts_debug ts_parse ts_token_type
            xml xml_in xml_recv record_in record_recv pg_input_error_info pg_options_to_table
            pg_available_extensions pg_available_extension_versions pg_extension_update_paths pg_get_keywords
            pg_timezone_abbrevs_abbrevs pg_timezone_abbrevs_zone pg_timezone_names
            pg_get_catalog_foreign_keys pg_get_object_address pg_get_publication_tables pg_identify_object
            pg_identify_object_as_address pg_partition_ancestors pg_partition_tree pg_sequence_parameters
            pg_tablespace_databases pg_collation_actual_version pg_database_collation_actual_version
            pg_event_trigger_ddl_commands pg_event_trigger_dropped_objects pg_listening_channels
            pg_lock_status pg_blocking_pids pg_safe_snapshot_blocking_pids pg_last_committed_xact
            pg_xact_commit_timestamp_origin pg_xact_status txid_status pg_get_multixact_members pg_export_snapshot
            pg_control_checkpoint pg_control_init pg_control_recovery pg_control_system
            pg_get_aios pg_get_loaded_modules pg_get_shmem_allocations pg_get_shmem_allocations_numa pg_get_wait_events
            pg_available_wal_summaries pg_split_walfile_name pg_walfile_name_offset
            pg_get_replication_slots pg_show_replication_origin_status pg_replication_slot_advance
            pg_copy_logical_replication_slot pg_copy_physical_replication_slot
            pg_create_logical_replication_slot pg_create_physical_replication_slot
            pg_stat_get_backend_idset""".split("\\s+"));

    @Test
    void noFunctionThatMayHoldMoreGoesUnjudged() throws SQLException {
        Set<String> unjudged = new TreeSet<>();
        int all = 0;
        try (Connection connection = RealPostgres.shared().connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DOUBTFUL)) {
            while (rows.next()) {
                String name = rows.getString(1);
                all++;
                if (!PgFunctions.traits(name).contains(Trait.REVEALS) && !HARMLESS.contains(name)) {
                    unjudged.add(name);
                }
            }
        }
        assertThat(all).isGreaterThan(100);
        assertThat(unjudged).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query_to_xml",
                "query_to_xml_and_xmlschema",
                "cursor_to_xml",
                "table_to_xml",
                "schema_to_xml",
                "database_to_xml",
                "database_to_xml_and_xmlschema",
                "ts_stat",
                "ts_rewrite",
                "lo_get",
                "loread",
                "pg_read_file",
                "pg_read_binary_file",
                "pg_ls_dir",
                "pg_ls_waldir",
                "pg_stat_file",
                "pg_stat_get_activity",
                "pg_stat_get_backend_activity",
                "pg_logical_slot_get_changes",
                "pg_logical_slot_peek_binary_changes",
                "pg_show_all_settings",
                "pg_hba_file_rules",
                "pg_cursor",
                "pg_prepared_statement",
                "pg_prepared_xact",
                "pg_mcv_list_items",
                "pg_sequence_last_value",
                "pg_get_sequence_data",
                "pg_get_backend_memory_contexts",
                "pg_backup_stop",
                "pg_wal_summary_contents",
                "dblink",
                "dblink_exec"
            })
    void whatReadsByOtherMeansIsNotAccountedFor(String name) {
        assertThat(PgFunctions.traits(name).contains(Trait.REVEALS)).isTrue();
        assertThat(PgFunctions.traits(name).contains(Trait.CARRIES)).isTrue();
        assertThat(PgFunctions.traits(name).contains(Trait.HANGS_ON_LITERALS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lower",
                "count",
                "row_to_json",
                "to_char",
                "pg_get_viewdef",
                "pg_get_expr",
                "pg_typeof",
                "format_type",
                "pg_table_is_visible",
                "current_setting",
                "nextval",
                "currval",
                "lastval",
                "pg_backend_pid",
                "version"
            })
    void theRestIsAccountedFor(String name) {
        assertThat(PgFunctions.traits(name).contains(Trait.REVEALS)).isFalse();
        assertThat(PgFunctions.traits(name).contains(Trait.CARRIES)).isFalse();
    }
}
