package dev.gatehouse.wire.postgres;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Answers EXPLAIN POLICY: by a statement whose result the answer is, so that it is described, bound, fetched and refused like
 * any other, in every format.
 */
final class PolicyAnswer {

    private PolicyAnswer() {}

    /** A statement with one row for each line, in ASCII and whatever the settings. */
    static byte[] sql(List<String> lines) {
        StringBuilder sql = new StringBuilder("SELECT line AS \"POLICY\" FROM pg_catalog.unnest(ARRAY[");
        for (int i = 0; i < lines.size(); i++) {
            sql.append(i == 0 ? "E'" : ", E'");
            lines.get(i).codePoints().forEach(point -> write(point, sql));
            sql.append('\'');
        }
        return sql.append("]) AS line").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(int point, StringBuilder sql) {
        if (point == '\'' || point == '\\') {
            sql.append('\\').append((char) point);
        } else if (point >= ' ' && point < 0x7f) {
            sql.append((char) point);
        } else {
            sql.append(point == 0 ? "?" : String.format("\\U%08X", point));
        }
    }
}
