package dev.gatehouse.gateway.export;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What sort of command a text begins with, in the terms of other programs' formats. It is by the first words alone, as the
 * journal keeps texts and not what was understood of them: {@code WITH … DELETE} counts as {@code WITH}.
 *
 * @param words the first word, or two where the second says what is made, changed or removed
 * @param sort the sort
 */
record SqlCommand(String words, Sort sort) {

    /** The classes of pgaudit, and the activities of OCSF that are the nearest. */
    enum Sort {
        READ(4),
        WRITE(5),
        FUNCTION(4),
        ROLE(99),
        DDL(99),
        MISC(99);

        /** The number of the activity in OCSF's class Datastore Activity. */
        final int activity;

        Sort(int activity) {
            this.activity = activity;
        }
    }

    private static final Pattern COMMENT =
            Pattern.compile("\\s+|--[^\n]*(\n|$)|#[^\n]*(\n|$)|/\\*.*?\\*/|[(;]", Pattern.DOTALL);
    private static final Pattern WORDS = Pattern.compile("([A-Za-z]+)(?:\\s+([A-Za-z]+))?.*", Pattern.DOTALL);
    private static final Set<String> WITH_OBJECT = Set.of("CREATE", "ALTER", "DROP", "COMMENT", "SECURITY", "LOCK");
    private static final Set<String> ROLES = Set.of("ROLE", "USER", "GROUP");
    private static final Map<String, Sort> SORTS = Map.ofEntries(
            Map.entry("SELECT", Sort.READ),
            Map.entry("TABLE", Sort.READ),
            Map.entry("VALUES", Sort.READ),
            Map.entry("WITH", Sort.READ),
            Map.entry("INSERT", Sort.WRITE),
            Map.entry("UPDATE", Sort.WRITE),
            Map.entry("DELETE", Sort.WRITE),
            Map.entry("REPLACE", Sort.WRITE),
            Map.entry("MERGE", Sort.WRITE),
            Map.entry("TRUNCATE", Sort.WRITE),
            Map.entry("LOAD", Sort.WRITE),
            Map.entry("CALL", Sort.FUNCTION),
            Map.entry("DO", Sort.FUNCTION),
            Map.entry("GRANT", Sort.ROLE),
            Map.entry("REVOKE", Sort.ROLE),
            Map.entry("CREATE", Sort.DDL),
            Map.entry("ALTER", Sort.DDL),
            Map.entry("DROP", Sort.DDL),
            Map.entry("RENAME", Sort.DDL),
            Map.entry("COMMENT", Sort.DDL),
            Map.entry("REINDEX", Sort.DDL));

    /** The sort of a text's first command. */
    static SqlCommand of(String sql) {
        Matcher begin = COMMENT.matcher(sql);
        int at = 0;
        while (begin.find(at) && begin.start() == at && begin.end() > at) {
            at = begin.end();
        }
        Matcher words = WORDS.matcher(sql).region(at, sql.length());
        if (!words.matches()) {
            return new SqlCommand("", Sort.MISC);
        }
        String first = words.group(1).toUpperCase(Locale.ROOT);
        String second = words.group(2) == null ? "" : words.group(2).toUpperCase(Locale.ROOT);
        if (first.equals("COPY")) {
            boolean isIn = Pattern.compile("\\bfrom\\b", Pattern.CASE_INSENSITIVE)
                    .matcher(sql)
                    .find();
            return new SqlCommand(first, isIn ? Sort.WRITE : Sort.READ);
        }
        boolean hasObject = WITH_OBJECT.contains(first) && !second.isEmpty();
        Sort sort = hasObject && ROLES.contains(second) ? Sort.ROLE : SORTS.getOrDefault(first, Sort.MISC);
        return new SqlCommand(hasObject ? first + " " + second : first, sort);
    }
}
