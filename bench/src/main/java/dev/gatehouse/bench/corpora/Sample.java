package dev.gatehouse.bench.corpora;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * One statement of a corpus.
 *
 * @param valid whether a server takes it
 * @param kind SELECT, DML, DDL, UTILITY or what else the corpus says
 */
record Sample(String sql, boolean valid, String kind) {

    private static final Pattern SET_FOR = Pattern.compile("(?is)^\\s*set\\s+statement\\s.*\\sfor\\s.*");

    static Sample of(JsonNode line) {
        return new Sample(
                line.path("sql").asText(),
                line.path("valid").asBoolean(true),
                line.path("kind").asText("UNKNOWN"));
    }

    /** Whether its kind is that of the whole: of MariaDB's SET STATEMENT, the corpus does not tell what it is set for. */
    boolean tellsKind() {
        return !SET_FOR.matcher(sql).matches();
    }

    /** Begins to show which one it is. */
    String glance() {
        String line = sql.replaceAll("\\s+", " ").strip();
        return line.length() <= 110 ? line : line.substring(0, 109) + "…";
    }
}
