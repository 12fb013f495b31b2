package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.testing.RealMariaDb;
import dev.gatehouse.testing.RealMySql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes the gateway over MySQL's protocol, what does not, and what a client sees of it. */
@ParameterizedClass
@ValueSource(strings = {"MariaDB", "MySQL"})
@SuppressWarnings("NullAway.Init") // Set before each test.
final class MySqlStatementsTest {

    @TempDir
    private static Path folder;

    private static final Map<String, MySqlGateway> GATEWAYS = new HashMap<>();

    @Parameter
    String product = "";

    private MySqlGateway gateway;

    @BeforeEach
    void start() throws Exception {
        if (!GATEWAYS.containsKey(product)) {
            boolean mysql = product.equals("MySQL");
            GATEWAYS.put(
                    product,
                    MySqlGateway.start(mysql ? RealMySql.shared() : RealMariaDb.shared(), folder.resolve(product)));
        }
        gateway = Objects.requireNonNull(GATEWAYS.get(product));
    }

    @AfterAll
    static void stop() {
        GATEWAYS.values().forEach(MySqlGateway::close);
        GATEWAYS.clear();
    }

    static List<String> column(Statement statement, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    @Test
    void anAllowedStatementGivesWhatTheServerGives() throws Exception {
        try (Connection connection = gateway.connect("erik");
                Statement statement = connection.createStatement()) {
            assertThat(column(statement, "select name from customers where id < 4 order by id"))
                    .containsExactly("Name 1", "Name 2", "Name 3");
            assertThat(statement.executeUpdate("update orders set status = 'paid' where id = 7"))
                    .isEqualTo(1);
            assertThat(column(statement, "select count(*) from orders")).containsExactly("3000");
        }
    }

    @Test
    void aWrongPasswordIsRefusedAsTheServerWould() {
        assertThatThrownBy(() -> gateway.connect("erik", "password", "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Access denied for user 'erik'");
    }

    @Test
    void aBlockedStatementSaysWhyAndTheConnectionGoesOn() throws Exception {
        try (Connection connection = gateway.connect("erik");
                Statement statement = connection.createStatement()) {
            SQLException error =
                    catchThrowableOfType(SQLException.class, () -> statement.execute("delete from orders"));
            assertThat(error.getErrorCode()).isEqualTo(1227);
            assertThat(error.getSQLState()).isEqualTo("42000");
            assertThat(error.getMessage()).contains("no-where", "[gatehouse:blocked id=dec_", "rule=no-where]");
            assertThat(column(statement, "select count(*) from orders")).containsExactly("3000");
        }
    }

    @Test
    void moreIsSaidByShowWarnings() throws Exception {
        try (Connection connection = gateway.connect("erik");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("delete from orders")).isInstanceOf(SQLException.class);
            List<String> told = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("show warnings")) {
                while (rows.next()) {
                    told.add(rows.getString("Level") + " " + rows.getInt("Code") + " " + rows.getString("Message"));
                }
            }
            assertThat(told.get(0)).startsWith("Error 1227 ").contains("no-where");
            assertThat(told).anyMatch(line -> line.equals("Note 1227 Add a WHERE."));
            assertThat(column(statement, "show count(*) errors")).containsExactly("1");
            assertThat(column(statement, "select 1")).containsExactly("1");
            assertThat(column(statement, "show warnings")).isEmpty();
        }
    }

    @Test
    void aRefusalLeavesTheTransactionAsItIs() throws Exception {
        try (Connection connection = gateway.connect("erik");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("insert into orders (id) values (9001)");
            assertThatThrownBy(() -> statement.execute("delete from orders")).isInstanceOf(SQLException.class);
            statement.execute("insert into orders (id) values (9002)");
            connection.commit();
            assertThat(column(statement, "select id from orders where id > 9000 order by id"))
                    .containsExactly("9001", "9002");
            statement.execute("delete from orders where id > 9000");
            connection.commit();
        }
    }

    @Test
    void protectedColumnsAreMasked() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            assertThat(column(statement, "select email from customers where id = 1")
                            .get(0))
                    .endsWith("@acme.test")
                    .doesNotContain("user1");
            assertThat(column(statement, "select c.email from (select * from customers) c where c.id = 1")
                            .get(0))
                    .doesNotContain("user1");
            assertThat(column(statement, "select mail from contacts where contact = 1"))
                    .doesNotContain("user1@acme.test");
            assertThat(column(statement, "select name from customers where id = 1"))
                    .containsExactly("Name 1");
        }
    }

    @Test
    void preparedStatementsAreRuledOnWithTheirValuesAndMasked() throws Exception {
        try (Connection connection = gateway.connect("maya", "useServerPrepStmts", "true");
                PreparedStatement statement = connection.prepareStatement(
                        "select id, email, salary from customers where id < ? order by id")) {
            for (int most = 2; most < 5; most++) {
                statement.setInt(1, most);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(1);
                    assertThat(rows.getString(2)).endsWith("@acme.test").doesNotContain("user1");
                    assertThat(rows.getInt(3)).isEqualTo(1001);
                }
            }
            SQLException error = catchThrowableOfType(SQLException.class, () -> {
                try (PreparedStatement refused = connection.prepareStatement("delete from orders where id = ?")) {
                    refused.setInt(1, 1);
                    refused.execute();
                }
            });
            assertThat(error.getErrorCode()).isEqualTo(1227);
            statement.setInt(1, 2);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    @Test
    void rowsOfACursorAreMasked() throws Exception {
        try (Connection connection = gateway.connect("maya", "useServerPrepStmts", "true");
                PreparedStatement statement =
                        connection.prepareStatement("select id, email from customers where id < ? order by id")) {
            statement.setFetchSize(3);
            statement.setInt(1, 20);
            int count = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    count++;
                    assertThat(rows.getString(2)).doesNotContain("user" + count);
                }
            }
            assertThat(count).isEqualTo(19);
        }
    }

    @Test
    void theTextOfAnErrorQuotesNoProtectedValue() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            statement.execute("select sum(email) from customers where id = 1");
            assertThat(column(statement, "show warnings")).isNotEmpty();
            try (ResultSet rows = statement.executeQuery("show warnings")) {
                while (rows.next()) {
                    assertThat(rows.getString("Message")).isNull();
                }
            }
        }
    }

    @Test
    void ofSeveralStatementsThoseRunThatStandBeforeARefusedOne() throws Exception {
        try (Connection connection = gateway.connect("erik", "allowMultiQueries", "true");
                Statement statement = connection.createStatement()) {
            SQLException error = catchThrowableOfType(SQLException.class, () -> {
                statement.execute("insert into orders (id) values (9101); select 'ä'; delete from orders; select 2");
                while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
                    // Reads on, up to the error.
                }
            });
            assertThat(error.getErrorCode()).isEqualTo(1227);
            assertThat(column(statement, "select count(*) from orders where id = 9101"))
                    .containsExactly("1");
            statement.execute("delete from orders where id = 9101");
        }
    }

    @Test
    void severalAllowedStatementsGiveAllTheirResults() throws Exception {
        try (Connection connection = gateway.connect("erik", "allowMultiQueries", "true");
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("select 1; update orders set status = 'x' where id = 1; select 3"))
                    .isTrue();
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(1);
            assertThat(statement.getMoreResults()).isTrue();
        }
    }

    @Test
    void theModeOfTheSessionDecidesHowTextIsRead() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            assertThat(column(statement, "select \"email\" from customers where id = 1"))
                    .containsExactly("email");
            statement.execute("set sql_mode = 'ANSI_QUOTES'");
            assertThat(column(statement, "select \"email\" from customers where id = 1")
                            .get(0))
                    .endsWith("@acme.test")
                    .doesNotContain("user1");
            statement.execute("set sql_mode = default");
            assertThat(column(statement, "select \"email\" from customers where id = 1"))
                    .containsExactly("email");
        }
    }

    @Test
    void textInACharacterSetThatCanHideAQuoteIsRefused() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            statement.execute("set names gbk");
            assertThat(column(statement, "select 1")).containsExactly("1");
            assertThat(catchThrowableOfType(SQLException.class, () -> statement.execute("select 'ä'"))
                            .getErrorCode())
                    .isEqualTo(1227);
        }
    }
}
