package dev.gatehouse.wire.mysql;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What can be said of a text without knowing under which settings the server reads it. A question of the gateway's own to the
 * server is not quite without traces ({@code ROW_COUNT()}, {@code FOUND_ROWS()}, the cost of the last query), so that it is
 * not asked where its answer cannot matter.
 */
final class Wording {

    /** A longer text asks for something else. */
    static final int MAX_QUESTION_BYTES = 100;

    private static final int MAX_WORD_BYTES = 9;

    private static final Pattern COUNTS = Pattern.compile(
            "\\s*SELECT\\s+COUNT\\s*(?:,\\s*COUNT\\s*)*;?\\s*"
                    .replace(
                            "COUNT",
                            "(?:(?:ROW_COUNT|FOUND_ROWS|LAST_INSERT_ID)\\(\\)|@\\w+"
                                    + "|@@(?:warning_count|error_count|last_insert_id|identity))"),
            Pattern.CASE_INSENSITIVE);

    private static final Pattern DIAGNOSTICS = Pattern.compile(
            "\\s*GET\\s+(?:CURRENT\\s+)?DIAGNOSTICS\\s+(?:CONDITION\\s+\\d\\s+)?ITEM(?:\\s*,\\s*ITEM)*\\s*;?\\s*"
                    .replace("ITEM", "@\\w+\\s*=\\s*\\w+"),
            Pattern.CASE_INSENSITIVE);

    /**
     * What statements begin with that change none of {@code sql_mode}, {@code character_set_client} and the current database,
     * whatever else they do. Functions and triggers may set the first two, which ends with them, and cannot change the third; a
     * procedure can, by dynamic SQL.
     */
    private static final Set<String> KEEPING = Set.of(
            "SELECT",
            "WITH",
            "VALUES",
            "TABLE",
            "DO",
            "INSERT",
            "REPLACE",
            "UPDATE",
            "DELETE",
            "TRUNCATE",
            "LOAD",
            "HANDLER",
            "SHOW",
            "EXPLAIN",
            "DESCRIBE",
            "DESC",
            "ANALYZE",
            "CHECK",
            "CHECKSUM",
            "OPTIMIZE",
            "REPAIR",
            "FLUSH",
            "LOCK",
            "UNLOCK",
            "START",
            "COMMIT",
            "ROLLBACK",
            "RELEASE",
            "XA",
            "GET",
            "SIGNAL",
            "RESIGNAL");

    /** What begins with these does so where one of {@link #KINDS} follows. */
    private static final Set<String> DEFINING = Set.of("CREATE", "ALTER", "DROP", "RENAME");

    /** What a definition may be of; not a database, since one may be the current one. */
    private static final Set<String> KINDS = Set.of(
            "TABLE",
            "TABLES",
            "TEMPORARY",
            "VIEW",
            "INDEX",
            "UNIQUE",
            "FULLTEXT",
            "SPATIAL",
            "TRIGGER",
            "PROCEDURE",
            "FUNCTION",
            "EVENT",
            "USER",
            "ROLE",
            "SEQUENCE",
            "SERVER");

    private Wording() {}

    /**
     * Whether a text asks for nothing but what the statement before it has left: counts, warnings and errors, variables of the
     * session's own. It means that in every setting.
     */
    static boolean asksForCounts(byte[] sql) {
        if (sql.length > MAX_QUESTION_BYTES) {
            return false;
        }
        String text = new String(sql, StandardCharsets.ISO_8859_1);
        return Diagnostics.isQuestion(sql)
                || COUNTS.matcher(text).matches()
                || DIAGNOSTICS.matcher(text).matches();
    }

    /**
     * Whether the server reads the next text as it read this one, unless routines change {@code character_set_results}.
     *
     * @param sql in any character set in which ASCII is ASCII
     */
    static boolean keepsReading(byte[] sql) {
        int start = behindSpace(sql, 0);
        while (start < sql.length && sql[start] == '(') {
            start++;
        }
        int end = wordEnd(sql, start);
        String first = word(sql, start, end);
        if (DEFINING.contains(first)) {
            start = behindSpace(sql, end);
            end = wordEnd(sql, start);
            return KINDS.contains(word(sql, start, end)) && isOne(sql, end);
        }
        return KEEPING.contains(first) && isOne(sql, end);
    }

    private static int behindSpace(byte[] sql, int from) {
        int at = from;
        while (at < sql.length && isSpace(sql[at])) {
            at++;
        }
        return at;
    }

    private static int wordEnd(byte[] sql, int from) {
        int end = from;
        while (end < sql.length && end - from <= MAX_WORD_BYTES && isLetter(sql[end])) {
            end++;
        }
        return end;
    }

    /** A word in capitals; empty where it goes on or anything but a word ends there. */
    private static String word(byte[] sql, int start, int end) {
        boolean ends = end == sql.length || isSpace(sql[end]) || sql[end] == '(' || sql[end] == ';';
        return ends ? new String(sql, start, end - start, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT) : "";
    }

    /** Whether nothing can stand behind a first statement: no semicolon at all but at the end. */
    private static boolean isOne(byte[] sql, int from) {
        for (int i = from; i < sql.length; i++) {
            if (sql[i] == ';') {
                return isBlank(sql, i + 1);
            }
        }
        return true;
    }

    private static boolean isBlank(byte[] sql, int from) {
        for (int i = from; i < sql.length; i++) {
            if (!isSpace(sql[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    private static boolean isLetter(byte b) {
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'z';
    }
}
