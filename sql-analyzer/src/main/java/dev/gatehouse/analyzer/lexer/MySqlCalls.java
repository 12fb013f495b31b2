package dev.gatehouse.analyzer.lexer;

import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.firewall.statement.Modes;
import java.util.Set;

/**
 * Names that mean a function of the server's only where a parenthesis follows at once, and are names like any other
 * elsewhere: {@code count (a)} calls a function of the user's.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/9.0/en/function-resolution.html">Function Name Parsing and Resolution</a>
 */
public final class MySqlCalls {

    private static final String BOTH =
            "bit_and bit_or bit_xor cast count curdate curtime date_add date_sub extract group_concat json_arrayagg "
                    + "json_objectagg max mid min now position std stddev stddev_pop stddev_samp substr substring sum "
                    + "trim variance var_pop var_samp ";

    private static final Set<String> IN_MARIADB =
            words("cume_dist dense_rank first_value lag lead median nth_value ntile "
                    + "percent_rank percentile_cont percentile_disc rank row_number");

    private static final Set<String> IN_MYSQL = words("adddate session_user st_collect subdate sysdate system_user");

    private MySqlCalls() {}

    private static Set<String> words(String more) {
        return Set.of((BOTH + more).split(" "));
    }

    /** Whether space before the parenthesis makes another function of this name. */
    public static boolean areSpaced(String name, Modes.MySql modes) {
        return (modes.isMariaDb() ? IN_MARIADB : IN_MYSQL).contains(name);
    }

    /**
     * Whether a word is such a function's name, and not any other name.
     *
     * @param next the token after it
     * @throws Unreadable if that hangs on what stands between them, which tokens do not tell
     */
    public static boolean begin(Token word, Token next, Modes.MySql modes) {
        if (word.sort() != Sort.WORD || !next.isMark("(") || !areSpaced(word.text(), modes)) {
            return false;
        }
        int between = next.position() - word.position() - word.written().length();
        if (modes.ignoreSpace() && between > 1) {
            throw new Unreadable("a function's name far from its parenthesis", word.position());
        }
        return between == 0 || (modes.ignoreSpace() && between == 1);
    }
}
