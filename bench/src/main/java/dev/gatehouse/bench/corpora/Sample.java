package dev.gatehouse.bench.corpora;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One statement of a corpus.
 *
 * @param valid whether a server takes it
 * @param kind SELECT, DML, DDL, UTILITY or what else the corpus says
 */
record Sample(String sql, boolean valid, String kind) {

    static Sample of(JsonNode line) {
        return new Sample(
                line.path("sql").asText(),
                line.path("valid").asBoolean(true),
                line.path("kind").asText("UNKNOWN"));
    }

    /** Begins to show which one it is. */
    String glance() {
        String line = sql.replaceAll("\\s+", " ").strip();
        return line.length() <= 110 ? line : line.substring(0, 109) + "…";
    }
}
