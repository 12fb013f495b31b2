package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lineage.Routine.Trait;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Which of PostgreSQL's own functions see more than their arguments, or read an argument as code or as a setting. */
final class PgFunctions {

    /** They read tables, files, other servers or other people's statements. */
    private static final Pattern REVEALING = Pattern.compile(
            "(query|table|cursor|schema|database)_to_xml(schema|_and_xmlschema)?|ts_stat|ts_rewrite|dblink.*|loread|lo_get"
                    + "|lo_export|lo_import|pg_read_.*file.*|pg_ls_.*|pg_stat_file|pg_stat_get_.*|pg_current_logfile"
                    + "|pg_logical_slot_.*|pg_get_wal_.*|pg_hba_file_rules|pg_show_all_file_settings|pg_show_all_settings"
                    + "|pg_cursor|pg_prepared_statement|pg_ident_file_mappings|pg_mcv_list_items|pg_config|pg_sequence_last_value"
                    + "|binary_upgrade_.*|pg_execute_server_program|pg_import_system_collations|pg_restore_.*"
                    + "|pg_get_sequence_data|pg_get_backend_memory_contexts|pg_prepared_xact|pg_backup_stop"
                    + "|pg_wal_summary_contents|pg_read_server_files|pg_walinspect.*");

    /** What they do hangs on the value of an argument. */
    private static final Pattern BY_VALUE = Pattern.compile(
            "set_config|current_setting|lo_.*|nextval|setval|currval|to_reg.*|pg_get_.*def|pg_notify|pg_terminate_backend"
                    + "|pg_cancel_backend|pg_reload_conf|pg_rotate_logfile|has_.*_privilege|pg_(try_)?advisory_.*"
                    + "|pg_(create|drop|copy|promote|switch|replication|log|backup|clear|stat_reset)_?.*|json.*_path_.*"
                    + "|pg_get_(object_address|serial_sequence|expr)|pg_sync_replication_slots");

    /**
     * They keep or send what they are given, past the result's rows: in a setting, a seed, a sequence, a message, a large
     * object, a lock that others see, a name, or the time they take.
     */
    private static final Pattern KEEPING =
            Pattern.compile("set_config|setseed|setval|pg_notify|pg_logical_emit_message|lo_.*|lowrite|pg_sleep.*"
                    + "|pg_(try_)?advisory_.*|pg_backup_start|pg_create_.*|pg_copy_.*_slot|pg_replication_.*"
                    + "|pg_extension_config_dump|pg_clear_.*|pg_promote");

    /** What they give is one of the values they are given, with each letter in its place. */
    private static final Set<String> WHOLE =
            Set.of("any_value", "first_value", "last_value", "lower", "max", "min", "upper");

    /** They give one value for the rows of a group. */
    private static final Set<String> AGGREGATES =
            Set.of(("any_value array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop"
                            + " covar_samp every json_agg json_agg_strict json_arrayagg json_object_agg"
                            + " json_object_agg_strict json_object_agg_unique json_object_agg_unique_strict"
                            + " json_objectagg jsonb_agg jsonb_agg_strict jsonb_object_agg jsonb_object_agg_strict"
                            + " jsonb_object_agg_unique jsonb_object_agg_unique_strict max min mode percentile_cont"
                            + " percentile_disc range_agg range_intersect_agg regr_avgx regr_avgy regr_count"
                            + " regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy stddev stddev_pop"
                            + " stddev_samp string_agg sum var_pop var_samp variance xmlagg")
                    .split(" "));

    private static final Set<String> PASSING = Set.of("pg_stat_get_backend_idset");

    private PgFunctions() {}

    /** What is known of a function of this name, if it is the server's own. */
    static Set<Trait> traits(String name) {
        boolean reveals = REVEALING.matcher(name).matches() && !PASSING.contains(name);
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (reveals) {
            traits.add(Trait.REVEALS);
        }
        if (reveals || KEEPING.matcher(name).matches()) {
            traits.add(Trait.CARRIES);
        }
        if (reveals || BY_VALUE.matcher(name).matches()) {
            traits.add(Trait.HANGS_ON_LITERALS);
        }
        if (WHOLE.contains(name)) {
            traits.add(Trait.KEEPS_WHOLE);
        }
        if (AGGREGATES.contains(name)) {
            traits.add(Trait.AGGREGATES);
        }
        if (name.equals("count")) {
            traits.add(Trait.COUNTS);
        }
        if (name.equals("set_config")) {
            traits.add(Trait.SETS);
        }
        return traits;
    }
}
