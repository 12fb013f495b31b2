package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lineage.Routine.Trait;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Which of MySQL's and MariaDB's own functions do more than compute a value of their arguments. */
final class MySqlFunctions {

    private static final Set<String> REVEALING = Set.of("load_file");

    /**
     * They keep or send what they are given, past the result's rows: in a lock that others see, a sequence, the session's
     * last id, or the time they take.
     */
    private static final Pattern KEEPING = Pattern.compile(
            "get_lock|release_lock|release_all_locks|is_free_lock|is_used_lock"
                    + "|service_get_.*_locks|sleep|benchmark|last_insert_id|setval|(master|source)_(pos|gtid)_wait"
                    + "|wait_(for|until).*|asynchronous_connection_failover_.*|group_replication_.*|keyring_key_.*|set_.*");

    /** What they do hangs on the value of an argument. */
    private static final Pattern BY_VALUE = Pattern.compile(
            "load_file|nextval|setval|lastval|get_lock|release_lock|is_free_lock|is_used_lock|last_insert_id"
                    + "|sleep|benchmark|keyring_key_.*|group_replication_.*|asynchronous_connection_failover_.*|set_.*");

    /** What they give is one of the values they are given, with each letter in its place. */
    private static final Set<String> WHOLE = Set.of(
            "any_value", "first_value", "last_value", "lcase", "lower", "max", "min", "nth_value", "ucase", "upper");

    /** They give one value for the rows of a group. */
    private static final Set<String> AGGREGATES =
            Set.of(("avg bit_and bit_or bit_xor count group_concat json_arrayagg json_objectagg max min std"
                            + " stddev stddev_pop stddev_samp st_collect sum var_pop var_samp variance")
                    .split(" "));

    /** They give a value whatever values they are given, without an error or a warning, and do nothing else. */
    private static final Set<String> TOTAL =
            Set.of(("any_value ascii bit_length char_length character_length concat concat_ws count crc32 first_value"
                            + " hex ifnull instr isnull json_array json_arrayagg json_quote lag last_value lcase lead length lower ltrim"
                            + " max md5 min nth_value octet_length ord position quote reverse rtrim sha sha1 soundex strcmp to_base64 trim"
                            + " ucase upper")
                    .split(" "));

    /** The same, where all they are given but the first is constant. */
    private static final Set<String> TOTAL_FOR_FIRST = Set.of(
            "field",
            "left",
            "lpad",
            "mid",
            "replace",
            "right",
            "rpad",
            "sha2",
            "substr",
            "substring",
            "substring_index");

    /** The same, where they are given a column as it is: of any other text they warn where it is no number or date. */
    private static final Set<String> TOTAL_FOR_COLUMNS =
            Set.of(("avg bit_and bit_or bit_xor day dayname dayofmonth dayofweek dayofyear hour last_day minute month"
                            + " monthname quarter second std stddev stddev_pop stddev_samp sum var_pop var_samp variance"
                            + " week weekday year")
                    .split(" "));

    private MySqlFunctions() {}

    /** What is known of a function of this name, if it is the server's own. */
    static Set<Trait> traits(String name) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (REVEALING.contains(name)) {
            traits.add(Trait.REVEALS);
        }
        if (REVEALING.contains(name) || KEEPING.matcher(name).matches()) {
            traits.add(Trait.CARRIES);
        }
        if (BY_VALUE.matcher(name).matches()) {
            traits.add(Trait.HANGS_ON_LITERALS);
        }
        if (WHOLE.contains(name)) {
            traits.add(Trait.KEEPS_WHOLE);
        }
        if (TOTAL.contains(name)) {
            traits.add(Trait.TOTAL);
        }
        if (TOTAL_FOR_FIRST.contains(name)) {
            traits.add(Trait.TOTAL_FOR_FIRST);
        }
        if (TOTAL_FOR_COLUMNS.contains(name)) {
            traits.add(Trait.TOTAL_FOR_COLUMNS);
        }
        if (name.equals("json_object")) {
            traits.add(Trait.TOTAL_FOR_VALUES);
        }
        if (AGGREGATES.contains(name)) {
            traits.add(Trait.AGGREGATES);
        }
        if (name.equals("count")) {
            traits.add(Trait.COUNTS);
        }
        return traits;
    }

    /** Whether it reads a file of the server, whose name is its argument. */
    static boolean readsFile(String name) {
        return name.equals("load_file");
    }
}
