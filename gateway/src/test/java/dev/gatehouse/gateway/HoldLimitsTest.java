package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a statement waits for a person: no longer than its session's own settings allow, however they were set. */
final class HoldLimitsTest {

    /** Requests end with the waiting, so that their deadline tells how long that would have been. */
    private static final String POLICY = TestGateway.POLICY.replace(
            "hold: { interactive: 20s, other: 20s, then: reject, in_transaction: if_clean }",
            "hold: { interactive: 15m, other: 15m, then: reject, in_transaction: hold }");

    private static final Duration USUAL = Duration.ofMinutes(15);
    private static final Reviewer LEAD = new Reviewer("lead", Set.of("leads"), false, "test");

    @TempDir
    private static Path folder;

    private static TestGateway gateway;
    private static int held;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.ruledBy(POLICY, folder, TestGateway.shop());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String update() {
        return "update orders set status = 'held' where id = " + ++held;
    }

    private static Request pending(String sql) throws InterruptedException {
        for (int i = 0; i < 3_000; i++) {
            Optional<Ticket> pending = gateway.gateway().approvals().lastPending();
            if (pending.isPresent() && pending.get().request().sql().equals(sql)) {
                return pending.get().request();
            }
            Thread.sleep(10);
        }
        throw new AssertionError("nothing waits: " + sql);
    }

    /** How long the next statement of a session would wait, which is then taken back. */
    private static Duration wait(Connection connection) throws Exception {
        String sql = update();
        try (Statement statement = connection.createStatement()) {
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    // Withdrawn, or no longer what it was when it began to wait: it has waited either way.
                    assertThat(e.getSQLState()).as(e.getMessage()).isIn("57014", "42501");
                }
            });
            Request request = pending(sql);
            statement.cancel();
            running.join();
            return Duration.between(request.asked(), request.deadline());
        }
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String refusal(Connection connection) {
        return String.valueOf(catchThrowableOfType(SQLException.class, () -> run(connection, update()))
                .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared"})
    void aStatementWaitsAsLongAsItsSessionAllows(String mode) throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", mode)) {
            assertThat(wait(connection)).isEqualTo(USUAL);
            run(connection, "set statement_timeout = '7500ms'");
            assertThat(wait(connection)).isEqualTo(Duration.ofMillis(7500));
            run(connection, "select pg_catalog.set_config('statement_timeout', '9s', false)");
            assertThat(wait(connection)).isEqualTo(Duration.ofSeconds(9));
            run(connection, "begin", "set local statement_timeout = '8s'");
            assertThat(wait(connection)).isEqualTo(Duration.ofSeconds(8));
            run(connection, "rollback");
            assertThat(wait(connection)).isEqualTo(Duration.ofSeconds(9));
            run(connection, "set statement_timeout = 0", "set idle_in_transaction_session_timeout = '20s'");
            assertThat(wait(connection)).isEqualTo(USUAL);
            run(connection, "begin");
            assertThat(wait(connection)).isEqualTo(Duration.ofSeconds(19));
            run(connection, "rollback", "set idle_in_transaction_session_timeout = '1s'", "begin");
            assertThat(refusal(connection)).contains("cannot wait inside this transaction");
            run(connection, "rollback");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void aTransactionIsNotHeldBeyondItsEnd(String mode) throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", mode)) {
            assumeTrue(
                    connection.getMetaData().getDatabaseMajorVersion() >= 17, "a setting of PostgreSQL 17 and later");
            run(connection, "set transaction_timeout = '1min'");
            Duration alone = wait(connection);
            assertThat(alone).isLessThanOrEqualTo(mode.equals("simple") ? USUAL : Duration.ofSeconds(59));
            run(connection, "begin", "select pg_sleep(0.05)");
            assertThat(wait(connection)).isLessThan(Duration.ofMillis(58_950)).isGreaterThan(Duration.ofSeconds(20));
            run(connection, "rollback", "set transaction_timeout = '1s'", "begin");
            assertThat(refusal(connection)).contains("cannot wait inside this transaction");
        }
    }

    @Test
    void whatAClientSaysAsItLogsInCountsAndWhatTheServerHasForEverybodyDoesNot() throws Exception {
        try (Connection connection = gateway.connect("maya", "options", "-c statement_timeout=6s")) {
            assertThat(wait(connection)).isEqualTo(Duration.ofSeconds(6));
        }
        try (Connection direct = gateway.direct()) {
            run(direct, "alter database " + gateway.database() + " set statement_timeout = '30s'");
            try (Connection connection = gateway.connect("maya")) {
                assertThat(wait(connection)).isEqualTo(USUAL);
                run(connection, "set statement_timeout = '5s'");
                assertThat(wait(connection)).isEqualTo(Duration.ofSeconds(5));
                run(connection, "reset statement_timeout");
                assertThat(wait(connection)).isEqualTo(USUAL);
            } finally {
                run(direct, "alter database " + gateway.database() + " reset statement_timeout");
            }
        }
    }

    /** Whoever puts another meaning in front of the server's own words changes nothing but its own answers. */
    @Test
    void theSearchPathHasNoSayInIt() throws Exception {
        try (Connection direct = gateway.direct()) {
            run(
                    direct,
                    "create schema lies",
                    "create function lies.never(text, text) returns boolean language sql as 'select false'",
                    "create operator lies.= (leftarg = text, rightarg = text, function = lies.never)",
                    "create view lies.pg_settings as select * from pg_catalog.pg_settings where false",
                    "create function lies.max(text) returns text language sql as 'select null::text'");
        }
        try (Connection connection = gateway.connect("maya")) {
            run(connection, "set statement_timeout = '5s'", "set search_path = lies, pg_catalog, public");
            assertThat(wait(connection)).isEqualTo(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void atTheDeadlineTheStatementIsRefusedAndTheSessionLives(String mode) throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", mode)) {
            run(connection, "set statement_timeout = '500ms'");
            SQLException refused = catchThrowableOfType(SQLException.class, () -> run(connection, update()));
            assertThat(refused.getSQLState()).isEqualTo("55000");
            assertThat(refused.getMessage()).contains("gatehouse:expired");
            run(connection, "select 1");
        }
    }

    /** Neither what a savepoint takes back nor the name of the gateway's question lets a session wait for longer. */
    @Test
    void noDetourLeadsAroundIt() throws Exception {
        try (Connection connection = gateway.connect("maya")) {
            run(connection, "select pg_catalog.set_config('statement_timeout', '4s', false)");
            assertThat(wait(connection)).isEqualTo(Duration.ofSeconds(4));
            run(connection, "begin", "savepoint s", "set local statement_timeout = '2h'", "rollback to savepoint s");
            assertThat(wait(connection)).isEqualTo(Duration.ofSeconds(4));
            run(connection, "rollback", "prepare gatehouse_limits as select 1");
            assertThat(wait(connection)).isEqualTo(Duration.ofSeconds(4));
            run(connection, "discard all");
            assertThat(wait(connection)).isEqualTo(USUAL);
        }
    }

    @Test
    void whoHasNoTimeForAQuestionHasNoneToWait() throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", "simple")) {
            run(connection, "set statement_timeout = 1");
            for (int i = 0; i < 5; i++) {
                SQLException refused = catchThrowableOfType(SQLException.class, () -> run(connection, update()));
                assertThat(refused.getSQLState()).isEqualTo("55000");
            }
        }
    }

    /** What was prepared without a name is there until another one is; the gateway's question does not take its place. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStatementWithoutANameRunsOnceItIsApproved(boolean synced) throws Exception {
        try (RawClient client = new RawClient(gateway.port())) {
            client.startup(0, "user", "maya", "database", "shop").prove(TestGateway.PASSWORD);
            String sql = update();
            client.message('P', ("\0" + sql + "\0\0\0").getBytes(StandardCharsets.US_ASCII));
            client.message(synced ? 'S' : 'H', new byte[0]);
            assertThat(client.readUntil(synced ? 'Z' : '1')).noneMatch(message -> message.tag() == 'E');
            client.message('B', new byte[8]).message('E', new byte[5]).message('S', new byte[0]);
            Request request = pending(sql);
            assertThat(Duration.between(request.asked(), request.deadline())).isEqualTo(USUAL);
            assertThat(gateway.gateway().approvals().approve(request.id(), Optional.of(request.code()), LEAD, "fine"))
                    .isInstanceOf(Answer.Moved.class);
            assertThat(client.readUntil('Z').stream()
                            .map(RawClient.Message::tag)
                            .filter(tag -> tag != 'S' && tag != 'N'))
                    .containsExactly('2', 'C', 'Z');
        }
    }

    /** A statement behind one that fails in the same batch is skipped by the server, and so is the question for it. */
    @Test
    void whatIsSkippedWaitsForNobody() throws Exception {
        try (RawClient client = new RawClient(gateway.port())) {
            client.startup(0, "user", "maya", "database", "shop").prove(TestGateway.PASSWORD);
            byte[] wrong = "\0select 1 / (id - id) from orders\0\0\0".getBytes(StandardCharsets.US_ASCII);
            client.message('P', wrong).message('B', new byte[8]).message('E', new byte[5]);
            client.message('P', ("\0" + update() + "\0\0\0").getBytes(StandardCharsets.US_ASCII));
            client.message('B', new byte[8]).message('E', new byte[5]).message('S', new byte[0]);
            assertThat(client.readUntil('E')).last().matches(error -> error.field('C')
                    .equals("22012"));
            assertThat(client.readUntil('Z')).hasSize(1);
            assertThat(client.query("select 1").readUntil('Z')).noneMatch(message -> message.tag() == 'E');
        }
    }
}
