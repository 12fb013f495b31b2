package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.gateway.settings.Loaded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

/** A statement that needs approval waits in the client that sent it, and runs exactly as approved, or not at all. */
final class HeldStatementsTest {

    private static final Reviewer LEAD = new Reviewer("lead", Set.of("leads"), false, "test");
    private static final Reviewer REQUESTER = new Reviewer("maya", Set.of("leads"), true, "test");

    @TempDir
    private static Path folder;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(folder);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Approvals desk() {
        return gateway.gateway().approvals();
    }

    /** Waits until a statement that contains the text is held. */
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

    private static String status(int order) throws SQLException {
        try (Connection connection = gateway.connect("erik");
                ResultSet row =
                        connection.createStatement().executeQuery("select status from orders where id = " + order)) {
            row.next();
            return row.getString(1);
        }
    }

    /** An agent names its task and its prompt as it connects; a comment names them for one statement. */
    @Test
    void reviewersSeeTheReasonThatTheSessionGave() throws Exception {
        String options = "-c gatehouse.reason=task\\ 7,\\ prompt\\ 42";
        for (String comment : new String[] {"", "/* reason: CHG-118 */ "}) {
            try (Connection connection = gateway.connect("maya", "options", options)) {
                CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(comment + "update orders set status = 'reasoned' where id = 21");
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
                Request request = held("'reasoned'");
                assertThat(request.reason()).isEqualTo(comment.isEmpty() ? "task 7, prompt 42" : "CHG-118");
                assertThat(desk().approve(request.id(), Optional.of(request.code()), LEAD, "fine"))
                        .isInstanceOf(Answer.Moved.class);
                running.get(10, TimeUnit.SECONDS);
            }
        }
    }

    /** The same reason stands in the journal; what the session sets counts for all its statements from then on. */
    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared"})
    void aSessionSetsItsReasonAndReadsItBack(String mode) throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", mode);
                Statement statement = connection.createStatement()) {
            statement.execute("SET gatehouse.reason = 'CHG-119, it''s due'");
            assertThat(told(statement, "reason")).isEqualTo("CHG-119, it's due");
            assertThat(told(statement, "identity")).isEqualTo("maya, human, groups analysts, roles analyst");
            assertThat(told(statement, "version")).startsWith("test, gatehouse ");
            assertThat(told(statement, "last_decision")).startsWith("dec_");
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
                try {
                    statement.execute("update orders set status = 'set-" + mode + "' where id = 22");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Request request = held("'set-" + mode);
            assertThat(request.reason()).isEqualTo("CHG-119, it's due");
            assertThat(desk().approve(request.id(), Optional.of(request.code()), LEAD, "fine"))
                    .isInstanceOf(Answer.Moved.class);
            running.get(10, TimeUnit.SECONDS);
            statement.execute("DISCARD ALL");
            assertThat(told(statement, "reason")).isEmpty();
        }
    }

    private static String told(Statement statement, String name) throws SQLException {
        try (ResultSet row = statement.executeQuery("SHOW gatehouse." + name)) {
            assertThat(row.getMetaData().getColumnLabel(1)).isEqualTo("gatehouse." + name);
            row.next();
            return row.getString(1);
        }
    }

    /** Whoever would not wait is told so at once; what is no time is refused rather than passed over. */
    @Test
    void aSessionSaysHowLongItWouldWait() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            statement.execute("SET gatehouse.hold = '0s'");
            assertThat(told(statement, "hold")).isEqualTo("0s");
            PSQLException refused = catchThrowableOfType(
                    PSQLException.class, () -> statement.execute("update orders set status = 'no-wait' where id = 23"));
            assertThat(refused.getMessage()).contains("approval needed");
            PSQLException mistaken = catchThrowableOfType(
                    PSQLException.class, () -> statement.execute("SET gatehouse.hold = 'a while'"));
            assertThat(mistaken.getMessage()).contains("gatehouse.hold that is no time");
            assertThat(told(statement, "hold")).isEqualTo("0s");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared"})
    void whatIsApprovedRunsAndTheClientIsToldMeanwhile(String mode) throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", mode);
                PreparedStatement update =
                        connection.prepareStatement("update orders set status = 'approved' where id = ?")) {
            update.setInt(1, 10);
            CompletableFuture<Integer> running = CompletableFuture.supplyAsync(() -> {
                try {
                    return update.executeUpdate();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Request request = held("'approved'");
            assertThat(running).isNotDone();
            assertThat(request.session().subject().name()).isEqualTo("maya");
            if (!mode.equals("simple")) {
                assertThat(request.parameters()).hasSize(1);
                assertThat(request.parameters().get(0).text()).isEqualTo("10");
            }
            assertThat(desk().approve(request.id(), Optional.of(request.code()), LEAD, "fine"))
                    .isInstanceOf(Answer.Moved.class);
            assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo(1);
            SQLWarning warning = update.getWarnings();
            assertThat(warning.getMessage()).contains(request.id()).contains(request.code());
        }
        assertThat(status(10)).isEqualTo("approved");
    }

    private static PSQLException failure(CompletableFuture<?> running) {
        ExecutionException thrown =
                catchThrowableOfType(ExecutionException.class, () -> running.get(30, TimeUnit.SECONDS));
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException failure) {
                return failure;
            }
        }
        throw new AssertionError("not an error of the server's", thrown);
    }

    private static CompletableFuture<Void> execute(Statement statement, String sql) {
        return CompletableFuture.runAsync(() -> {
            try {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void whatIsRejectedDoesNotRunAndSaysWho() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Void> running = execute(statement, "update orders set status = 'rejected' where id = 11");
            Request request = held("'rejected'");
            assertThat(desk().reject(request.id(), Optional.empty(), LEAD, "use the batch job"))
                    .isInstanceOf(Answer.Moved.class);
            PSQLException failure = failure(running);
            assertThat(failure.getSQLState()).isEqualTo("42501");
            assertThat(failure.getMessage()).contains("rejected by lead").contains("use the batch job");
            assertThat(statement.execute("select 1")).isTrue();
        }
        assertThat(status(11)).isEqualTo("new");
    }

    @Test
    void nobodyApprovesTheirOwn() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Void> running = execute(statement, "update orders set status = 'own' where id = 12");
            Request request = held("'own'");
            assertThat(desk().approve(request.id(), Optional.empty(), REQUESTER, ""))
                    .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Answer.Reason.NOT_PERMITTED));
            assertThat(running).isNotDone();
            desk().reject(request.id(), Optional.empty(), LEAD, "no");
            failure(running);
        }
    }

    @Test
    void aCancelWithdrawsItAndTheSessionGoesOn() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Void> running =
                    execute(statement, "update orders set status = 'cancelled' where id = 13");
            Request request = held("'cancelled'");
            statement.cancel();
            assertThat(failure(running).getSQLState()).isEqualTo("57014");
            assertThat(Settled.ticket(desk(), request.id())).isInstanceOf(Ticket.Withdrawn.class);
            assertThat(statement.execute("select 1")).isTrue();
        }
    }

    @Test
    void aClientThatLeavesWithdrawsIt() throws Exception {
        Connection connection = gateway.connect("maya");
        CompletableFuture<Void> running =
                execute(connection.createStatement(), "update orders set status = 'gone' where id = 14");
        Request request = held("'gone'");
        connection.abort(Runnable::run);
        assertThat(Settled.ticket(desk(), request.id())).isInstanceOf(Ticket.Withdrawn.class);
        assertThat(running).failsWithin(10, TimeUnit.SECONDS);
        assertThat(status(14)).isEqualTo("new");
    }

    @Test
    void nothingBehindAHeldStatementOvertakesIt() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            statement.addBatch("update orders set status = 'first' where id = 15");
            statement.addBatch("update orders set status = 'second' where id = 15");
            CompletableFuture<int[]> running = CompletableFuture.supplyAsync(() -> {
                try {
                    return statement.executeBatch();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Request first = held("'first'");
            desk().approve(first.id(), Optional.empty(), LEAD, "");
            // The second meets a transaction that has written: the batch's own, which no longer may wait.
            PSQLException failure = failure(running);
            assertThat(failure.getSQLState()).isIn("42501", "55000");
        }
        assertThat(status(15)).isEqualTo("new");
    }

    @Test
    void aViewThatMeansAnotherTableWhenItIsApprovedIsNotRun() throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", "simple");
                Connection erik = gateway.connect("erik");
                Statement ddl = erik.createStatement();
                Statement statement = connection.createStatement()) {
            ddl.execute("create view waiting_things as select id, status from orders");
            CompletableFuture<Void> running =
                    execute(statement, "update waiting_things set status = 'turned' where id = 16");
            Request request = held("'turned'");
            ddl.execute("drop view waiting_things");
            ddl.execute("create view waiting_things as select id, name as status from customers");
            desk().approve(request.id(), Optional.empty(), LEAD, "");
            assertThat(failure(running).getMessage()).contains("changed while it waited");
            assertThat(statement.execute("select 1")).isTrue();
        }
    }

    @Test
    void whatDependsOnItsSessionIsAnotherRequestInAnotherSession() throws Exception {
        String sql = "update orders set status = current_setting('my.state') where id = 17";
        try (Connection one = gateway.connect("maya");
                Connection two = gateway.connect("maya")) {
            one.createStatement().execute("set my.state = 'seen'");
            two.createStatement().execute("set my.state = 'unseen'");
            CompletableFuture<Void> first = execute(one.createStatement(), sql);
            Request request = held("my.state");
            Statement late = two.createStatement();
            CompletableFuture<Void> second = execute(late, sql);
            Request other = request;
            for (int i = 0; i < 300 && other.id().equals(request.id()); i++) {
                Thread.sleep(10);
                other = held("my.state");
            }
            assertThat(other.id()).isNotEqualTo(request.id());
            late.cancel();
            failure(second);
            desk().approve(request.id(), Optional.empty(), LEAD, "");
            first.get(10, TimeUnit.SECONDS);
        }
        assertThat(status(17)).isEqualTo("seen");
    }

    /** The body of a message: texts, and bytes of zero behind them. */
    private static byte[] body(int zeros, String... texts) {
        return (String.join("\0", texts) + "\0".repeat(1 + zeros)).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void nothingRunsBetweenTheApprovalAndWhatDependsOnItsSession() throws Exception {
        try (RawClient client = new RawClient(gateway.port())) {
            client.startup(0, "user", "maya", "database", "shop").prove(TestGateway.PASSWORD);
            client.query("set my.state = 'seen'").readUntil('Z');
            client.message('P', body(2, "u", "update orders set status = current_setting('my.state') where id = 18"));
            client.message('B', body(6, "p", "u"));
            client.message('H', new byte[0]);
            Request request = held("id = 18");
            desk().approve(request.id(), Optional.empty(), LEAD, "");
            client.readUntil('2');
            client.message('P', body(2, "s", "set my.state = 'unseen'"));
            client.message('B', body(6, "q", "s"));
            client.message('E', body(4, "q"));
            client.message('E', body(4, "p"));
            client.message('S', new byte[0]);
            assertThat(client.readUntil('Z'))
                    .anySatisfy(message -> assertThat(message.text()).contains("behind another"));
        }
        assertThat(status(18)).isEqualTo("new");
    }

    @Test
    void itDoesNotWaitInATransactionThatHasWritten() throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", "simple");
                Statement statement = connection.createStatement()) {
            statement.execute("begin");
            CompletableFuture<Void> running = execute(statement, "update orders set status = 'one' where id = 16");
            Request request = held("'one'");
            desk().approve(request.id(), Optional.empty(), LEAD, "");
            running.get(10, TimeUnit.SECONDS);
            SQLException refused = catchThrowableOfType(
                    SQLException.class, () -> statement.execute("update orders set status = 'two' where id = 17"));
            assertThat(refused.getSQLState()).isEqualTo("55000");
            statement.execute("rollback");
        }
        assertThat(status(16)).isEqualTo("new");
    }

    @Test
    void aDriverWithAShortReadTimeoutOutlastsAHold() throws Exception {
        try (Connection connection = gateway.connect("maya", "socketTimeout", "3");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Void> running = execute(statement, "update orders set status = 'slow' where id = 18");
            Request request = held("'slow'");
            Thread.sleep(5_000);
            desk().approve(request.id(), Optional.empty(), LEAD, "");
            running.get(10, TimeUnit.SECONDS);
        }
        assertThat(status(18)).isEqualTo("slow");
    }

    /** Outside of a transaction the server hears something every 2 s. */
    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void aStatementWaitsForAPersonLongerThanTheServerForACommand(String mode) throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", mode);
                Statement statement = connection.createStatement()) {
            statement.execute("set idle_session_timeout = '5s'");
            CompletableFuture<Integer> running = CompletableFuture.supplyAsync(() -> {
                try {
                    return statement.executeUpdate("update orders set status = 'patient' where id = 21");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Request request = held("'patient'");
            Thread.sleep(8_000);
            assertThat(desk().approve(request.id(), Optional.of(request.code()), LEAD, ""))
                    .isInstanceOf(Answer.Moved.class);
            assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        }
        assertThat(status(21)).isEqualTo("patient");
    }

    @Test
    void whatNobodyDecidesExpiresAndTheSessionGoesOn(@TempDir Path other) throws Exception {
        Path config = TestGateway.write(other, gateway.database(), "127.0.0.1:0");
        Path policy = other.resolve("policy.d/test.yaml");
        Files.writeString(policy, Files.readString(policy).replace("20s", "1s"));
        try (Gateway impatient = Gateway.start(
                        Loaded.load(config, false, Map.of()).configuration().orElseThrow());
                Connection connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:"
                        + impatient.postgres().orElseThrow().getPort() + "/shop?user=maya&password="
                        + TestGateway.PASSWORD);
                Statement statement = connection.createStatement()) {
            SQLException expired = catchThrowableOfType(
                    SQLException.class, () -> statement.execute("update orders set status = 'late' where id = 19"));
            assertThat(expired.getSQLState()).isEqualTo("55000");
            assertThat(expired.getMessage()).contains("[gatehouse:expired id=req_");
            assertThat(statement.execute("select 1")).isTrue();
        }
        assertThat(status(19)).isEqualTo("new");
    }
}
