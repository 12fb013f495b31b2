package dev.gatehouse.bench.corpora;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the analyzer has answered to one line.
 *
 * @param understood whether every statement of the text is
 * @param layer of the first statement; {@code none} where it is not understood
 * @param kind of the first statement
 * @param statementClass of the first statement
 * @param tables of all statements, as {@code schema.table}
 * @param reason the first reason for not being understood
 */
record Reply(
        boolean understood,
        int statements,
        String layer,
        String kind,
        String statementClass,
        Set<String> tables,
        Optional<String> reason) {

    private static final Set<String> WRITES = Set.of("insert", "replace", "update", "delete", "merge");

    static Reply of(JsonNode answer) {
        Set<String> tables = new TreeSet<>();
        List<String> reasons = new ArrayList<>();
        if (!answer.path("error").isNull()) {
            reasons.add(answer.path("error").asText());
        }
        for (JsonNode statement : answer.path("statements")) {
            if (!statement.path("understood").asBoolean()) {
                reasons.add(statement.path("opaque").asText());
            }
            tables.addAll(names(statement.path("tables")));
        }
        JsonNode first = answer.path("statements").path(0);
        return new Reply(
                reasons.isEmpty(),
                answer.path("statements").size(),
                first.path("layer").asText("none").replace("null", "none"),
                first.path("kind").asText(""),
                first.path("class").asText(""),
                tables,
                reasons.stream().findFirst());
    }

    /** The names in an array of tables. */
    static Set<String> names(JsonNode tables) {
        Set<String> names = new TreeSet<>();
        for (JsonNode table : tables) {
            String schema =
                    table.path("schema").isNull() ? "" : table.path("schema").asText() + ".";
            names.add(schema + table.path("table").asText());
        }
        return names;
    }

    /** Whether the account means the kind that the corpus says; kinds other than the four agree with anything. */
    boolean isOf(String corpusKind) {
        return switch (corpusKind) {
            case "SELECT" -> kind.equals("select");
            case "DML" -> WRITES.contains(kind);
            // CREATE TABLE AS EXECUTE is of the class of what it runs.
            case "DDL" -> statementClass.equals("ddl") || (statementClass.equals("code") && kind.equals("create"));
            case "UTILITY" ->
                !kind.equals("select")
                        && !WRITES.contains(kind)
                        && (!statementClass.equals("ddl") || kind.equals("truncate"));
            default -> true;
        };
    }
}
