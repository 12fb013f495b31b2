package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

/** A statement that nobody waits for is sent again once it is approved, and then runs once. */
final class TicketedStatementsTest {

    /** What every client may rely on. */
    static final Pattern TAIL = Pattern.compile(
            ".*\\[gatehouse:pending id=(req_\\w+) rule=updates-reviewed retry_after=60 expires=\\S+Z"
                    + " code=([0-9a-f]{4}-[0-9a-f]{4})\\].*",
            Pattern.DOTALL);

    static final String POLICY = TestGateway.POLICY
            .replace("mode: hold", "mode: ticket")
            .replace(
                    "hold: { interactive: 20s, other: 20s, then: reject, in_transaction: if_clean }",
                    "hold: { in_transaction: refuse }\n    max_pending_per_identity: 4");

    private static final Reviewer LEAD = new Reviewer("lead", Set.of("leads"), false, "test");

    @TempDir
    private static Path folder;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.ruledBy(POLICY, folder, TestGateway.shop());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Approvals desk() {
        return gateway.gateway().approvals();
    }

    private static Request ticket(Throwable refused) {
        assertThat(refused).isInstanceOf(PSQLException.class);
        assertThat(((PSQLException) refused).getSQLState()).isEqualTo("55000");
        Matcher tail = TAIL.matcher(String.valueOf(refused.getMessage()));
        assertThat(tail.matches()).as(refused.getMessage()).isTrue();
        Request request = desk().find(tail.group(1)).orElseThrow().request();
        assertThat(request.code()).isEqualTo(tail.group(2));
        return request;
    }

    private static Request refused(PreparedStatement statement) {
        return ticket(catchThrowableOfType(SQLException.class, statement::execute));
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

    private static int updates(String status) throws SQLException {
        try (Connection connection = gateway.direct();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select count(*) from orders where status = '" + status + "'")) {
            row.next();
            return row.getInt(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void fiftyRetriesAreOneRequestAndOneExecution(String mode) throws Exception {
        String sql = "update orders set status = status || '" + mode + "' where id = ?";
        Set<String> requests = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            try (Connection connection = gateway.connect("maya", "preferQueryMode", mode);
                    PreparedStatement update = connection.prepareStatement(sql)) {
                update.setInt(1, 50);
                requests.add(refused(update).id());
            }
        }
        assertThat(requests).hasSize(1);
        Request request = desk().find(requests.iterator().next()).orElseThrow().request();
        approve(request);
        try (Connection connection = gateway.connect("maya", "preferQueryMode", mode);
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, 50);
            assertThat(update.executeUpdate()).isEqualTo(1);
            Request next = refused(update);
            assertThat(next.id()).isNotEqualTo(request.id());
            end(next);
        }
        assertThat(desk().find(request.id()).orElseThrow()).isInstanceOf(Ticket.Used.class);
        try (Connection connection = gateway.direct();
                ResultSet row = connection.createStatement().executeQuery("select status from orders where id = 50")) {
            row.next();
            assertThat(row.getString(1).split(mode, -1)).hasSize(2);
        }
    }

    @Test
    void whatIsApprovedIsThatStatementAndNoOther() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement();
                PreparedStatement update =
                        connection.prepareStatement("update orders set status = 'exact' where id = ?")) {
            update.setInt(1, 60);
            Request request = refused(update);
            approve(request);

            update.setInt(1, 61);
            Request other = refused(update);
            assertThat(other.id()).as("another value").isNotEqualTo(request.id());
            end(other);

            statement.execute("set search_path = public, pg_catalog");
            update.setInt(1, 60);
            Request elsewhere = refused(update);
            assertThat(elsewhere.id()).as("another search path").isNotEqualTo(request.id());
            end(elsewhere);

            statement.execute("reset search_path");
            Request spaced = refused(statement, "update orders set status = 'exact'  where id = 60");
            assertThat(spaced.id()).as("one space more").isNotEqualTo(request.id());
            end(spaced);

            assertThat(updates("exact")).isZero();
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
        assertThat(updates("exact")).isEqualTo(1);
    }

    @Test
    void theSameBytesInAnotherEncodingAreAnotherValue() throws Exception {
        String sql = "update orders set status = ? where id = 62";
        try (Connection utf8 = gateway.connect("maya");
                Connection latin1 = gateway.connect("maya", "allowEncodingChanges", "true");
                PreparedStatement seen = utf8.prepareStatement(sql)) {
            seen.setString(1, "\u00e9");
            Request request = refused(seen);
            approve(request);
            latin1.createStatement().execute("set client_encoding = latin1");
            try (PreparedStatement unseen = latin1.prepareStatement(sql)) {
                unseen.setString(1, "\u00e9"); // The driver goes on in UTF-8.
                Request other = refused(unseen);
                assertThat(other.id()).isNotEqualTo(request.id());
                assertThat(other.parameters().get(0).text()).isEqualTo("\\xc3a9");
                end(other);
            }
            end(request);
        }
    }

    @Test
    void whatIsRejectedSaysSoAgainWithTheComment() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            String sql = "update orders set status = 'no' where id = 70";
            Request request = refused(statement, sql);
            desk().reject(request.id(), Optional.empty(), LEAD, "use the batch job");
            SQLException failure = catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
            assertThat(failure.getSQLState()).isEqualTo("42501");
            assertThat(failure.getMessage()).contains("rejected by lead").contains("use the batch job");
        }
        assertThat(updates("no")).isZero();
    }

    @Test
    void anApprovedStatementRunsInsideATransactionAndARefusedOneAbortsIt() throws Exception {
        String sql = "update orders set status = 'inside' where id = 80";
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            Request request = refused(statement, sql);
            approve(request);
            connection.setAutoCommit(false);
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
            SQLException again = catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
            assertThat(again.getSQLState()).isEqualTo("55000");
            assertThat(again.getMessage()).contains("Put the statement first, or COMMIT before it");
            assertThat(catchThrowableOfType(SQLException.class, () -> statement.execute("select 1"))
                            .getSQLState())
                    .isEqualTo("25P02");
            connection.rollback();
        }
        assertThat(updates("inside")).isZero();
    }

    @Test
    void whatItsSessionAloneKnowsIsNotApprovedForLater() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            String sql = "update orders set status = 'bound' where id = current_setting('my.id')::int";
            SQLException failure = catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
            assertThat(failure.getMessage())
                    .contains("[gatehouse:pending id=dec_")
                    .contains("only its session knows");
            assertThat(statement.execute("select 1")).isTrue();
        }
    }

    @Test
    void oneIdentityAsksForOnlySoMuchAtOnce() throws Exception {
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            Set<Request> open = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                open.add(refused(statement, "update orders set status = 'many' where id = " + (90 + i)));
            }
            SQLException failure = catchThrowableOfType(
                    SQLException.class, () -> statement.execute("update orders set status = 'many' where id = 99"));
            assertThat(failure.getSQLState()).isEqualTo("54000");
            assertThat(failure.getMessage()).contains("[gatehouse:limit id=req_");
            open.forEach(TicketedStatementsTest::end);
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
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
    void theClientMayAskHowItsRequestStandsAsOftenAsItLikes(String mode) throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", mode, "prepareThreshold", "1");
                Statement statement = connection.createStatement()) {
            String sql = "update orders set status = '" + mode + "' where id = 71";
            Request request = refused(statement, sql);
            String id = request.id();
            try (PreparedStatement status = connection.prepareStatement("call gatehouse.status('" + id + "')")) {
                for (int i = 0; i < 3; i++) {
                    assertThat(state(status.executeQuery())).isEqualTo(id + " pending null null 60 null");
                }
                approve(request);
                assertThat(state(status.executeQuery())).isEqualTo(id + " approved lead fine 0 null");
                assertThat(statement.executeUpdate(sql)).isEqualTo(1);
                assertThat(state(status.executeQuery())).isEqualTo(id + " used lead fine null null");
            }
            assertThat(state(statement.executeQuery("CALL gatehouse . status ( 'req_NONE' ) ;")))
                    .isEqualTo("req_NONE unknown null null null null");
        }
    }

    @Test
    void nobodyIsToldOfSomebodyElsesRequest() throws Exception {
        try (Connection maya = gateway.connect("maya");
                Connection erik = gateway.connect("erik")) {
            Request request = refused(maya.createStatement(), "update orders set status = 'mine' where id = 72");
            assertThat(state(erik.createStatement().executeQuery("call gatehouse.status('" + request.id() + "')")))
                    .isEqualTo(request.id() + " unknown null null null null");
            end(request);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void aWaitEndsWithTheDecisionOrTheCancelOrTheTime(String mode) throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", mode, "socketTimeout", "3");
                Statement statement = connection.createStatement()) {
            Request request = refused(statement, "update orders set status = '" + mode + "' where id = 73");
            String wait = "call gatehouse.wait('" + request.id() + "', 40)";
            assertThat(asking(statement, "call gatehouse.wait('" + request.id() + "', 1)")
                            .get(20, TimeUnit.SECONDS))
                    .startsWith(request.id() + " pending");

            CompletableFuture<String> cancelled = asking(statement, wait);
            Thread.sleep(4000); // Longer than the driver waits for a server that is silent.
            assertThat(cancelled).isNotDone();
            statement.cancel();
            assertThat(cancelled.get(20, TimeUnit.SECONDS)).startsWith(request.id() + " pending");

            CompletableFuture<String> decided = asking(statement, wait);
            Thread.sleep(100);
            approve(request);
            assertThat(decided.get(20, TimeUnit.SECONDS)).isEqualTo(request.id() + " approved lead fine 0 null");
            end(request);
        }
    }

    @Test
    void aViewThatMeansAnotherTableByNowIsAskedForAnew() throws Exception {
        String sql = "update current_things set status = 'viewed' where id = 74";
        try (Connection maya = gateway.connect("maya");
                Connection erik = gateway.connect("erik");
                Statement ddl = erik.createStatement()) {
            ddl.execute("create view current_things as select id, status from orders");
            Request request = refused(maya.createStatement(), sql);
            approve(request);
            ddl.execute("drop view current_things");
            ddl.execute("create view current_things as select id, name as status from customers");
            Request other = refused(maya.createStatement(), sql);
            assertThat(other.id()).isNotEqualTo(request.id());
            end(other);
            end(request);
        }
    }
}
