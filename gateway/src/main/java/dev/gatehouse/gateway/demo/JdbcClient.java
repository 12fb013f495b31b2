package dev.gatehouse.gateway.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL JDBC driver, with a prepared statement. */
final class JdbcClient implements Client {

    private final int port;

    JdbcClient(int port) {
        this.port = port;
    }

    @Override
    public String name() {
        return "JDBC";
    }

    @Override
    public Seen run(String user, String sql) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/shop";
        try (Connection connection = DriverManager.getConnection(url, user, DemoHome.PASSWORD);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            boolean hasRows = statement.execute();
            StringJoiner text = new StringJoiner("\n");
            for (@Nullable SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
                text.add("warning: " + w.getMessage());
            }
            if (hasRows) {
                rows(statement.getResultSet(), text);
            } else {
                text.add(statement.getUpdateCount() + " rows changed");
            }
            return new Seen(true, text.toString());
        } catch (SQLException e) {
            return new Seen(false, "SQLSTATE " + e.getSQLState() + "  " + e.getMessage());
        }
    }

    private static void rows(ResultSet rows, StringJoiner text) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            StringJoiner row = new StringJoiner(" | ");
            for (int i = 1; i <= columns; i++) {
                row.add(String.valueOf(rows.getString(i)));
            }
            text.add(row.toString());
        }
    }
}
