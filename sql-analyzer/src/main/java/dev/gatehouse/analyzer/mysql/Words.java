package dev.gatehouse.analyzer.mysql;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import java.util.Set;

/** The words that decide how MySQL and MariaDB read a command. */
final class Words {

    /** Words that name nothing unless they are quoted, in both. */
    private static final Set<String> RESERVED = words(
            "accessible add all alter analyze and as asc asensitive before between bigint binary blob both by call cascade",
            "case change char character check collate column condition constraint continue convert create cross",
            "current_date current_time current_timestamp current_user cursor database databases day_hour",
            "day_microsecond day_minute day_second dec decimal declare default delayed delete desc describe",
            "deterministic distinct distinctrow div double drop dual each else elseif enclosed escaped except exists exit",
            "explain false fetch float float4 float8 for force foreign from fulltext grant group having high_priority",
            "hour_microsecond hour_minute hour_second if ignore in index infile inner inout insensitive insert int int1",
            "int2 int3 int4 int8 integer intersect interval into is iterate join key keys kill leading leave left like",
            "limit linear lines load localtime localtimestamp lock long longblob longtext loop low_priority",
            "master_ssl_verify_server_cert match maxvalue mediumblob mediumint mediumtext middleint",
            "minute_microsecond minute_second mod modifies natural no_write_to_binlog not null numeric on",
            "optimize option optionally or order out outer outfile partition precision primary procedure purge range",
            "read reads read_write real recursive references regexp release rename repeat replace require resignal",
            "restrict return revoke right rlike schema schemas second_microsecond select sensitive separator",
            "set show signal smallint spatial specific sql sqlexception sqlstate sqlwarning sql_big_result",
            "sql_calc_found_rows sql_small_result ssl starting straight_join table terminated then tinyblob tinyint",
            "tinytext to trailing trigger true undo union unique unlock unsigned update usage use using utc_date",
            "utc_time utc_timestamp values varbinary varchar varcharacter varying when where while with write xor",
            "year_month zerofill");

    private static final Set<String> IN_MYSQL = words(
            "cube cume_dist dense_rank empty first_value function generated get grouping groups io_after_gtids",
            "io_before_gtids json_table lag last_value lateral lead master_bind nth_value ntile of optimizer_costs over",
            "percent_rank rank row row_number rows sql_after_gtids stored system virtual window");

    private static final Set<String> IN_MARIADB = words(
            "current_role delete_domain_id do_domain_ids ignore_domain_ids offset over page_checksum parse_vcol_expr",
            "ref_system_id returning row_number rows stats_auto_recalc stats_persistent stats_sample_pages");

    private static final Set<String> QUERY = Set.of("select", "values", "table", "with");
    private static final Set<String> CHANGE = Set.of("insert", "replace", "update", "delete");

    private Words() {}

    private static Set<String> words(String... lines) {
        return Set.of(String.join(" ", lines).split(" "));
    }

    /** Whether a token names something. What a word means depends on the server. */
    static boolean isName(Token token, boolean mariaDb) {
        Set<String> more = mariaDb ? IN_MARIADB : IN_MYSQL;
        return token.sort() == Sort.QUOTED
                || (token.sort() == Sort.WORD && !RESERVED.contains(token.text()) && !more.contains(token.text()));
    }

    /** Whether a query comes next, maybe in parentheses. */
    static boolean beginsQuery(Matching matching) {
        int ahead = 0;
        while (matching.peek(ahead).isMark("(")) {
            ahead++;
        }
        Token first = matching.peek(ahead);
        return first.sort() == Sort.WORD && QUERY.contains(first.text());
    }

    /** Whether a command that changes rows comes next. */
    static boolean beginsChange(Matching matching) {
        return matching.peek().sort() == Sort.WORD
                && CHANGE.contains(matching.peek().text());
    }

    /** Whether a user's host comes next, which reads as a variable does. */
    static boolean isHost(Token token) {
        return token.sort() == Sort.VARIABLE && !token.text().startsWith("@@");
    }
}
