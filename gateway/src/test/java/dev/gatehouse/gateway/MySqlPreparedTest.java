package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.testing.MySqlServer;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements that servers prepare, through the gateway and past it, by two drivers on two servers. */
final class MySqlPreparedTest {

    private static final String[] SERVER_SIDE = {"useServerPrepStmts", "true"};

    /** What a test does with a connection, and what comes of it. */
    private interface Script {
        List<Object> run(Connection connection) throws SQLException;
    }

    @TempDir
    private Path folder;

    private static List<Object> rows(ResultSet rows) throws SQLException {
        List<Object> values = new ArrayList<>();
        while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                Object value = rows.getObject(i);
                values.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value));
            }
        }
        return values;
    }

    private static List<Object> byValues(Connection connection) throws SQLException {
        List<Object> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select id, name, salary from customers where id between ? and ? order by id")) {
            for (int first = 1; first < 4; first++) {
                statement.setInt(1, first);
                statement.setInt(2, first + 1);
                all.addAll(rows(statement.executeQuery()));
            }
        }
        return all;
    }

    private static List<Object> everyValue(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?")) {
            statement.setInt(1, -7);
            statement.setLong(2, Long.MAX_VALUE);
            statement.setDouble(3, 2.5);
            statement.setString(4, "caf\u00e9 \u2603");
            statement.setNull(5, Types.VARCHAR);
            statement.setBigDecimal(6, new BigDecimal("12.340"));
            statement.setDate(7, Date.valueOf("2024-02-29"));
            statement.setTimestamp(8, Timestamp.valueOf("2024-02-29 01:02:03.456"));
            statement.setBoolean(9, true);
            statement.setString(10, "x".repeat(70_000));
            return rows(statement.executeQuery());
        }
    }

    private static List<Object> cursor(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select id, name, total from customers join orders using (id) where id < ?")) {
            statement.setFetchSize(7);
            statement.setInt(1, 60);
            return rows(statement.executeQuery());
        }
    }

    private static List<Object> sentAhead(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select length(?), ?")) {
            statement.setBinaryStream(1, new ByteArrayInputStream(new byte[300_000]));
            statement.setString(2, "behind");
            List<Object> all = new ArrayList<>(rows(statement.executeQuery()));
            statement.setBinaryStream(1, new ByteArrayInputStream(new byte[3]));
            all.addAll(rows(statement.executeQuery()));
            return all;
        }
    }

    private static List<Object> batch(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        List<Object> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("update orders set status = ? where id = ?")) {
            for (int id = 1; id < 5; id++) {
                statement.setString(1, "s" + id);
                statement.setInt(2, id);
                statement.addBatch();
            }
            for (int count : statement.executeBatch()) {
                all.add(count);
            }
        }
        try (PreparedStatement statement = connection.prepareStatement("select status from orders where id < ?")) {
            statement.setInt(1, 5);
            all.addAll(rows(statement.executeQuery()));
        }
        connection.rollback();
        return all;
    }

    private static List<Object> call(Connection connection) throws SQLException {
        List<Object> all = new ArrayList<>();
        try (CallableStatement statement = connection.prepareCall("{call two_results()}")) {
            boolean more = statement.execute();
            while (more) {
                all.addAll(rows(statement.getResultSet()));
                more = statement.getMoreResults();
            }
        }
        return all;
    }

    private static List<Object> failing(Connection connection) throws SQLException {
        List<Object> all = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("insert into orders (id, customer, status) values (?, ?, ?)")) {
            statement.setInt(1, 1);
            statement.setInt(2, 1);
            statement.setString(3, "new");
            try {
                statement.executeUpdate();
            } catch (SQLException e) {
                all.add(e.getErrorCode() + " " + e.getSQLState());
            }
            try {
                statement.executeUpdate();
            } catch (SQLException e) {
                all.add(e.getErrorCode() + " " + e.getSQLState());
            }
        }
        return all;
    }

    /** Statements keep the database they were prepared in. */
    private static List<Object> elsewhere(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select name from customers where id = ?");
                Statement moving = connection.createStatement()) {
            statement.setInt(1, 3);
            List<Object> all = new ArrayList<>(rows(statement.executeQuery()));
            moving.execute("use information_schema");
            all.addAll(rows(statement.executeQuery()));
            return all;
        }
    }

    private static Connection mysqlDriver(int port, String database, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("allowPublicKeyRetrieval", "true");
        properties.setProperty("sslMode", "DISABLED");
        properties.setProperty("useServerPrepStmts", "true");
        properties.setProperty("useCursorFetch", "true");
        return DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + port + "/" + database, properties);
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void whatIsAllowedGivesWhatTheServerGives(MySqlProductUnderTest product) throws Exception {
        MySqlServer server = product.server();
        List<Script> scripts = List.of(
                MySqlPreparedTest::byValues,
                MySqlPreparedTest::everyValue,
                MySqlPreparedTest::cursor,
                MySqlPreparedTest::sentAhead,
                MySqlPreparedTest::batch,
                MySqlPreparedTest::call,
                MySqlPreparedTest::failing,
                MySqlPreparedTest::elsewhere);
        try (MySqlGateway gateway = MySqlGateway.start(server, folder, TestGateway.EVERYTHING)) {
            for (int i = 0; i < scripts.size(); i++) {
                Script script = scripts.get(i);
                try (Connection direct = gateway.direct(SERVER_SIDE);
                        Connection through = gateway.connect("erik", SERVER_SIDE)) {
                    assertThat(script.run(through))
                            .as("script %s", i)
                            .isNotEmpty()
                            .isEqualTo(script.run(direct));
                }
                try (Connection direct =
                                mysqlDriver(server.port(), gateway.database(), server.username(), server.password());
                        Connection through =
                                mysqlDriver(gateway.port(), gateway.database(), "erik", TestGateway.PASSWORD)) {
                    assertThat(script.run(through))
                            .as("script %s, Connector/J", i)
                            .isNotEmpty()
                            .isEqualTo(script.run(direct));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void binaryRowsAreMaskedAsTextOnesAreInACursorToo(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder)) {
            List<Object> masked = List.of("1", "u***@acme.test", "1001", "2", "u***@acme.test", "1002");
            String sql = "select id, email, salary from customers where id < ? order by id";
            for (String[] properties : new String[][] {{}, SERVER_SIDE}) {
                try (Connection connection = gateway.connect("maya", properties);
                        PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.setInt(1, 3);
                    ResultSet rows = statement.executeQuery();
                    assertThat(rows(rows)).isEqualTo(masked);
                }
            }
            try (Connection connection = mysqlDriver(gateway.port(), gateway.database(), "maya", TestGateway.PASSWORD);
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(1);
                statement.setInt(1, 3);
                assertThat(rows(statement.executeQuery())).isEqualTo(masked);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void nothingIsExecutedUnderOtherModesThanItWasPreparedUnder(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder);
                Connection connection = mysqlDriver(gateway.port(), gateway.database(), "erik", TestGateway.PASSWORD);
                PreparedStatement prepared =
                        connection.prepareStatement("select \"name\" from customers where id = ?");
                Statement statement = connection.createStatement()) {
            prepared.setInt(1, 1);
            assertThat(rows(prepared.executeQuery())).containsExactly("name");
            statement.execute("set session sql_mode = 'ANSI_QUOTES'");
            SQLException error = catchThrowableOfType(SQLException.class, prepared::executeQuery);
            assertThat(error.getErrorCode()).isEqualTo(1615);
            statement.execute("set session sql_mode = ''");
            assertThat(rows(prepared.executeQuery())).containsExactly("name");
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void nothingIsExecutedUnderAnotherCharacterSetThanItWasPreparedUnder(MySqlProductUnderTest product)
            throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder);
                Connection connection = mysqlDriver(gateway.port(), gateway.database(), "erik", TestGateway.PASSWORD);
                PreparedStatement prepared =
                        connection.prepareStatement("select 'ü' as u, name from customers where id = ?");
                Statement statement = connection.createStatement()) {
            prepared.setInt(1, 1);
            assertThat(rows(prepared.executeQuery())).containsExactly("ü", "Name 1");
            statement.execute("set names latin1");
            SQLException error = catchThrowableOfType(SQLException.class, prepared::executeQuery);
            assertThat(error.getErrorCode()).isEqualTo(1615);
            statement.execute("set names utf8mb4");
            assertThat(rows(prepared.executeQuery())).containsExactly("ü", "Name 1");
        }
    }
}
