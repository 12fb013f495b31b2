package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.MySqlServer;
import dev.gatehouse.testing.RealPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that says no more, and goes on listening, gets the answers that it would get from the server. */
@Timeout(120)
final class HalfClosedTest {

    private static final String SLOW = "select 1, pg_sleep(0.3)";

    @TempDir
    private Path folder;

    private static Map<String, Consumer<RawFrames>> postgres() {
        Map<String, Consumer<RawFrames>> scripts = new TreeMap<>();
        scripts.put("nothing", raw -> {});
        scripts.put("one query", raw -> raw.query(SLOW));
        scripts.put("several queries", raw -> raw.query("select 1").query(SLOW).query("select 2 as two"));
        scripts.put("an open transaction", raw -> raw.query("begin")
                .query("create table left_open (a int)")
                .query(SLOW));
        scripts.put("a change", raw -> raw.query("insert into kept values (1)"));
        scripts.put("an error", raw -> raw.query("select 1/0").query("select 3"));
        scripts.put("a pipeline", raw -> raw.parse("", SLOW)
                .bind("", "")
                .describe('P', "")
                .execute("", 0)
                .sync());
        scripts.put(
                "no Sync, but a Flush",
                raw -> raw.parse("", SLOW).bind("", "").execute("", 0).flush());
        scripts.put(
                "neither Sync nor Flush",
                raw -> raw.parse("", "insert into kept values (2)").bind("", "").execute("", 0));
        scripts.put("the rest of a copy is missing", raw -> raw.query("copy kept from stdin")
                .copyData("3\n"));
        scripts.put("a copy", raw -> raw.query("copy kept from stdin").copied("4\n"));
        scripts.put("a long answer", raw -> raw.query("select repeat('x', 1000) from generate_series(1, 20000)")
                .query("select 1 as last"));
        scripts.put(
                "a statement that waits for another one's meaning",
                raw -> raw.query("set search_path to pg_temp, public").query("select * from kept where a > 5"));
        return scripts;
    }

    @Test
    void aPostgresClientGetsAllThatIsDue() throws Exception {
        String beside = RealPostgres.shared().createDatabase();
        try (TestGateway gateway = TestGateway.ruledBy(
                TestGateway.EVERYTHING, folder, RealPostgres.shared().createDatabase())) {
            for (String database : List.of(beside, gateway.database())) {
                try (Connection connection = RealPostgres.shared().connect(database);
                        Statement statement = connection.createStatement()) {
                    statement.execute("create table kept (a int)");
                }
            }
            for (Map.Entry<String, Consumer<RawFrames>> script : postgres().entrySet()) {
                assertThat(answers(gateway.connect("erik"), script.getValue()))
                        .as(script.getKey())
                        .isEqualTo(answers(RealPostgres.shared().connect(beside), script.getValue()));
            }
            assertThat(kept(RealPostgres.shared().connect(gateway.database()))).isEqualTo("1,4");
            assertThat(kept(RealPostgres.shared().connect(beside))).isEqualTo("1,4");
            while (gateway.gateway().sessions() > 0) {
                Thread.sleep(20);
            }
        }
    }

    private static List<String> answers(Connection connection, Consumer<RawFrames> script) throws Exception {
        RawFrames raw = new RawFrames(connection);
        script.accept(raw);
        List<String> told = raw.lastWords();
        connection.abort(Runnable::run);
        return told;
    }

    private static String kept(Connection connection) throws Exception {
        try (connection;
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select string_agg(a::text, ',' order by a) from kept")) {
            row.next();
            return row.getString(1);
        }
    }

    private static Map<String, Consumer<MySqlRawPackets>> mysql() {
        Map<String, Consumer<MySqlRawPackets>> scripts = new TreeMap<>();
        scripts.put("nothing", raw -> {});
        scripts.put("one query", raw -> raw.query("select 1, sleep(0.3)"));
        scripts.put(
                "several queries",
                raw -> raw.query("select 1").query("select 2, sleep(0.3)").query("select 3"));
        scripts.put("several results", raw -> raw.query("select 1; select 2, sleep(0.3); select 3"));
        scripts.put("an error", raw -> raw.query("select nothing from nowhere").query("select 3"));
        scripts.put("a prepared statement", raw -> raw.prepare("select 1, sleep(0.3)")
                .execute(MySqlRawPackets.LAST, MySqlRawPackets.NO_CURSOR, List.of()));
        scripts.put("a change", raw -> raw.query("insert into kept values (1)"));
        scripts.put("an open transaction", raw -> raw.query("begin").query("insert into kept values (2)"));
        scripts.put("a long answer", raw -> raw.query("select repeat('x', 3000000) union select repeat('y', 3000000)")
                .query("select 1"));
        return scripts;
    }

    @ParameterizedTest
    @EnumSource
    void aMySqlClientGetsAllThatIsDue(MySqlProductUnderTest product) throws Exception {
        MySqlServer server = product.server();
        String beside = MySqlGateway.shop(server);
        long severalStatements = 1 << 16;
        try (MySqlGateway gateway = MySqlGateway.start(server, folder, TestGateway.EVERYTHING)) {
            for (String database : List.of(beside, gateway.database())) {
                try (Connection connection = server.connect(database);
                        Statement statement = connection.createStatement()) {
                    statement.execute("create table kept (a int)");
                    if (product == MySqlProductUnderTest.MARIADB) {
                        statement.execute("set global thread_cache_size = 0"); // A thread counts its statements on.
                    }
                }
            }
            gateway.connect("erik").close();
            for (Map.Entry<String, Consumer<MySqlRawPackets>> script : mysql().entrySet()) {
                if (product != MySqlProductUnderTest.MARIADB && script.getKey().contains("prepared")) {
                    continue; // Only MariaDB has a number for the statement prepared last.
                }
                List<String> direct;
                try (MySqlRawPackets raw = new MySqlRawPackets(
                        MySqlWireClient.to(
                                server.host(),
                                server.port(),
                                server.username(),
                                server.password(),
                                beside,
                                severalStatements),
                        beside)) {
                    script.getValue().accept(raw);
                    direct = raw.lastWords();
                }
                try (MySqlRawPackets raw = new MySqlRawPackets(
                        MySqlWireClient.through(gateway, "erik", (int) severalStatements), gateway.database())) {
                    script.getValue().accept(raw);
                    assertThat(raw.lastWords()).as(script.getKey()).isEqualTo(direct);
                }
            }
            for (String database : List.of(beside, gateway.database())) {
                try (Connection connection = server.connect(database);
                        Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("select group_concat(a) from kept")) {
                    row.next();
                    assertThat(row.getString(1)).isEqualTo("1");
                }
            }
            while (gateway.gateway().sessions() > 0) {
                Thread.sleep(20);
            }
        }
    }
}
