package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.testing.RealMariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement that nobody waits for is sent again once it is approved, and then runs once: as on PostgreSQL. */
final class MySqlTicketedStatementsTest {

    private static final Reviewer LEAD = new Reviewer("lead", Set.of("leads"), false, "test");

    @TempDir
    private static Path folder;

    private static MySqlGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = MySqlGateway.start(RealMariaDb.shared(), folder, TicketedStatementsTest.POLICY);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Approvals desk() {
        return gateway.gateway().approvals();
    }

    private static Request ticket(SQLException refused) {
        assertThat(refused.getErrorCode()).isEqualTo(1644);
        assertThat(refused.getSQLState()).isEqualTo("45000");
        Matcher tail = TicketedStatementsTest.TAIL.matcher(String.valueOf(refused.getMessage()));
        assertThat(tail.matches()).as(refused.getMessage()).isTrue();
        return desk().find(tail.group(1)).orElseThrow().request();
    }

    private static Request refused(Statement statement, String sql) {
        return ticket(catchThrowableOfType(SQLException.class, () -> statement.execute(sql)));
    }

    private static void approve(Request request) {
        assertThat(desk().approve(request.id(), Optional.of(request.code()), LEAD, "fine"))
                .isInstanceOf(Answer.Moved.class);
    }

    private static void end(Request request) {
        assertThat(desk().withdraw(request.id(), new Reviewer("root", Set.of(), true, "")))
                .isInstanceOf(Answer.Moved.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void retriesAreOneRequestAndOneExecution(String serverPrepared) throws Exception {
        String sql = "update orders set status = concat(status, '" + serverPrepared + "') where id = ?";
        Set<String> requests = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            try (Connection connection = gateway.connect("maya", "useServerPrepStmts", serverPrepared);
                    PreparedStatement update = connection.prepareStatement(sql)) {
                update.setInt(1, serverPrepared.length());
                requests.add(ticket(catchThrowableOfType(SQLException.class, update::executeUpdate))
                        .id());
            }
        }
        assertThat(requests).hasSize(1);
        approve(desk().find(requests.iterator().next()).orElseThrow().request());
        try (Connection connection = gateway.connect("maya", "useServerPrepStmts", serverPrepared);
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, serverPrepared.length());
            assertThat(update.executeUpdate()).isEqualTo(1);
            Request next = ticket(catchThrowableOfType(SQLException.class, update::executeUpdate));
            assertThat(requests).doesNotContain(next.id());
            end(next);
        }
    }

    @Test
    void whatIsApprovedIsThatStatementReadThatWay() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            String sql = "update orders set status = 'a' || 'b' where id = 51";
            Request request = refused(statement, sql);
            approve(request);
            statement.execute("set sql_mode = 'PIPES_AS_CONCAT'");
            Request other = refused(statement, sql);
            assertThat(other.id()).isNotEqualTo(request.id());
            end(other);
            end(request);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update orders set status = 'bound' where id = @id",
                "update orders set status = 'bound' where id = @@session.auto_increment_increment",
                "update orders set status = 'bound' where id = last_insert_id()",
                "update orders o join mine m on o.id = m.id set o.status = 'bound'"
            })
    void whatItsSessionAloneKnowsIsNotApprovedForLater(String sql) throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            statement.execute("set @id = 52");
            SQLException failure = catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
            assertThat(failure.getMessage()).doesNotContain("id=req_");
            assertThat(desk().lastPending()).isEmpty();
        }
    }

    private static String state(ResultSet row) throws SQLException {
        row.next();
        return row.getString("id")
                + ' '
                + row.getString("state")
                + ' '
                + row.getString("decided_by")
                + ' '
                + row.getString("comment")
                + ' '
                + row.getString("retry_after_s")
                + ' '
                + row.getString("url");
    }

    private static CompletableFuture<String> asking(Statement statement, String question) {
        return CompletableFuture.supplyAsync(() -> {
            try (ResultSet row = statement.executeQuery(question)) {
                return state(row);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void theClientMayAskHowItsRequestStandsAndWaitForIt(String serverPrepared) throws Exception {
        try (Connection connection = gateway.connect("maya", "useServerPrepStmts", serverPrepared);
                Statement statement = connection.createStatement()) {
            Request request = refused(statement, "update orders set status = 'asked' where id = 53");
            String id = request.id();
            String status = "call gatehouse.status('" + id + "')";
            assertThat(state(statement.executeQuery(status))).isEqualTo(id + " pending null null 60 null");
            assertThat(asking(statement, "call gatehouse.wait('" + id + "', 1)").get(20, TimeUnit.SECONDS))
                    .startsWith(id + " pending");
            CompletableFuture<String> waiting = asking(statement, "CALL gatehouse.wait('" + id + "', 40);");
            Thread.sleep(100);
            approve(request);
            assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo(id + " approved lead fine 0 null");
            end(request);
        }
    }

    @Test
    void theQuestionIsNotPreparedAsItsAnswerChanges() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            SQLException failure = catchThrowableOfType(
                    SQLException.class,
                    () -> statement.execute("prepare s from 'call gatehouse.status(''req_0000'')'"));
            assertThat(failure.getErrorCode()).isPositive();
            assertThat(statement.execute("select 1")).isTrue();
        }
    }
}
