package dev.gatehouse.analyzer.lexer;

import dev.gatehouse.firewall.statement.Modes;
import java.util.Set;

/** MySQL's and MariaDB's words, as far as they decide how a text is cut. */
final class MySqlWords {

    /** Words that optimizer hints may follow. */
    static final Set<String> HINTED = Set.of("select", "insert", "replace", "update", "delete");

    private static final int HINTS_IN_MARIADB = 120000;

    private static final Set<String> CHARACTER_SETS = Set.of(
            ("armscii8 ascii big5 binary cp1250 cp1251 cp1256 cp1257 cp850 cp852 cp866 cp932 dec8 eucjpms euckr gb2312 gbk "
                            + "geostd8 greek hebrew hp8 keybcs2 koi8r koi8u latin1 latin2 latin5 latin7 macce macroman "
                            + "sjis swe7 tis620 ucs2 ujis utf16 utf16le utf32 utf8 utf8mb4")
                    .split(" "));

    private MySqlWords() {}

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
