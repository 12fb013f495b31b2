package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.firewall.statement.Effect.Volatility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The functions that are part of the MySQL and MariaDB servers, which no catalog lists. A loadable function of somebody
 * else's is none of them, and counts as not known.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/en/built-in-function-reference.html">Built-In Function and Operator
 *     Reference</a>
 * @see <a href="https://mariadb.com/kb/en/built-in-functions/">Built-in Functions</a>
 */
final class MySqlRoutines {

    private static final String IMMUTABLE = """
            abs acos add_months adddate addtime aes_decrypt aes_encrypt any_value ascii asin atan atan2 bin bin_to_uuid
            bit_count bit_length cast ceil ceiling char char_length character_length chr coalesce coercibility collation
            column_add column_check column_create column_delete column_exists column_get column_json column_list compress
            concat concat_ws conv convert convert_tz cos cot crc32 crc32c date date_add date_format date_sub datediff day
            dayname dayofmonth dayofweek dayofyear decode decode_histogram decode_oracle degrees des_decrypt des_encrypt elt
            encode exp export_set extract extractvalue field find_in_set floor format format_bytes format_pico_time
            from_base64 from_days from_unixtime from_vector gtid_subset gtid_subtract geometrycollection get_format greatest
            grouping hex hour if ifnull inet6_aton inet6_ntoa inet_aton inet_ntoa insert instr interval is_ipv4
            is_ipv4_compat is_ipv4_mapped is_ipv6 is_uuid isnull json_array json_array_append json_array_insert
            json_array_intersect json_compact json_contains json_contains_path json_depth json_detailed json_equals
            json_exists json_extract json_insert json_key_value json_keys json_length json_loose json_merge json_merge_patch
            json_merge_preserve json_normalize json_object json_object_filter_keys json_object_to_array json_overlaps
            json_pretty json_query json_quote json_remove json_replace json_schema_valid
            json_schema_validation_report json_search json_set json_storage_free json_storage_size json_table json_type
            json_unquote json_valid json_value kdf last_day lcase least left length lengthb linestring ln locate log log10 log2
            lower lpad lpad_oracle ltrim ltrim_oracle make_set makedate maketime mbrcontains mbrcoveredby mbrcovers
            mbrdisjoint mbrequal mbrequals mbrintersects mbroverlaps mbrtouches mbrwithin md5 microsecond mid minute mod month
            monthname multilinestring multipoint multipolygon natural_sort_key nullif nvl nvl2 oct octet_length old_password
            ord password period_add period_diff pi point polygon position pow power quarter quote radians regexp_instr
            regexp_like regexp_replace regexp_substr repeat replace replace_oracle reverse right round rpad rpad_oracle rtrim
            rtrim_oracle sec_to_time second sformat sha sha1 sha2 sign sin soundex space sqrt st_area st_asbinary
            st_asgeojson st_astext st_aswkb st_aswkt st_boundary st_buffer st_buffer_strategy st_centroid st_collect
            st_contains st_convexhull st_crosses st_difference st_dimension st_disjoint st_distance st_distance_sphere
            st_endpoint st_envelope st_equals st_exteriorring st_geohash st_geomcollfromtext st_geometryfromtext
            st_geometryn st_geometrytype st_geomfromgeojson st_geomfromtext st_geomfromwkb st_interiorringn st_intersection
            st_intersects st_isclosed st_isempty st_isring st_issimple st_isvalid st_latfromgeohash st_latitude st_length
            st_linefromtext st_lineinterpolatepoint st_longfromgeohash st_longitude st_makeenvelope st_numgeometries
            st_numinteriorring st_numinteriorrings st_numpoints st_overlaps st_pointatdistance st_pointfromgeohash
            st_pointfromtext st_pointn st_pointonsurface st_polyfromtext st_relate st_simplify st_srid st_startpoint
            st_swapxy st_symdifference st_touches st_transform st_union st_validate st_within st_x st_y
            statement_digest statement_digest_text str_to_date strcmp string_to_vector subdate substr substr_oracle
            substring substring_index subtime tan time time_format time_to_sec timediff timestamp timestampadd
            timestampdiff to_base64 to_char to_days to_number to_seconds to_vector trim trim_oracle truncate ucase uncompress
            uncompressed_length unhex unix_timestamp updatexml upper uuid_to_bin vec_distance vec_distance_cosine
            vec_distance_euclidean vec_fromtext vec_totext vector_dim vector_to_string week weekday weekofyear
            weight_string year yearweek
            """;

    private static final String STABLE = """
            charset connection_id curdate current_date current_role current_time current_timestamp current_user curtime
            database default found_rows icu_version last_value localtime localtimestamp match name_const now
            ps_current_thread_id ps_thread_id roles_graphml row_count schema session_user sysdate system_user user utc_date
            utc_time utc_timestamp validate_password_strength values value version
            """;

    private static final String VOLATILE = """
            benchmark binlog_gtid_pos encrypt get_lock is_free_lock is_used_lock last_insert_id lastval load_file
            master_gtid_wait master_pos_wait nextval rand random_bytes release_all_locks release_lock setval sleep
            source_pos_wait sys_guid uuid uuid_short uuid_v4 uuid_v7 wait_for_executed_gtid_set wsrep_last_seen_gtid
            wsrep_last_written_gtid wsrep_sync_wait_upto_gtid
            """;

    private static final String AGGREGATES = """
            avg bit_and bit_or bit_xor count group_concat json_arrayagg json_objectagg max median min percentile_cont
            percentile_disc std stddev stddev_pop stddev_samp sum var_pop var_samp variance
            """;

    private static final String WINDOWS = """
            cume_dist dense_rank first_value lag lead nth_value ntile percent_rank rank row_number
            """;

    static final List<Routine> NATIVE = routines();

    private MySqlRoutines() {}

    private static List<Routine> routines() {
        List<Routine> routines = new ArrayList<>();
        add(routines, IMMUTABLE, Routine.Sort.FUNCTION, Volatility.IMMUTABLE);
        add(routines, STABLE, Routine.Sort.FUNCTION, Volatility.STABLE);
        add(routines, VOLATILE, Routine.Sort.FUNCTION, Volatility.VOLATILE);
        add(routines, AGGREGATES, Routine.Sort.AGGREGATE, Volatility.IMMUTABLE);
        add(routines, WINDOWS, Routine.Sort.WINDOW, Volatility.IMMUTABLE);
        return List.copyOf(routines);
    }

    private static void add(List<Routine> routines, String names, Routine.Sort sort, Volatility volatility) {
        Stream.of(names.trim().split("\\s+"))
                .map(name -> new Routine(
                        Routine.NATIVE,
                        name,
                        sort,
                        volatility,
                        "internal",
                        Optional.empty(),
                        List.of(),
                        !name.equals("json_table"),
                        name.equals("json_table")))
                .forEach(routines::add);
    }
}
