package dev.gatehouse.analyzer.lexer;

import dev.gatehouse.firewall.statement.Modes;
import java.util.Set;

/** MySQL's and MariaDB's words, as far as they decide how a text is cut. */
public final class MySqlWords {

    /** Words that optimizer hints may follow. */
    static final Set<String> HINTED = Set.of("select", "insert", "replace", "update", "delete");

    private static final int HINTS_IN_MARIADB = 120000;

    private static final Set<String> CHARACTER_SETS = Set.of(
            ("armscii8 ascii big5 binary cp1250 cp1251 cp1256 cp1257 cp850 cp852 cp866 cp932 dec8 eucjpms euckr gb2312 gbk "
                            + "geostd8 greek hebrew hp8 keybcs2 koi8r koi8u latin1 latin2 latin5 latin7 macce macroman "
                            + "sjis swe7 tis620 ucs2 ujis utf16 utf16le utf32 utf8 utf8mb4")
                    .split(" "));

    /** Words that are never a name in any of the servers. */
    private static final String RESERVED =
            "accessible add all alter analyze and as asc asensitive before between bigint binary blob both by call cascade "
                    + "case change char character check collate column condition constraint continue convert create "
                    + "cross current_date current_time current_timestamp current_user cursor database databases day_hour "
                    + "day_microsecond day_minute day_second dec decimal declare default delayed delete desc describe "
                    + "deterministic distinct distinctrow div double drop dual each else elseif enclosed escaped exists "
                    + "exit explain false fetch float float4 float8 for force foreign from fulltext grant group having "
                    + "high_priority hour_microsecond hour_minute hour_second if ignore in index infile inner inout "
                    + "insensitive insert int int1 int2 int3 int4 int8 integer interval into is iterate join key keys "
                    + "kill leading leave left like limit linear lines load localtime localtimestamp lock long longblob "
                    + "longtext loop low_priority master_ssl_verify_server_cert match maxvalue mediumblob mediumint "
                    + "mediumtext middleint minute_microsecond minute_second mod modifies natural not "
                    + "no_write_to_binlog null numeric on optimize option optionally or order out outer outfile "
                    + "partition precision primary procedure purge range read reads read_write real references regexp "
                    + "release rename repeat replace require resignal restrict return revoke right rlike schema schemas "
                    + "second_microsecond select sensitive separator set show signal smallint spatial specific sql "
                    + "sqlexception sqlstate sqlwarning sql_big_result sql_calc_found_rows sql_small_result ssl starting "
                    + "straight_join table terminated then tinyblob tinyint tinytext to trailing trigger true undo union "
                    + "unique unlock unsigned update usage use using utc_date utc_time utc_timestamp values varbinary "
                    + "varchar varcharacter varying when where while with write xor year_month zerofill";

    private static final Set<String> MARIADB = words(RESERVED
            + " current_role delete_domain_id do_domain_ids except ignore_domain_ids intersect offset over page_checksum "
            + "parse_vcol_expr recursive ref_system_id returning row_number rows stats_auto_recalc stats_persistent "
            + "stats_sample_pages");

    private static final Set<String> MYSQL_57 = words(
            RESERVED + " generated get io_after_gtids io_before_gtids " + "master_bind optimizer_costs stored virtual");

    private static final Set<String> MYSQL = words(RESERVED
            + " cube cume_dist dense_rank empty except first_value function generated get grouping groups intersect "
            + "io_after_gtids io_before_gtids json_table lag last_value lateral lead nth_value ntile of optimizer_costs "
            + "over percent_rank rank recursive row row_number rows stored system virtual window");

    /** Words that could be a table's alias and are read as what they begin all the same. */
    private static final Set<String> NO_ALIAS = words("except fetch full intersect minus offset window system");

    private static final int WINDOWS_IN_MYSQL = 80000;

    private MySqlWords() {}

    private static Set<String> words(String words) {
        return Set.of(words.split(" "));
    }

    /** The words that are no names unless they are quoted. */
    public static Set<String> reserved(Modes.MySql modes) {
        return modes.isMariaDb() ? MARIADB : modes.version() < WINDOWS_IN_MYSQL ? MYSQL_57 : MYSQL;
    }

    /** Whether a word is no alias of a table, though it may be a name elsewhere. */
    public static boolean isNoAlias(String word, Modes.MySql modes) {
        return modes.isMariaDb() && NO_ALIAS.contains(word);
    }

    /** Whether this server reads hints. */
    static boolean readsHints(Modes.MySql modes) {
        return !modes.isMariaDb() || modes.version() >= HINTS_IN_MARIADB;
    }

    /** Whether a word introduces a literal in the character set it names. */
    static boolean isIntroducer(String word, Modes.MySql modes, int position) {
        if (word.charAt(0) != '_') {
            return false;
        }
        String name = word.substring(1);
        boolean newer = name.equals("utf8mb3") || name.equals("gb18030");
        boolean known = name.equals("utf8mb3")
                ? modes.version() >= (modes.isMariaDb() ? 100600 : 80030)
                : name.equals("gb18030") && !modes.isMariaDb();
        if (newer && !known) {
            throw new Unreadable("a character set this server may not know", position);
        }
        return newer || CHARACTER_SETS.contains(name);
    }
}
