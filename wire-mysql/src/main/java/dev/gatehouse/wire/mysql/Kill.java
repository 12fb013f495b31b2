package dev.gatehouse.wire.mysql;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code KILL}, by which clients cancel what they run on another connection, or end one.
 *
 * @param number which connection, as the client knows it
 * @param before the text in front of the number
 * @param query whether only the statement is meant
 */
record Kill(long number, String before, boolean query) {

    private static final int MAX_BYTES = 100;

    private static final Pattern FORM = Pattern.compile(
            "\\s*((?:/\\*[^!M*][^*]*\\*/\\s*)?KILL\\s+(?:HARD\\s+|SOFT\\s+)?(?:(CONNECTION|QUERY)\\s+)?)(\\d{1,18})\\s*;?\\s*",
            Pattern.CASE_INSENSITIVE);

    /** Reads a text; null where it is something else, or means more than this. */
    static @Nullable Kill read(byte[] sql) {
        if (sql.length > MAX_BYTES) {
            return null;
        }
        Matcher matcher = FORM.matcher(new String(sql, StandardCharsets.ISO_8859_1));
        return matcher.matches()
                ? new Kill(
                        Long.parseLong(matcher.group(3)), matcher.group(1), "QUERY".equalsIgnoreCase(matcher.group(2)))
                : null;
    }

    /** The text for the server, which counts its connections by itself. */
    String text(long serverNumber) {
        return before + serverNumber;
    }
}
