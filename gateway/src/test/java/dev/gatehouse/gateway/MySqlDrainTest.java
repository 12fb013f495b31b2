package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.firewall.approval.Ticket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A gateway that is to end lets its MySQL sessions finish what they are at, and answers what comes later as a server does. */
@Timeout(120)
@ParameterizedClass
@EnumSource(MySqlProductUnderTest.class)
final class MySqlDrainTest {

    private static final int SHUTDOWN = 1053;

    @TempDir
    private Path folder;

    private final MySqlProductUnderTest product;
    private MySqlGateway gateway;
    private CompletableFuture<Void> drained = new CompletableFuture<>();

    MySqlDrainTest(MySqlProductUnderTest product) {
        this.product = product;
    }

    @BeforeEach
    void start() throws Exception {
        gateway = MySqlGateway.start(product.server(), folder);
    }

    /** However its sessions ended, the journal says that they did. */
    @AfterEach
    void everySessionHasAnEndInTheJournal() {
        gateway.close();
        Draining.checkThatAllHaveEnded(gateway.journal(), 1);
    }

    private void drain(Duration patience) throws IOException {
        drained = Draining.begin(gateway.gateway(), gateway.port(), patience);
    }

    private int count(String sql) throws SQLException {
        try (Connection direct = gateway.direct();
                Statement statement = direct.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private int running(String text) throws SQLException {
        return count("select count(*) from information_schema.processlist where info like '%" + text
                + "%' and id <> connection_id()");
    }

    private static void isTerminated(Connection connection) {
        SQLException failure = catchThrowableOfType(
                SQLException.class, () -> connection.createStatement().execute("select 1"));
        assertThat(failure.getErrorCode()).isEqualTo(SHUTDOWN);
        assertThat(failure.getSQLState()).isEqualTo("08S01");
    }

    private static CompletableFuture<SQLException> fails(Statement statement, String sql) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                statement.execute(sql);
            } catch (SQLException e) {
                return e;
            }
            throw new AssertionError(sql + " has run");
        });
    }

    @Test
    void anIdleSessionEndsAtOnceAndItsNextCommandIsAnswered() throws Exception {
        try (Connection connection = gateway.connect("erik");
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            assertThat(silent.getInputStream().read()).isPositive();
            drain(Draining.LONG);
            drained.join();
            isTerminated(connection);
        }
    }

    @Test
    void aTransactionMayBeCommittedFirst() throws Exception {
        try (Connection connection = gateway.connect("erik");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("update orders set status = 'one' where id = 1");
            drain(Draining.LONG);
            statement.execute("update orders set status = 'two' where id = 2");
            connection.commit();
            drained.join();
            isTerminated(connection);
        }
        assertThat(count("select count(*) from orders where status in ('one', 'two')"))
                .isEqualTo(2);
    }

    @Test
    void whatRunsLongerIsKilledOnTheServer() throws Exception {
        try (Connection connection = gateway.connect("erik");
                Statement statement = connection.createStatement()) {
            CompletableFuture<SQLException> running =
                    fails(statement, "update orders set status = 'late' where id = 4 and sleep(300) = 0");
            while (running("late") == 0) {
                Thread.sleep(20);
            }
            drain(Draining.SHORT);
            assertThat(running.join().getErrorCode()).isEqualTo(SHUTDOWN);
            drained.join();
            while (running("late") > 0) {
                Thread.sleep(20);
            }
        }
        assertThat(count("select count(*) from orders where status = 'late'")).isZero();
    }

    @Test
    void aTransactionThatIsLeftOpenIsRolledBackInTheEnd() throws Exception {
        try (Connection connection = gateway.connect("erik");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("update orders set status = 'open' where id = 5");
            drain(Draining.SHORT);
            drained.join();
            isTerminated(connection);
        }
        assertThat(count("select count(*) from orders where status = 'open'")).isZero();
    }

    @Test
    void aHeldStatementIsWithdrawn() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            CompletableFuture<SQLException> running =
                    fails(statement, "update orders set status = 'held' where id = 6");
            Optional<Ticket> held = Optional.empty();
            while (held.isEmpty()) {
                held = gateway.gateway().approvals().lastPending();
            }
            drain(Draining.LONG);
            assertThat(running.join().getErrorCode()).isEqualTo(SHUTDOWN);
            drained.join();
            assertThat(gateway.gateway().approvals().lastPending()).isEmpty();
        }
        assertThat(count("select count(*) from orders where status = 'held'")).isZero();
    }

    @Test
    void theCommandLineClientSaysWhatHasHappened() throws Exception {
        InstalledTool.assume("mariadb");
        ProcessBuilder builder = new ProcessBuilder(
                        "mariadb",
                        "--no-defaults",
                        "--host=127.0.0.1",
                        "--port=" + gateway.port(),
                        "--user=erik",
                        "--skip-ssl",
                        "--skip-reconnect",
                        "--unbuffered",
                        gateway.database())
                .redirectErrorStream(true);
        builder.environment().put("MYSQL_PWD", TestGateway.PASSWORD);
        Process client = builder.start();
        client.getOutputStream().write("select concat('here', 1);\n".getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
        StringBuilder said = new StringBuilder();
        while (!said.toString().contains("here1")) {
            int next = client.getInputStream().read();
            assertThat(next).as("more than " + said).isPositive();
            said.append((char) next);
        }
        drain(Draining.LONG);
        drained.join();
        client.getOutputStream().write("select 2;\n".getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().close();
        assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("ERROR 1053 (08S01)")
                .contains("Server shutdown in progress");
        assertThat(client.waitFor()).isNotZero();
    }
}
