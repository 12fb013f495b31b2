package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.command.Gatehouse;
import dev.gatehouse.gateway.command.Places;
import dev.gatehouse.testing.RealMariaDb;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A replay shows the rows that drivers were sent: as text, in binary, from a cursor, with EOF packets and without. */
final class MySqlReplayTest {

    private static final String MARIADB = "jdbc:mariadb:?sslMode=disable&allowPublicKeyRetrieval=true";
    private static final String MYSQL = "jdbc:mysql:?sslMode=DISABLED&allowPublicKeyRetrieval=true";
    private static final String PREPARED = "&useServerPrepStmts=true";
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private static Path folder;

    private static MySqlGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = MySqlGateway.start(RealMariaDb.shared(), folder);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                MARIADB,
                MARIADB + PREPARED,
                MYSQL,
                MYSQL + PREPARED,
                MYSQL + PREPARED + "&useCursorFetch=true&defaultFetchSize=1"
            })
    void rowsAreShownAsTheClientGotThem(String driver) throws Exception {
        run(
                driver,
                "erik",
                "SELECT 7 AS a, NULL AS b, 'grün' AS c, -5 AS d, 1.50 AS e, DATE '2026-01-02' AS f"
                        + " UNION ALL SELECT 8, 'x', repeat('y', 100), 0, 0, NULL");

        String replay = replay();

        assertThat(replay.lines().map(String::strip))
                .containsSubsequence(
                        "a | b | c | d | e | f",
                        "7 | NULL | grün | -5 | 1.50 | 2026-01-02",
                        "8 | x | " + "y".repeat(59) + "… | 0 | 0.00 | NULL");
        assertThat(replay).contains("erik@shop/" + gateway.database());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {MARIADB, MARIADB + PREPARED})
    void maskedRowsAreShownMasked(String driver) throws Exception {
        run(driver, "maya", "SELECT email FROM customers WHERE id = 1");

        assertThat(replay()).contains("***@acme.test").doesNotContain("user1@acme.test");
    }

    private static void run(String driver, String user, String sql) throws SQLException {
        String url = driver.replace(":?", "://127.0.0.1:" + gateway.port() + "/" + gateway.database() + "?");
        try (Connection connection = DriverManager.getConnection(url, user, TestGateway.PASSWORD);
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                assertThat(result.getMetaData().getColumnCount()).isPositive();
            }
        }
    }

    /** The last session, once it is written to its end. */
    private static String replay() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            StringWriter out = new StringWriter();
            CommandLine line = Gatehouse.line(
                    new Product(Map.of()), new Places(Map.of(), folder), Map.of(), List.of(new NoDemo()));
            int status = line.setOut(new PrintWriter(out, true))
                    .execute("journal", "replay", "--dir", gateway.journal().toString(), "--last", "--speed", "0");
            if ((status == 0 && out.toString().contains("○")) || System.nanoTime() > deadline) {
                return out.toString();
            }
        }
    }

    /** Takes the demo's place. */
    @Command(name = "demo")
    private static final class NoDemo implements Callable<Integer> {
        @Override
        public Integer call() {
            return 0;
        }
    }
}
