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

    /**
     * They give a value whatever they are given: none of them parses, divides, overflows, asks for a number in a range, or
     * takes memory by a number.
     */
    private static final Set<String> TOTAL =
            Set.of(("any_value array_agg array_dims array_length array_lower array_ndims"
                            + " array_replace array_to_json array_to_string array_upper ascii avg bit_length bool_and bool_or btrim"
                            + " cardinality ceil ceiling char_length character_length concat concat_ws corr count covar_pop"
                            + " covar_samp cume_dist dense_rank every first_value floor hashtext initcap isfinite json_agg"
                            + " json_array_length json_arrayagg json_build_array json_extract_path"
                            + " json_extract_path_text json_strip_nulls json_typeof jsonb_agg"
                            + " jsonb_build_array jsonb_extract_path jsonb_extract_path_text"
                            + " jsonb_pretty jsonb_strip_nulls jsonb_typeof lag last_value lead left length"
                            + " lower ltrim max md5 min mode num_nonnulls num_nulls octet_length percent_rank pg_column_size"
                            + " pg_typeof position quote_ident quote_literal quote_nullable rank regr_count replace reverse right"
                            + " round row_number row_to_json rtrim sha224 sha256 sha384 sha512 sign starts_with stddev"
                            + " stddev_pop stddev_samp string_agg string_to_array strpos sum to_hex to_json to_jsonb"
                            + " to_tsvector translate trim trunc upper var_pop var_samp variance")
                    .split(" "));

    /** The same, as long as the keys are constant: one that is null is an error. */
    private static final Set<String> KEYED = Set.of("json_build_object", "jsonb_build_object");

    /** The same, as long as their first argument is the client's own: a unit, a format. */
    private static final Set<String> TOTAL_BUT_FOR_FIRST =
            Set.of("date_part", "date_trunc", "extract", "format", "percentile_cont", "percentile_disc");

    /** The same, as long as all but their first argument are the client's own: a length, a pattern. */
    private static final Set<String> TOTAL_FOR_FIRST = Set.of(
            "encode",
            "lpad",
            "nth_value",
            "overlay",
            "regexp_count",
            "regexp_instr",
            "regexp_like",
            "regexp_match",
            "regexp_replace",
            "regexp_split_to_array",
            "regexp_substr",
            "rpad",
            "split_part",
            "substr",
            "substring",
            "to_char");

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
        if (TOTAL.contains(name)) {
            traits.add(Trait.TOTAL);
        }
        if (KEYED.contains(name)) {
            traits.add(Trait.TOTAL_FOR_VALUES);
        }
        if (TOTAL_FOR_FIRST.contains(name)) {
            traits.add(Trait.TOTAL_FOR_FIRST);
        }
        if (TOTAL_BUT_FOR_FIRST.contains(name)) {
            traits.add(Trait.TOTAL_BUT_FOR_FIRST);
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
