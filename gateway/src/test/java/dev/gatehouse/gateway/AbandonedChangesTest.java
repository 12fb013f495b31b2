package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.testing.RealPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server still does for a client that is gone counts, and a change of tables protects columns by their new names. */
@Timeout(120)
final class AbandonedChangesTest {

    private static final String BEFORE = "create view shown as select id, name from customers";
    private static final String AFTER = "create or replace view shown as select id, email as name from customers";

    @TempDir
    private Path folder;

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(String.valueOf(result.getString(1)));
            }
        }
        return rows;
    }

    private static void waitFor(Connection connection, String count, String expected)
            throws SQLException, InterruptedException {
        while (!rows(connection, count).equals(List.of(expected))) {
            Thread.sleep(20);
        }
    }

    private RawClient erik(TestGateway gateway) throws Exception {
        RawClient erik = new RawClient(gateway.port()).startup(0, "user", "erik", "database", "shop");
        assertThat(RawClient.isLetIn(erik.prove(TestGateway.PASSWORD))).isTrue();
        return erik;
    }

    private static void showsNoAddress(Connection maya, String sql) {
        try {
            assertThat(rows(maya, sql)).hasSize(1).noneMatch(row -> row.contains("user1@acme.test"));
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501");
        }
    }

    @Test
    void postgresGoesOnWithAChangeWhoseClientIsGone() throws Exception {
        String ask = "select coalesce(name, '-') || '' from shown where id = 1";
        String busy =
                "select count(*) from pg_stat_activity where query like '%email as name%' and pid <> pg_backend_pid()";
        try (TestGateway gateway = TestGateway.start(folder);
                Connection direct = gateway.direct();
                Connection watch = gateway.direct();
                Connection early = gateway.connect("maya");
                RawClient erik = erik(gateway)) {
            direct.createStatement().execute(BEFORE);
            assertThat(rows(early, ask)).containsExactly("Name 1");
            direct.setAutoCommit(false);
            rows(direct, "select count(*) from shown");
            erik.query(AFTER);
            waitFor(watch, busy + " and wait_event_type = 'Lock'", "1");
            erik.reset();
            waitFor(watch, busy + " and wait_event_type = 'Lock'", "1");
            direct.commit();
            waitFor(watch, busy, "0");
            try (Connection maya = gateway.connect("maya")) {
                showsNoAddress(maya, ask);
            }
        }
    }

    @Test
    void aChangeWhoseClientIsGoneTakesItsPlaceUntilItHasEnded() throws Exception {
        String database = TestGateway.shop();
        String waiting = "select count(*) from pg_stat_activity where query like 'alter table customers%'"
                + " and wait_event_type = 'Lock' and datname = current_database()";
        try (Gateway gateway = Configured.in(folder, database)
                        .with("identity:\n", "identity:\n  sessions: { max_per_user: 1 }\n")
                        .start();
                Connection direct = RealPostgres.shared().connect(database);
                Connection watch = RealPostgres.shared().connect(database)) {
            direct.setAutoCommit(false);
            rows(direct, "select count(*) from customers");
            RawClient erik = new RawClient(Configured.port(gateway)).startup(0, "user", "erik", "database", "shop");
            assertThat(RawClient.isLetIn(erik.prove(TestGateway.PASSWORD))).isTrue();
            erik.query("alter table customers add column more text");
            waitFor(watch, waiting, "1");
            erik.reset();
            while (gateway.sessions() > 0) {
                Thread.sleep(20);
            }
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Configured.connect(gateway, "").close())
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("53300"));
            direct.commit();
            waitFor(watch, waiting, "0");
            connectAtLast(gateway).close();
        }
    }

    @Test
    void aStatementWhoseClientIsGoneTakesItsPlaceUntilItHasEnded() throws Exception {
        String database = TestGateway.shop();
        String sleeping = "select count(*) from pg_stat_activity where query like 'select pg_sleep(600)%'"
                + " and wait_event = 'PgSleep' and datname = current_database()";
        try (Gateway gateway = Configured.in(folder, database)
                        .with("identity:\n", "identity:\n  sessions: { max_per_user: 1 }\n")
                        .start();
                Connection watch = RealPostgres.shared().connect(database)) {
            RawClient erik = new RawClient(Configured.port(gateway)).startup(0, "user", "erik", "database", "shop");
            assertThat(RawClient.isLetIn(erik.prove(TestGateway.PASSWORD))).isTrue();
            erik.query("select pg_sleep(600)");
            waitFor(watch, sleeping, "1");
            erik.reset();
            while (gateway.sessions() > 0) {
                Thread.sleep(20);
            }
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Configured.connect(gateway, "").close())
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("53300"));
            rows(watch, sleeping.replace("count(*)", "pg_cancel_backend(pid)"));
            connectAtLast(gateway).close();
        }
    }

    /** It would go on for an hour, was it not cut off when it wants to show its first rows. */
    @Test
    void aStatementWhoseClientIsGoneEndsWhenItWantsToAnswer() throws Exception {
        String rows = "select repeat('x', 5000), pg_sleep(0.05) from generate_series(1, 72000)";
        String busy = "select count(*) from pg_stat_activity where query like 'select repeat(%'"
                + " and state = 'active' and datname = current_database() and pid <> pg_backend_pid()";
        try (TestGateway gateway = TestGateway.start(folder);
                Connection watch = gateway.direct();
                RawClient erik = erik(gateway)) {
            erik.query(rows);
            assertThat(erik.readUntil('D')).isNotEmpty();
            erik.reset();
            waitFor(watch, busy, "0");
        }
    }

    private static Connection connectAtLast(Gateway gateway) throws SQLException, InterruptedException {
        while (true) {
            try {
                return Configured.connect(gateway, "");
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo("53300");
                Thread.sleep(50);
            }
        }
    }

    @Test
    void whatIsCommittedInTheMiddleOfATextHoldsBeforeItsEnd() throws Exception {
        String ask = "select coalesce(name, '-') || '' from shown where id = 1";
        String sleeping =
                "select count(*) from pg_stat_activity where query like '%email as name%' and wait_event = 'PgSleep'";
        try (TestGateway gateway = TestGateway.start(folder);
                Connection direct = gateway.direct();
                Connection watch = gateway.direct();
                Connection early = gateway.connect("maya");
                RawClient erik = erik(gateway)) {
            direct.createStatement().execute(BEFORE);
            assertThat(rows(early, ask)).containsExactly("Name 1");
            erik.query("begin; " + AFTER + "; commit; select repeat('x', 100000); select pg_sleep(600)");
            assertThat(erik.readUntil('D')).isNotEmpty();
            waitFor(watch, sleeping, "1");
            try (Connection maya = gateway.connect("maya")) {
                showsNoAddress(maya, ask);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void mysqlGoesOnWithAChangeWhoseClientIsGone(MySqlProductUnderTest product) throws Exception {
        InstalledTool.assume("mariadb");
        String ask = "select concat(name, '') from shown where id = 1";
        String busy = "select count(*) from information_schema.processlist where info like '%email as name%'"
                + " and id <> connection_id()";
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder);
                Connection direct = gateway.direct();
                Connection watch = gateway.direct();
                Connection early = gateway.connect("maya")) {
            direct.createStatement().execute(BEFORE);
            assertThat(rows(early, ask)).containsExactly("Name 1");
            direct.setAutoCommit(false);
            rows(direct, "select count(*) from shown");
            Process erik = mariadb(gateway, AFTER + ";\n");
            waitFor(watch, busy + " and state like '%metadata lock%'", "1");
            erik.destroyForcibly().waitFor();
            direct.commit();
            waitFor(watch, busy, "0");
            waitFor(watch, "select count(*) from shown where name like 'user1@%'", "1");
            try (Connection maya = gateway.connect("maya")) {
                showsNoAddress(maya, ask);
            }
        }
    }

    private static Process mariadb(MySqlGateway gateway, String text) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                "mariadb",
                "--no-defaults",
                "--host=127.0.0.1",
                "--port=" + gateway.port(),
                "--user=erik",
                "--skip-ssl",
                "--skip-reconnect",
                gateway.database());
        builder.environment().put("MYSQL_PWD", TestGateway.PASSWORD);
        Process client = builder.redirectErrorStream(true).start();
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
        return client;
    }
}
