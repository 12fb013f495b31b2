package dev.gatehouse.bench.capture;

import java.io.StringReader;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** What pgjdbc does on the wire. */
final class JdbcScenarios {

    private static final String BY_ID = "select id, name, email from person where id = ?";

    private JdbcScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of("jdbc-extended", "pgjdbc runs unnamed statements with parameters", JdbcScenarios::extended),
                Scenario.of(
                        "jdbc-prepared-binary",
                        "pgjdbc turns to a named statement and binary results, then closes it",
                        JdbcScenarios::prepared),
                Scenario.of("jdbc-simple", "pgjdbc with preferQueryMode=simple", stage -> {
                    try (Connection connection = stage.jdbc("preferQueryMode", "simple")) {
                        byId(connection, 1);
                    }
                }),
                Scenario.of(
                        "jdbc-portal-suspension",
                        "pgjdbc fetches two rows at a time from a portal the server suspends",
                        JdbcScenarios::suspended),
                Scenario.of("jdbc-batch", "pgjdbc sends a batch of inserts in one pipeline", JdbcScenarios::batch),
                Scenario.of(
                        "jdbc-batch-error",
                        "a batch whose second statement does not parse: the server skips to Sync",
                        JdbcScenarios::failingBatch),
                Scenario.of(
                        "jdbc-error-in-transaction",
                        "an error in the extended protocol aborts the transaction",
                        JdbcScenarios::aborted),
                Scenario.of("jdbc-empty-query", "an empty query in the extended protocol", stage -> {
                    try (Connection connection = stage.jdbc();
                            Statement statement = connection.createStatement()) {
                        statement.execute("");
                    }
                }),
                Scenario.of("jdbc-multi-statement", "pgjdbc splits one text into two statements", stage -> {
                    try (Connection connection = stage.jdbc();
                            Statement statement = connection.createStatement()) {
                        statement.execute("select 1; select 2");
                    }
                }),
                Scenario.of("jdbc-copy-in", "pgjdbc's CopyManager sends rows", stage -> {
                    try (Connection connection = stage.jdbc()) {
                        connection.setAutoCommit(false);
                        copies(connection).copyIn("copy person from stdin", new StringReader("20\tTwenty\t\\N\n"));
                        connection.rollback();
                    }
                }),
                Scenario.of("jdbc-copy-fail", "pgjdbc gives up a COPY with CopyFail", stage -> {
                    try (Connection connection = stage.jdbc()) {
                        CopyIn copy = copies(connection).copyIn("copy person from stdin");
                        byte[] row = {'2', '1', '\t'};
                        copy.writeToCopy(row, 0, row.length);
                        copy.cancelCopy();
                        byId(connection, 1);
                    }
                }),
                Scenario.of(
                        "jdbc-function-call",
                        "pgjdbc's large objects call functions by number",
                        JdbcScenarios::largeObject),
                new Scenario(
                        "a query is cancelled from a second connection; the key is the first one's",
                        List.of("cancel", "cancel-request"),
                        JdbcScenarios::cancel));
    }

    private static void extended(Stage stage) throws SQLException {
        try (Connection connection = stage.jdbc()) {
            byId(connection, 1);
            byId(connection, 2);
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("update person set name = name where id = 1");
            }
        }
    }

    private static void prepared(Stage stage) throws SQLException {
        try (Connection connection = stage.jdbc("prepareThreshold", "1", "preparedStatementCacheQueries", "0")) {
            try (PreparedStatement statement = connection.prepareStatement(BY_ID)) {
                for (int id = 1; id <= 3; id++) {
                    statement.setInt(1, id);
                    try (ResultSet rows = statement.executeQuery()) {
                        drain(rows);
                    }
                }
            }
            byId(connection, 1);
        }
    }

    private static void suspended(Stage stage) throws SQLException {
        try (Connection connection = stage.jdbc()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement =
                    connection.prepareStatement("select id, name from person where id > ? order by id")) {
                statement.setFetchSize(2);
                statement.setInt(1, 0);
                try (ResultSet rows = statement.executeQuery()) {
                    drain(rows);
                }
            }
            connection.commit();
        }
    }

    private static void batch(Stage stage) throws SQLException {
        try (Connection connection = stage.jdbc();
                PreparedStatement statement = connection.prepareStatement("insert into person values (?, ?, null)")) {
            connection.setAutoCommit(false);
            for (int id = 30; id < 34; id++) {
                statement.setInt(1, id);
                statement.setString(2, "Person " + id);
                statement.addBatch();
            }
            statement.executeBatch();
            connection.rollback();
        }
    }

    private static void failingBatch(Stage stage) throws SQLException {
        try (Connection connection = stage.jdbc();
                Statement statement = connection.createStatement()) {
            statement.addBatch("insert into person values (40, 'Forty', null)");
            statement.addBatch("insrt into person values (41, 'Wrong', null)");
            statement.addBatch("insert into person values (42, 'Never', null)");
            statement.executeBatch();
            throw new IllegalStateException("the batch should have failed");
        } catch (BatchUpdateException expected) {
            requireState(expected, "42601");
        }
    }

    private static void aborted(Stage stage) throws SQLException {
        try (Connection connection = stage.jdbc()) {
            connection.setAutoCommit(false);
            fail(connection, "select 1/0", "22012");
            fail(connection, "select 2", "25P02");
            connection.rollback();
            byId(connection, 1);
        }
    }

    private static void largeObject(Stage stage) throws SQLException {
        try (Connection connection = stage.jdbc()) {
            connection.setAutoCommit(false);
            LargeObjectManager objects = connection.unwrap(PGConnection.class).getLargeObjectAPI();
            long id = objects.createLO();
            try (LargeObject object = objects.open(id)) {
                object.write(new byte[] {1, 2, 3});
            }
            objects.delete(id);
            connection.rollback();
        }
    }

    private static void cancel(Stage stage) throws Exception {
        try (Connection connection = stage.jdbc();
                Statement statement = connection.createStatement()) {
            CompletableFuture<Void> cancelled = CompletableFuture.runAsync(
                    () -> {
                        try {
                            statement.cancel();
                        } catch (SQLException e) {
                            throw new IllegalStateException("cannot cancel", e);
                        }
                    },
                    CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
            try {
                statement.execute("select pg_sleep(20)");
                throw new IllegalStateException("the query should have been cancelled");
            } catch (SQLException expected) {
                requireState(expected, "57014");
            }
            cancelled.get();
        }
    }

    private static void byId(Connection connection, int id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BY_ID)) {
            statement.setInt(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                drain(rows);
            }
        }
    }

    private static void drain(ResultSet rows) throws SQLException {
        while (rows.next()) {
            rows.getObject(1);
        }
    }

    private static void fail(Connection connection, String sql, String state) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            throw new IllegalStateException("should have failed: " + sql);
        } catch (SQLException expected) {
            requireState(expected, state);
        }
    }

    private static void requireState(SQLException error, String state) {
        if (!state.equals(error.getSQLState())) {
            throw new IllegalStateException("expected " + state, error);
        }
    }

    private static org.postgresql.copy.CopyManager copies(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}
