package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see of each other's connections, and which of them they may end. */
final class MySqlProcessesTest {

    @TempDir
    private Path folder;

    private static long number(Connection connection) throws SQLException {
        return connection.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
    }

    /** The rows of a list, each as its number and its text. */
    private static List<String> list(Statement statement, String sql) throws SQLException {
        List<String> list = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                list.add(rows.getLong("Id") + " " + rows.getString("Command") + " " + rows.getString("Info"));
            }
        }
        return list;
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void theListHasTheNumbersThatClientsKnow(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder);
                Connection erik = gateway.connect("erik");
                Connection maya = gateway.connect("maya");
                Statement asking = erik.createStatement();
                Statement masked = maya.createStatement()) {
            long own = number(erik);
            long others = number(maya);
            for (String sql : new String[] {"show processlist", "SHOW FULL PROCESSLIST ;"}) {
                assertThat(list(asking, sql))
                        .anyMatch(row -> row.startsWith(own + " Query ")
                                && row.toLowerCase(Locale.ROOT).contains("processlist"))
                        .anyMatch(row -> row.startsWith(others + " Sleep "));
            }
            assertThat(list(masked, "show processlist"))
                    .anyMatch(row -> row.equals(others + " Query null"))
                    .anyMatch(row -> row.startsWith(own + " Sleep"))
                    .allMatch(row -> row.endsWith(" null"));
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void whatIsListedCanBeKilledByWhoeverItBelongsTo(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder);
                Connection erik = gateway.connect("erik");
                Connection other = gateway.connect("erik");
                Connection maya = gateway.connect("maya");
                Statement asking = erik.createStatement();
                Statement slow = other.createStatement();
                Statement stranger = maya.createStatement()) {
            CompletableFuture<Object> running = CompletableFuture.supplyAsync(() -> {
                try {
                    return slow.execute("select sleep(60) from customers where id = 1");
                } catch (SQLException e) {
                    return e;
                }
            });
            long number = 0;
            while (number == 0) {
                for (String row : list(asking, "show full processlist")) {
                    if (row.contains("select sleep(60)")) {
                        number = Long.parseLong(row.substring(0, row.indexOf(' ')));
                    }
                }
            }
            assertThat(number).isEqualTo(number(other));
            long found = number;
            for (String kill : new String[] {"kill query ", "kill ", "KILL CONNECTION "}) {
                assertThatThrownBy(() -> stranger.execute(kill + found))
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode())
                                .isEqualTo(1095));
            }
            assertThat(running).isNotDone();
            asking.execute("kill query " + number);
            assertThat(running.get(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(MySqlStatementsTest.column(slow, "select 1")).containsExactly("1");
            asking.execute("kill " + number);
            assertThatThrownBy(() -> MySqlStatementsTest.column(slow, "select 1"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> asking.execute("kill " + found))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode())
                            .isEqualTo(1094));
        }
    }

    /** The server thinks that all sessions are of one user, who may end them. */
    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void nobodyIsEndedWhoIsNotNamedByTheNumberAlone(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder);
                Connection victim = gateway.connect("erik");
                Statement alive = victim.createStatement();
                MySqlWireClient client = MySqlWireClient.through(gateway, "erik", 1 << 16)) {
            String number =
                    MySqlStatementsTest.column(alive, "select connection_id()").get(0);
            assertThat(client.run("set @n = " + number)).endsWith(" changed");
            for (String kill : new String[] {
                "kill @n",
                "kill query @n",
                "kill " + number + " + 0",
                "kill (select " + number + ")",
                "do 0; kill " + number,
                "kill " + number + "; do 0",
                "prepare k from 'kill " + number + "'; execute k",
                "set @k = 'kill " + number + "'; prepare k from @k; execute k",
                "execute immediate 'kill " + number + "'",
                "kill connection_id() - 1",
                "kill user admin",
            }) {
                String answer = client.run(kill);
                for (int i = 1; i < kill.split(";").length && answer.endsWith(" changed"); i++) {
                    answer = client.value();
                }
                assertThat(answer).as(kill).matches("(1227|1064|1295) .*");
                assertThat(MySqlStatementsTest.column(alive, "select 1")).containsExactly("1");
            }
        }
    }

    /** What SQL tells of numbers is the server's own everywhere, and KILL takes it. */
    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void tablesAndFunctionsHaveTheServersNumbers(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder);
                Connection erik = gateway.connect("erik");
                Connection other = gateway.connect("erik");
                Statement asking = erik.createStatement();
                Statement asked = other.createStatement()) {
            String own =
                    MySqlStatementsTest.column(asked, "select connection_id()").get(0);
            assertThat(MySqlStatementsTest.column(
                            asked, "select id from information_schema.processlist where id = connection_id()"))
                    .containsExactly(own);
            asking.execute("kill " + own);
            assertThatThrownBy(() -> MySqlStatementsTest.column(asked, "select 1"))
                    .isInstanceOf(SQLException.class);
        }
    }
}
