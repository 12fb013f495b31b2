package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.approval.Ticket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLException;

/** A gateway that is to end lets its sessions finish what they are at, and ends each with PostgreSQL's own word for it. */
@Timeout(120)
final class DrainTest {

    private static final String TERMINATED = "57P01";

    @TempDir
    private Path folder;

    private TestGateway gateway;
    private CompletableFuture<Void> drained = new CompletableFuture<>();

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(folder);
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

    private static void isTerminated(Connection connection) {
        assertThatThrownBy(() -> connection.createStatement().execute("select 1"))
                .isInstanceOf(PSQLException.class)
                .extracting(e -> ((PSQLException) e).getSQLState())
                .isEqualTo(TERMINATED);
    }

    private RawClient login(String user) throws IOException {
        RawClient client = new RawClient(gateway.port()).startup(0, "user", user, "database", "shop");
        assertThat(RawClient.isLetIn(client.prove(TestGateway.PASSWORD))).isTrue();
        return client;
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

    private void isRunning(String text) throws Exception {
        while (count("select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid()"
                        + " and query like '%" + text + "%'")
                == 0) {
            Thread.sleep(20);
        }
    }

    /** It has nothing to say any more, and what cancels its statement is no answer that it waits for. */
    @Test
    void aSessionWhoseClientHasFinishedEndsInTime() throws Exception {
        try (RawClient client = login("erik")) {
            client.query("select pg_sleep(600), 'unattended'");
            isRunning("unattended");
            client.socket().shutdownOutput();
            gateway.gateway().drain(Duration.ofMillis(300));
            assertThat(gateway.gateway().sessions()).isZero();
            assertThat(client.readUntil('E'))
                    .last()
                    .extracting(message -> message.field('C'))
                    .isEqualTo(TERMINATED);
        }
    }

    @Test
    void anIdleSessionIsToldAndEndsAtOnce() throws Exception {
        try (RawClient client = login("erik");
                Connection connection = gateway.connect("erik")) {
            drain(Draining.LONG);
            RawClient.Message message = client.read();
            assertThat(message.tag()).isEqualTo('E');
            assertThat(message.field('S')).isEqualTo("FATAL");
            assertThat(message.field('C')).isEqualTo(TERMINATED);
            assertThat(message.field('M')).isEqualTo("terminating connection due to administrator command");
            assertThat(client.octet()).isEqualTo(-1);
            isTerminated(connection);
            drained.join();
        }
    }

    @Test
    void whoHasNotLoggedInIsSentAwayAtOnce() throws Exception {
        try (Connection known = gateway.connect("erik");
                RawClient silent = new RawClient(gateway.port());
                RawClient halfway = new RawClient(gateway.port()).startup(0, "user", "erik", "database", "shop")) {
            assertThat(halfway.read().tag()).isEqualTo('R');
            drain(Draining.LONG);
            assertThat(silent.octet()).isEqualTo(-1);
            assertThat(halfway.read().field('C')).isEqualTo(TERMINATED);
            isTerminated(known);
            drained.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void aTransactionMayBeCommittedFirst(String mode) throws Exception {
        try (Connection connection = gateway.connect("erik", "preferQueryMode", mode);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("update orders set status = 'one' where id = 1");
            drain(Draining.LONG);
            statement.execute("update orders set status = 'two' where id = 2");
            connection.commit();
            drained.join();
            connection.setAutoCommit(true);
            isTerminated(connection);
        }
        assertThat(count("select count(*) from orders where status in ('one', 'two')"))
                .isEqualTo(2);
    }

    @Test
    void aStatementThatRunsIsWaitedFor() throws Exception {
        try (Connection connection = gateway.connect("erik");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Boolean> running = CompletableFuture.supplyAsync(() -> {
                try {
                    return statement.execute("update orders set status = 'slow' from pg_sleep(2) where id = 3");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            isRunning("slow");
            drain(Draining.LONG);
            assertThat(running.join()).isFalse();
            drained.join();
            isTerminated(connection);
        }
        assertThat(count("select count(*) from orders where status = 'slow'")).isEqualTo(1);
    }

    @Test
    void whatRunsLongerIsCancelledOnTheServer() throws Exception {
        try (Connection connection = gateway.connect("erik");
                Statement statement = connection.createStatement()) {
            CompletableFuture<SQLException> running =
                    fails(statement, "update orders set status = 'late' from pg_sleep(300) where id = 4");
            isRunning("late");
            drain(Draining.SHORT);
            assertThat(running.join().getSQLState()).isEqualTo(TERMINATED);
            drained.join();
        }
        assertThat(count("select count(*) from pg_stat_activity where state = 'active' and query like '%late''%'"
                        + " and pid <> pg_backend_pid()"))
                .isZero();
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

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void aHeldStatementIsWithdrawn(String mode) throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", mode);
                Statement statement = connection.createStatement()) {
            CompletableFuture<SQLException> running =
                    fails(statement, "update orders set status = 'held' where id = 6");
            Optional<Ticket> held = Optional.empty();
            while (held.isEmpty()) {
                held = gateway.gateway().approvals().lastPending();
            }
            drain(Draining.LONG);
            assertThat(running.join().getSQLState()).isEqualTo(TERMINATED);
            drained.join();
            assertThat(gateway.gateway().approvals().lastPending()).isEmpty();
        }
        assertThat(count("select count(*) from orders where status = 'held'")).isZero();
    }

    private static CopyIn copy(Connection connection) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy orders (id, status) from stdin");
        byte[] row = "9001\tcopied\n".getBytes(StandardCharsets.US_ASCII);
        copy.writeToCopy(row, 0, row.length);
        copy.flushCopy();
        return copy;
    }

    @Test
    void dataThatIsCopiedInIsWaitedFor() throws Exception {
        try (Connection connection = gateway.connect("erik")) {
            CopyIn copy = copy(connection);
            drain(Draining.LONG);
            assertThat(copy.endCopy()).isEqualTo(1);
            drained.join();
            isTerminated(connection);
        }
        assertThat(count("select count(*) from orders where status = 'copied'")).isEqualTo(1);
    }

    @Test
    void dataThatIsNotCopiedInTimeIsNotThere() throws Exception {
        Connection connection = gateway.connect("erik");
        CopyIn copy = copy(connection);
        drain(Draining.SHORT);
        drained.join();
        assertThatThrownBy(copy::endCopy).isInstanceOf(SQLException.class);
        connection.abort(Runnable::run);
        assertThat(count("select count(*) from orders where status = 'copied'")).isZero();
    }

    /** A row of which a part has left must not be followed by anything but its rest. */
    @Test
    void anErrorNeverGoesIntoTheMiddleOfARow() throws Exception {
        try (RawClient client = login("erik")) {
            client.query("select repeat('x', 100000000)");
            assertThat(client.read().tag()).isEqualTo('T');
            drain(Draining.SHORT);
            ByteArrayOutputStream told = new ByteArrayOutputStream();
            for (int octet = client.octet(); octet >= 0; octet = client.octet()) {
                told.write(octet);
            }
            drained.join();
            ByteBuffer rest = ByteBuffer.wrap(told.toByteArray());
            assertThat(rest.get()).isEqualTo((byte) 'D');
            assertThat(rest.getInt()).isEqualTo(100_000_010);
            rest.position(11);
            assertThat(rest.remaining()).isLessThan(100_000_000);
            while (rest.hasRemaining()) {
                assertThat(rest.get()).isEqualTo((byte) 'x');
            }
        }
    }

    @Test
    void psqlSaysWhatHasHappened() throws Exception {
        InstalledTool.assume("psql");
        ProcessBuilder psql = new ProcessBuilder(
                        "psql", "-X", "-h", "127.0.0.1", "-p", Integer.toString(gateway.port()), "-U", "erik", "shop")
                .redirectErrorStream(true);
        psql.environment().put("PGPASSWORD", TestGateway.PASSWORD);
        Process process = psql.start();
        process.getOutputStream().write("select 'here' || 1;\n".getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        StringBuilder said = new StringBuilder();
        while (!said.toString().contains("here1")) {
            said.append((char) process.getInputStream().read());
        }
        drain(Draining.LONG);
        drained.join();
        process.getOutputStream().write("select 2;\n".getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().close();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("FATAL:  terminating connection due to administrator command");
        assertThat(process.waitFor()).isNotZero();
    }

    /** As an operator or an init system ends it. */
    @Test
    void theProcessEndsByASignalOnceItsSessionsHave(@TempDir Path own) throws Exception {
        gateway.connect("erik").close();
        Path config = TestGateway.write(own, TestGateway.shop(), "127.0.0.1:0");
        try (GatewayProcess process = GatewayProcess.serve(config);
                RawClient idle = new RawClient(process.port());
                RawClient busy = new RawClient(process.port())) {
            for (RawClient client : Set.of(idle, busy)) {
                client.startup(0, "user", "erik", "database", "shop").prove(TestGateway.PASSWORD);
            }
            busy.query("begin").readUntil('Z');
            process.terminate();
            assertThat(idle.read().field('C')).isEqualTo(TERMINATED);
            busy.query("update orders set status = 'done' where id = 7").readUntil('Z');
            assertThat(process.isAlive()).isTrue();
            assertThat(busy.query("commit").read().text()).startsWith("COMMIT");
            assertThat(busy.read().tag()).isEqualTo('Z');
            assertThat(busy.read().field('C')).isEqualTo(TERMINATED);
            assertThat(process.status()).isEqualTo(128 + 15);
            assertThat(process.log()).contains("draining").contains("has ended");
        }
        Draining.checkThatAllHaveEnded(own.resolve("journal"), 2);
    }
}
