package dev.gatehouse.firewall.statement;

import dev.gatehouse.firewall.statement.Modes.MySql.Product;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a MySQL or MariaDB server says of itself and of a session's {@code sql_mode}. */
final class MySqlModes {

    /** MariaDB puts 5.5.5- before its version in the handshake, for old replicas. */
    private static final Pattern VERSION = Pattern.compile("(?:5\\.5\\.5-)?(\\d{1,2})\\.(\\d{1,2})\\.(\\d{1,2})(-.*)?");

    private static final Pattern OTHER_SERVER = Pattern.compile("(?i).*(tidb|vitess|aurora|memsql|singlestore).*");
    private static final int OLDEST_MYSQL = 50700;
    private static final int NEWEST_MYSQL = 99999;
    private static final int OLDEST_MARIADB = 100000;
    private static final int NEWEST_MARIADB = 129999;

    /** Modes that change what a statement does, but not how it is read, or that only stand for several others. */
    private static final Set<String> NO_MATTER =
            Set.of(("ALLOW_INVALID_DATES ANSI EMPTY_STRING_IS_NULL ERROR_FOR_DIVISION_BY_ZERO NO_AUTO_CREATE_USER "
                            + "NO_AUTO_VALUE_ON_ZERO NO_DIR_IN_CREATE NO_ENGINE_SUBSTITUTION NO_FIELD_OPTIONS "
                            + "NO_KEY_OPTIONS NO_TABLE_OPTIONS NO_UNSIGNED_SUBTRACTION NO_ZERO_DATE NO_ZERO_IN_DATE "
                            + "ONLY_FULL_GROUP_BY PAD_CHAR_TO_FULL_LENGTH REAL_AS_FLOAT SIMULTANEOUS_ASSIGNMENT "
                            + "STRICT_ALL_TABLES STRICT_TRANS_TABLES TIME_ROUND_FRACTIONAL TIME_TRUNCATE_FRACTIONAL "
                            + "TRADITIONAL")
                    .split(" "));

    private static final Set<String> MATTER =
            Set.of("ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "PIPES_AS_CONCAT", "HIGH_NOT_PRECEDENCE", "IGNORE_SPACE");

    private MySqlModes() {}

    static Modes read(String version, String sqlMode, int lowerCaseTableNames) {
        Matcher numbers = VERSION.matcher(version);
        List<String> modes = List.of(sqlMode.toUpperCase(Locale.ROOT).split(",", -1));
        boolean known =
                modes.stream().allMatch(mode -> mode.isEmpty() || NO_MATTER.contains(mode) || MATTER.contains(mode));
        if (!numbers.matches() || OTHER_SERVER.matcher(version).matches() || !known) {
            return new Modes.Unknown(Dialect.MYSQL);
        }
        int number = Integer.parseInt(numbers.group(1)) * 10_000
                + Integer.parseInt(numbers.group(2)) * 100
                + Integer.parseInt(numbers.group(3));
        Product product = version.toLowerCase(Locale.ROOT).contains("mariadb") ? Product.MARIADB : Product.MYSQL;
        boolean supported = product == Product.MARIADB
                ? number >= OLDEST_MARIADB && number <= NEWEST_MARIADB
                : number >= OLDEST_MYSQL && number <= NEWEST_MYSQL;
        if (!supported || lowerCaseTableNames < 0 || lowerCaseTableNames > 2) {
            return new Modes.Unknown(Dialect.MYSQL);
        }
        return new Modes.MySql(
                product,
                number,
                modes.contains("ANSI_QUOTES"),
                modes.contains("NO_BACKSLASH_ESCAPES"),
                modes.contains("PIPES_AS_CONCAT"),
                modes.contains("HIGH_NOT_PRECEDENCE"),
                modes.contains("IGNORE_SPACE"),
                lowerCaseTableNames);
    }
}
