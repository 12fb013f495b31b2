package dev.gatehouse.approvals;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Statements of the store with their values bound, in the words both databases know. */
final class Sql {

    private Sql() {}

    /** Reads a row. */
    interface Reader<T> {
        T row(ResultSet result) throws SQLException;
    }

    /** How many rows it changed. */
    static int change(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = bound(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** The number in the only row of a result. */
    static long count(Connection connection, String sql, Object... values) throws SQLException {
        return rows(connection, sql, result -> result.getLong(1), values).get(0);
    }

    static <T> List<T> rows(Connection connection, String sql, Reader<T> reader, Object... values) throws SQLException {
        try (PreparedStatement statement = bound(connection, sql, values);
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(reader.row(result));
            }
            return rows;
        }
    }

    private static PreparedStatement bound(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                statement.setObject(i + 1, value instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : value);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /** Places for so many values, as behind {@code IN}. */
    static String list(int values) {
        return "(" + String.join(", ", Collections.nCopies(values, "?")) + ")";
    }

    /** A moment the store holds. */
    static Instant instant(ResultSet result, String column) throws SQLException {
        return result.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A text as both databases can hold it: PostgreSQL knows no zero in a text. */
    static String text(String value) {
        return value.replace('\0', '\uFFFD');
    }
}
