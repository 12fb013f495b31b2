package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.testing.RealMariaDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people may do for a while, because others said so, over both protocols. */
final class GrantsTest {

    static final String POLICY = TestGateway.POLICY + """
            grants:
              - id: load
                request_by: { roles: [analyst] }
                gives: { target: { upstreams: [shop] }, statement: { kinds: [insert, update] }, overrides: [updates-reviewed] }
                max_duration: 2h
                max_uses: 3
                approval: review
                reason: { required: true, pattern: "^(CHG|INC)-[0-9]+" }
              - id: open-end
                request_by: { roles: [analyst] }
                gives: { statement: { kinds: [delete] } }
                max_duration: 1h
                approval: review
            """;

    private static final Reviewer LEAD = new Reviewer("lead", Set.of("leads"), false, "test");
    private static final Reviewer MAYA = new Reviewer("maya", Set.of("leads"), false, "test");
    private static final Reviewer ERIK = new Reviewer("erik", Set.of("engineers"), false, "test");
    private static final String UPDATE = "update orders set status = 'granted' where id = 31";

    @TempDir
    private static Path folder;

    private static TestGateway postgres;
    private static MySqlGateway mysql;

    @BeforeAll
    static void start() throws Exception {
        postgres = TestGateway.ruledBy(POLICY, folder.resolve("postgres"), TestGateway.shop());
        mysql = MySqlGateway.start(RealMariaDb.shared(), Files.createDirectories(folder.resolve("mysql")), POLICY);
    }

    @AfterAll
    static void stop() {
        postgres.close();
        mysql.close();
    }

    private static Approvals desk() {
        return postgres.gateway().approvals();
    }

    /** Asks for a grant; answers its request's id. */
    private static String ask(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString("state")).isEqualTo("pending");
            return row.getString("id");
        }
    }

    private static String declined(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString("state")).isEqualTo("declined");
            return row.getString("comment");
        }
    }

    private static void approve(Approvals desk, String id) {
        assertThat(desk.approve(id, Optional.empty(), LEAD, "for today"))
                .isInstanceOfSatisfying(Answer.Moved.class, moved -> assertThat(moved.ticket())
                        .isInstanceOfSatisfying(Ticket.Used.class, used -> assertThat(used.isGrant())
                                .isTrue()));
    }

    private static String refusal(Statement statement, String sql) {
        return String.valueOf(catchThrowableOfType(SQLException.class, () -> statement.executeUpdate(sql))
                .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared"})
    void aGrantLetsRunWhatItGivesAsOftenAsItSays(String mode) throws Exception {
        try (Connection connection = postgres.connect("maya", "preferQueryMode", mode);
                Statement statement = connection.createStatement();
                Connection other = postgres.connect("maya");
                PreparedStatement insert =
                        other.prepareStatement("insert into orders (id, status) values (?, 'new')")) {
            String id = ask(statement, "REQUEST GRANT load FOR '1h' REASON 'CHG-118 " + mode + "'");
            assertThat(ask(statement, "request grant load for '60min' reason 'CHG-118 " + mode + "';"))
                    .isEqualTo(id);
            assertThat(refusal(other.createStatement(), "insert into orders (id) values (1)"))
                    .contains("gatehouse:blocked");
            assertThat(desk().approve(id, Optional.empty(), MAYA, "mine"))
                    .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Answer.Reason.NOT_PERMITTED));
            approve(desk(), id);

            assertThat(statement.executeUpdate(UPDATE)).isEqualTo(1);
            int order = 10_000 + mode.length();
            insert.setInt(1, order);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            assertThat(statement.executeUpdate("update orders set status = 'third' where id = " + order))
                    .isEqualTo(1);
            insert.setInt(1, order + 10_000);
            SQLException over = catchThrowableOfType(SQLException.class, insert::executeUpdate);
            assertThat(over.getSQLState()).isEqualTo("42501");
            // What the grant does not give stays as it is, and so does what a block says.
            assertThat(refusal(statement, "delete from orders where id = 1")).contains("gatehouse:blocked");
        }
    }

    @Test
    void whatIsRevokedIsSoForTheNextStatement() throws Exception {
        try (Connection connection = postgres.connect("maya");
                Statement statement = connection.createStatement()) {
            String id = ask(statement, "REQUEST GRANT open-end FOR '30min'");
            approve(desk(), id);
            assertThat(statement.executeUpdate("delete from orders where id = 2901"))
                    .isEqualTo(1);
            assertThat(desk().withdraw(id, ERIK)).isInstanceOf(Answer.Refused.class);
            assertThat(statement.executeUpdate("delete from orders where id = 2902"))
                    .isEqualTo(1);

            assertThat(desk().withdraw(id, LEAD)).isInstanceOf(Answer.Moved.class);

            assertThat(refusal(statement, "delete from orders where id = 2903")).contains("gatehouse:blocked");
            assertThat(desk().withdraw(id, LEAD)).isInstanceOf(Answer.Refused.class);
            assertThat(desk().find(id).orElseThrow())
                    .isInstanceOfSatisfying(Ticket.Used.class, used -> assertThat(used.result())
                            .contains("granted, and revoked by lead"));
            try (ResultSet left = connection
                    .createStatement()
                    .executeQuery("select count(*) from orders where id between 2901 and 2903")) {
                left.next();
                assertThat(left.getInt(1)).isEqualTo(1);
            }
        }
    }

    @Test
    void aGrantEndsByItself() throws Exception {
        try (Connection connection = postgres.connect("maya");
                Statement statement = connection.createStatement()) {
            String id = ask(statement, "REQUEST GRANT open-end FOR '2s' REASON 'briefly'");
            approve(desk(), id);
            String refused = "";
            for (int i = 0; i < 1000 && refused.isEmpty(); i++) {
                SQLException thrown = catchThrowableOfType(
                        SQLException.class, () -> statement.executeUpdate("delete from orders where id = 0"));
                refused = thrown == null ? "" : String.valueOf(thrown.getMessage());
                Thread.sleep(10);
            }
            assertThat(refused).contains("gatehouse:blocked");
        }
    }

    /** Nobody is asked for what no grant gives, nor for more than it does. */
    @Test
    void whatCannotBeGrantedIsSaidAtOnce() throws Exception {
        try (Connection connection = postgres.connect("maya");
                Statement statement = connection.createStatement();
                Connection erik = postgres.connect("erik")) {
            assertThat(declined(statement, "REQUEST GRANT loud FOR '1h'")).contains("there is no grant loud");
            assertThat(declined(statement, "REQUEST GRANT load FOR '3h' REASON 'CHG-1'"))
                    .contains("up to 7200s");
            assertThat(declined(statement, "REQUEST GRANT load FOR 'ever' REASON 'CHG-1'"))
                    .contains("up to 7200s");
            assertThat(declined(statement, "REQUEST GRANT load FOR '1h'")).contains("wants a reason");
            assertThat(declined(statement, "REQUEST GRANT load FOR '1h' REASON 'please'"))
                    .contains("does not look like");
            assertThat(declined(erik.createStatement(), "REQUEST GRANT load FOR '1h' REASON 'CHG-1'"))
                    .contains("there is no grant load");
        }
    }

    /** To prepare the wish is not to make it. */
    @Test
    void nothingIsAskedForByWhatIsOnlyPrepared() throws Exception {
        try (Connection connection = postgres.connect("maya");
                PreparedStatement wish = connection.prepareStatement("REQUEST GRANT open-end FOR '7min'")) {
            assertThat(wish.getMetaData().getColumnCount()).isEqualTo(6);
            assertThat(desk().tickets())
                    .noneMatch(ticket -> ticket.request().sql().contains("'420s'"));
        }
    }

    @Test
    void theSameHoldsOverMySql() throws Exception {
        Approvals desk = mysql.gateway().approvals();
        try (Connection connection = mysql.connect("maya");
                Statement statement = connection.createStatement()) {
            String id = ask(statement, "REQUEST GRANT load FOR '1h' REASON 'CHG-118'");
            approve(desk, id);
            assertThat(statement.executeUpdate(UPDATE)).isEqualTo(1);
            assertThat(desk.withdraw(id, MAYA)).isInstanceOf(Answer.Moved.class);
            assertThat(refusal(statement, "insert into orders (id) values (99)"))
                    .contains("gatehouse:blocked");
        }
    }
}
