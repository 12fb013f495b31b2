package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.firewall.statement.Modes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How a function may be called that MySQL's and MariaDB's grammars know by name. Of all others, the grammars only say that
 * they have a list of values.
 *
 * @param least how many values it has at least
 * @param most how many at most
 * @param also what else it may have
 */
record MySqlSignature(int least, int most, Set<Also> also) {

    /** What a function may have besides values. */
    enum Also {
        /** A star for its values. */
        STAR,
        DISTINCT,
        ALL,
        /** ORDER BY, SEPARATOR and LIMIT before the parenthesis that closes it. */
        ORDER,
        /** A window. */
        OVER,
        /** Nothing without a window. */
        ONLY_OVER,
        WITHIN_GROUP,
        /** As its values nothing but numbers. */
        NUMBERS,
        /** As its second value an amount of time; {@link #MAYBE_INTERVAL}: or another value. */
        INTERVAL,
        MAYBE_INTERVAL,
        /** As its values pairs, of which the second may have a type. */
        PAIRS,
        /** As its second value one with a type. */
        TYPED,
        /** A character set. */
        USING
    }

    /** What any function may have. */
    static final MySqlSignature ANY = new MySqlSignature(0, Integer.MAX_VALUE, Set.of());

    private static final String BOTH = """
            ascii 1 1; charset 1 1; date 1 1; day 1 1; hour 1 1; minute 1 1; month 1 1; second 1 1; time 1 1; year 1 1;
            timestamp 1 2; left 2 2; right 2 2; mod 2 2; repeat 2 2; truncate 2 2; if 3 3; replace 3 3; insert 4 4;
            interval 2 -; char 1 - USING;
            adddate 2 2 MAYBE_INTERVAL; subdate 2 2 MAYBE_INTERVAL; date_add 2 2 INTERVAL; date_sub 2 2 INTERVAL;
            user 0 0; session_user 0 0; system_user 0 0; current_user 0 0;
            curdate 0 0; current_date 0 0; utc_date 0 0;
            curtime 0 1 NUMBERS; current_time 0 1 NUMBERS; current_timestamp 0 1 NUMBERS; localtime 0 1 NUMBERS;
            localtimestamp 0 1 NUMBERS; now 0 1 NUMBERS; sysdate 0 1 NUMBERS; utc_time 0 1 NUMBERS;
            utc_timestamp 0 1 NUMBERS;
            count 1 1 STAR DISTINCT ALL OVER; sum 1 1 DISTINCT ALL OVER; avg 1 1 DISTINCT ALL OVER;
            min 1 1 DISTINCT ALL OVER; max 1 1 DISTINCT ALL OVER;
            bit_and 1 1 ALL OVER; bit_or 1 1 ALL OVER; bit_xor 1 1 ALL OVER; std 1 1 ALL OVER; stddev 1 1 ALL OVER;
            stddev_pop 1 1 ALL OVER; stddev_samp 1 1 ALL OVER; variance 1 1 ALL OVER; var_pop 1 1 ALL OVER;
            var_samp 1 1 ALL OVER;
            group_concat 1 - DISTINCT ORDER OVER; json_objectagg 2 2 OVER;
            row_number 0 0 ONLY_OVER; rank 0 0 ONLY_OVER; dense_rank 0 0 ONLY_OVER; percent_rank 0 0 ONLY_OVER;
            cume_dist 0 0 ONLY_OVER; ntile 1 1 ONLY_OVER; first_value 1 1 ONLY_OVER; nth_value 2 2 ONLY_OVER;
            """;

    private static final Map<String, MySqlSignature> IN_MARIADB = read(BOTH + """
            current_role 0 0; password 1 1; trim_oracle 1 1; column_add 3 - PAIRS; column_create 2 - PAIRS;
            column_delete 2 -; column_get 2 2 TYPED;
            json_arrayagg 1 - DISTINCT ORDER OVER; last_value 1 - OVER; lag 1 2 ONLY_OVER; lead 1 2 ONLY_OVER;
            median 1 1 ONLY_OVER; percentile_cont 1 1 WITHIN_GROUP ONLY_OVER; percentile_disc 1 1 WITHIN_GROUP ONLY_OVER
            """);

    private static final Map<String, MySqlSignature> IN_MYSQL = read(BOTH + """
            json_arrayagg 1 1 OVER; st_collect 1 1 DISTINCT OVER; last_value 1 1 ONLY_OVER; lag 1 3 ONLY_OVER;
            lead 1 3 ONLY_OVER
            """);

    private static Map<String, MySqlSignature> read(String table) {
        Map<String, MySqlSignature> all = new HashMap<>();
        for (String line : table.split(";", -1)) {
            if (line.isBlank()) {
                continue;
            }
            String[] words = line.strip().split(" ", -1);
            Set<Also> also = new HashSet<>();
            for (int i = 3; i < words.length; i++) {
                also.add(Also.valueOf(words[i]));
            }
            int most = words[2].equals("-") ? Integer.MAX_VALUE : Integer.parseInt(words[2]);
            all.put(words[0], new MySqlSignature(Integer.parseInt(words[1]), most, Set.copyOf(also)));
        }
        return Map.copyOf(all);
    }

    /** Whether the server's grammar knows a function of this name. */
    static boolean isKnown(String name, Modes.MySql modes) {
        return (modes.isMariaDb() ? IN_MARIADB : IN_MYSQL).containsKey(name);
    }

    /** How a function of the grammar's own, or any other, is called. */
    static MySqlSignature of(String name, Modes.MySql modes) {
        return (modes.isMariaDb() ? IN_MARIADB : IN_MYSQL).getOrDefault(name, ANY);
    }

    boolean has(Also more) {
        return also.contains(more);
    }

    /** Whether it may have so many values. */
    boolean takes(int values) {
        boolean pairs = !has(Also.PAIRS) || (values - least) % 2 == 0;
        return values >= least && values <= most && pairs;
    }
}
