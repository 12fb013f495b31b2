package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.gate.RequestStatus;
import dev.gatehouse.firewall.gate.SessionQuestion;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Answers what is asked of the gateway in place of the server: by a statement whose result the answer is, so that it is prepared, fetched and refused like any
 * other, as text and in binary.
 */
final class OwnAnswer {

    private static final String SECONDS = "retry_after_s";

    private OwnAnswer() {}

    /** A statement with one row for each line, in ASCII and whatever the settings. */
    static byte[] sql(List<String> lines) {
        return lines.stream()
                .map(line -> "SELECT _utf8mb4 " + literal(line) + " AS POLICY")
                .collect(Collectors.joining(" UNION ALL "))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A statement with one row that tells how a request stands. */
    static byte[] sql(RequestStatus status) {
        return status.columns().stream()
                .map(column -> value(column) + " AS " + column.getKey())
                .collect(Collectors.joining(", ", "SELECT ", ""))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A statement with one row that tells something of the session. */
    static byte[] sql(SessionQuestion question, String answer) {
        return ("SELECT _utf8mb4 " + literal(answer) + " AS `" + question.column() + "`")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String value(Map.Entry<String, Optional<String>> column) {
        return column.getValue()
                .map(value -> column.getKey().equals(SECONDS) ? value : "_utf8mb4 " + literal(value))
                .orElse("NULL");
    }

    private static String literal(String line) {
        boolean plain = line.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '\\');
        return plain
                ? "'" + line.replace("'", "''") + "'"
                : "0x" + HexFormat.of().formatHex(line.getBytes(StandardCharsets.UTF_8));
    }
}
