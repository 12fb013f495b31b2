package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.gate.RequestStatus;
import dev.gatehouse.firewall.gate.SessionQuestion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers what is asked of the gateway in place of the server: by a statement whose result the answer is, so that it is described, bound, fetched and refused like
 * any other, in every format.
 */
final class OwnAnswer {

    private static final String SECONDS = "retry_after_s";

    private OwnAnswer() {}

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

    /** A statement with one row that tells how a request stands. */
    static byte[] sql(RequestStatus status) {
        StringBuilder sql = new StringBuilder("SELECT ");
        for (Map.Entry<String, Optional<String>> column : status.columns()) {
            sql.append(sql.length() > "SELECT ".length() ? ", " : "");
            if (column.getValue().isEmpty()) {
                sql.append("NULL");
            } else {
                sql.append("E'");
                column.getValue().get().codePoints().forEach(point -> write(point, sql));
                sql.append('\'');
            }
            sql.append(column.getKey().equals(SECONDS) ? "::int4 AS " : "::text AS ")
                    .append(column.getKey());
        }
        return sql.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** A statement with one row that tells something of the session. */
    static byte[] sql(SessionQuestion question, String answer) {
        StringBuilder sql = new StringBuilder("SELECT E'");
        answer.codePoints().forEach(point -> write(point, sql));
        return sql.append("'::text AS \"")
                .append(question.column())
                .append('"')
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
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
