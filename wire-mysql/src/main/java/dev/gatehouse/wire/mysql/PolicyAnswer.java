package dev.gatehouse.wire.mysql;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Answers EXPLAIN POLICY: by a statement whose result the answer is, so that it is prepared, fetched and refused like any
 * other, as text and in binary.
 */
final class PolicyAnswer {

    private PolicyAnswer() {}

    /** A statement with one row for each line, in ASCII and whatever the settings. */
    static byte[] sql(List<String> lines) {
        return lines.stream()
                .map(line -> "SELECT _utf8mb4 " + literal(line) + " AS POLICY")
                .collect(Collectors.joining(" UNION ALL "))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String literal(String line) {
        boolean plain = line.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '\\');
        return plain
                ? "'" + line.replace("'", "''") + "'"
                : "0x" + HexFormat.of().formatHex(line.getBytes(StandardCharsets.UTF_8));
    }
}
