package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.testing.RealMariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A statement that waits for a person over MySQL's protocol, and what ends its waiting. */
final class MySqlHoldsTest {

    private static final Reviewer LEAD = new Reviewer("lead", Set.of("leads"), false, "test");

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

    private static Approvals desk() {
        return gateway.gateway().approvals();
    }

    private static Request held(String text) throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            Optional<Ticket> pending =
                    desk().lastPending().filter(ticket -> ticket.request().sql().contains(text));
            if (pending.isPresent()) {
                return pending.get().request();
            }
            Thread.sleep(10);
        }
        throw new AssertionError("no statement with " + text + " is held");
    }

    private static CompletableFuture<Integer> update(Statement statement, String status) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return statement.executeUpdate("update orders set status = '" + status + "' where id = 11");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static SQLException failure(CompletableFuture<?> running) {
        ExecutionException thrown =
                catchThrowableOfType(ExecutionException.class, () -> running.get(30, TimeUnit.SECONDS));
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure) {
                return failure;
            }
        }
        throw new AssertionError("not an error of the server's", thrown);
    }

    /** The settings are user variables to the server, and those of the gateway besides. */
    @Test
    void aSessionSetsItsReasonAndReadsItBack() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            statement.execute("SET @gatehouse_reason = 'CHG-119'");
            statement.execute("SET @gatehouse_hold = 15");
            assertThat(told(statement, "reason")).isEqualTo("CHG-119");
            assertThat(told(statement, "hold")).isEqualTo("15s");
            assertThat(told(statement, "identity")).startsWith("maya, human, groups analysts");
            CompletableFuture<Integer> running = update(statement, "reasoned");
            Request request = held("'reasoned'");
            assertThat(request.reason()).isEqualTo("CHG-119");
            assertThat(desk().approve(request.id(), Optional.of(request.code()), LEAD, "fine"))
                    .isInstanceOf(Answer.Moved.class);
            assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    private static String told(Statement statement, String name) throws SQLException {
        try (ResultSet row = statement.executeQuery("SHOW gatehouse." + name)) {
            row.next();
            return row.getString("gatehouse." + name);
        }
    }

    @Test
    void whatIsApprovedRuns() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Integer> running = update(statement, "approved");
            Request request = held("'approved'");
            assertThat(running).isNotDone();
            assertThat(desk().approve(request.id(), Optional.of(request.code()), LEAD, "fine"))
                    .isInstanceOf(Answer.Moved.class);
            assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void whatIsRejectedDoesNotRunAndSaysWho() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Integer> running = update(statement, "rejected");
            Request request = held("'rejected'");
            assertThat(desk().reject(request.id(), Optional.empty(), LEAD, "use the batch job"))
                    .isInstanceOf(Answer.Moved.class);
            SQLException failure = failure(running);
            assertThat(failure.getErrorCode()).isEqualTo(1227);
            assertThat(failure.getMessage()).contains("rejected by lead").contains("use the batch job");
            assertThat(statement.execute("select 1")).isTrue();
        }
    }

    @Test
    void killQueryFromAnotherConnectionWithdraws() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement();
                Connection other = gateway.connect("maya");
                Statement killer = other.createStatement()) {
            CompletableFuture<Integer> running = update(statement, "killed");
            Request request = held("'killed'");
            long number = connection.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
            killer.execute("KILL QUERY " + number);
            assertThat(failure(running).getErrorCode()).isEqualTo(1317);
            assertThat(Settled.ticket(desk(), request.id())).isInstanceOf(Ticket.Withdrawn.class);
            assertThat(statement.execute("select 1")).isTrue();
        }
    }

    @Test
    void killQueryFromAnotherConnectionCancelsWhatRuns() throws Exception {
        try (Connection connection = gateway.connect("erik");
                Statement statement = connection.createStatement();
                Connection other = gateway.connect("erik");
                Statement killer = other.createStatement()) {
            long number = connection.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
            CompletableFuture<Boolean> running = CompletableFuture.supplyAsync(() -> {
                try {
                    return statement.execute(
                            "select count(*) from orders a, orders b, orders c where a.total + b.total + c.total < 0");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            while (!running.isDone()) {
                killer.execute("KILL QUERY " + number);
                Thread.sleep(50);
            }
            assertThat(failure(running).getErrorCode()).isEqualTo(1317);
            assertThat(statement.execute("select 1")).isTrue();
        }
    }

    @Test
    void anotherUsersConnectionCannotBeKilled() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement();
                Connection other = gateway.connect("erik");
                Statement killer = other.createStatement()) {
            long number = connection.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
            assertThat(catchThrowableOfType(SQLException.class, () -> killer.execute("KILL " + number))
                            .getErrorCode())
                    .isEqualTo(1095);
            assertThat(statement.execute("select 1")).isTrue();
        }
    }

    @Test
    void aClientThatLeavesWithdraws() throws Exception {
        Connection connection = gateway.connect("maya");
        Statement statement = connection.createStatement();
        CompletableFuture<Integer> running = update(statement, "left");
        Request request = held("'left'");
        connection.abort(Runnable::run);
        assertThat(failure(running).getSQLState())
                .matches("(08|70).*"); // The driver itself kills first, if it is in time.
        assertThat(Settled.ticket(desk(), request.id())).isInstanceOf(Ticket.Withdrawn.class);
    }
}
