package dev.gatehouse.gateway.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC driver, with a prepared statement.
 *
 * @param name what to call it in the transcript
 * @param url where to
 */
record JdbcClient(String name, String url) implements Client {

    static JdbcClient postgres(int port) {
        return new JdbcClient("PostgreSQL's JDBC driver", "jdbc:postgresql://127.0.0.1:" + port + "/" + Shop.DATABASE);
    }

    /** MariaDB's driver, which tells its password under TLS alone, and here takes any certificate. */
    static JdbcClient mysql(int port) {
        return new JdbcClient(
                "MariaDB's JDBC driver",
                "jdbc:mariadb://127.0.0.1:" + port + "/" + Shop.DATABASE + "?sslMode=trust&useServerPrepStmts=true");
    }

    @Override
    public String typed(String user, String sql) {
        return name + " as " + user + ": " + sql;
    }

    @Override
    public Seen run(String user, String sql) {
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
