package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.journal.JournalReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements that SQL prepares and executes by name: each EXECUTE is the statement that was prepared. */
final class MySqlNamedStatementsTest {

    /** Where the script executes a name that a PREPARE with a mistake in it was to change. */
    private static final int BEHIND_REFUSED = 10;

    @TempDir
    private static Path folder;

    private static final Map<MySqlProductUnderTest, MySqlGateway> GATEWAYS = new EnumMap<>(MySqlProductUnderTest.class);

    private static synchronized MySqlGateway gateway(MySqlProductUnderTest product) throws Exception {
        MySqlGateway started = GATEWAYS.get(product);
        if (started == null) {
            started = MySqlGateway.start(product.server(), folder.resolve(product.name()));
            GATEWAYS.put(product, started);
        }
        return started;
    }

    @AfterAll
    static void stop() {
        GATEWAYS.values().forEach(MySqlGateway::close);
    }

    /** The first column of a result, or the number of an error. */
    private static String run(Statement statement, String sql) throws SQLException {
        try {
            boolean rows = statement.execute(sql);
            return rows
                    ? statement.getResultSet().next() ? statement.getResultSet().getString(1) : "none"
                    : "done";
        } catch (SQLException e) {
            return "error " + e.getErrorCode();
        }
    }

    private static List<String> run(Connection connection, String... script) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String sql : script) {
                answers.add(run(statement, sql));
            }
        }
        return answers;
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void whatIsPreparedRunsAsOnTheServer(MySqlProductUnderTest product, @TempDir Path own) throws Exception {
        String[] script = {
            "prepare s from 'select name from customers where id = ?'",
            "set @a = 1",
            "execute s using @a",
            "set @a = 2",
            "execute S using @a",
            "execute s",
            "prepare `T` from 'update orders set status = ''named'' where id = 3'",
            "execute t",
            "select status from orders where id = 3",
            "prepare s from 'select from'",
            "execute s using @a",
            "prepare s from 'select 5'",
            "execute s",
            "drop prepare s",
            "execute s",
            "deallocate prepare s",
            "deallocate prepare t",
            "prepare n from 'prepare m from ''select 1'''",
        };
        List<String> direct;
        try (Connection connection = gateway(product).direct()) {
            direct = run(connection, script);
        }
        assertThat(direct).contains("Name 1", "Name 2", "named", "5");
        try (MySqlGateway allowing = MySqlGateway.start(product.server(), own, TestGateway.EVERYTHING);
                Connection connection = allowing.connect("erik")) {
            assertThat(run(connection, script)).isEqualTo(direct);
        }
        try (Connection connection = gateway(product).connect("erik")) {
            List<String> through = run(connection, script);
            // What has no meaning is refused where policy wants to know it; a refused PREPARE changes nothing.
            direct.replaceAll(answer -> answer.matches("error (1064|1243)") ? "error 1227" : answer);
            through.replaceAll(answer -> answer.equals("error 1243") ? "error 1227" : answer);
            assertThat(through.remove(BEHIND_REFUSED)).isEqualTo("Name 2");
            direct.remove(BEHIND_REFUSED);
            assertThat(through).isEqualTo(direct);
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void itsRowsAreMasked(MySqlProductUnderTest product) throws Exception {
        try (Connection connection = gateway(product).connect("maya", "allowMultiQueries", "true")) {
            assertThat(run(
                            connection,
                            "prepare s from 'select email, id from customers where id = ?'",
                            "set @a = 1",
                            "execute s using @a",
                            "create temporary table unrelated (a int)"))
                    .satisfies(answers ->
                            assertThat(answers.get(2)).endsWith("@acme.test").doesNotContain("user1"));
            assertThat(run(connection, "prepare s from 'select mail from contacts'; execute s"))
                    .first()
                    .isEqualTo("done");
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void itIsRuledOnAsTheStatementItIs(MySqlProductUnderTest product) throws Exception {
        try (Connection connection = gateway(product).connect("maya");
                Statement statement = connection.createStatement()) {
            assertThat(run(statement, "prepare s from 'delete from orders where id = 1'"))
                    .isEqualTo("error 1227");
            assertThat(run(statement, "execute s")).isEqualTo("error 1227");
        }
        try (Connection connection = gateway(product).connect("erik");
                Statement statement = connection.createStatement()) {
            assertThat(run(statement, "prepare s from 'select 77'")).isEqualTo("done");
            assertThat(run(statement, "execute s")).isEqualTo("77");
        }
        List<String> asked = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(gateway(product).journal())) {
            for (Iterator<Event.Entry> entries = reader.entries(); entries.hasNext(); ) {
                if (entries.next().event() instanceof Event.Asked statement) {
                    asked.add(statement.sql());
                }
            }
        }
        assertThat(asked).contains("execute s\n-- prepared as s:\nprepare s from 'select 77'");
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void aTextThatIsNotKnownIsRefusedAndSaysWhy(MySqlProductUnderTest product) throws Exception {
        try (Connection connection = gateway(product).connect("erik");
                Statement statement = connection.createStatement()) {
            assertThat(run(connection, "prepare s from 'select 1'", "set @text = 'delete from orders'"))
                    .containsExactly("done", "done");
            run(statement, "prepare S from @text");
            SQLException refused = catchThrowableOfType(SQLException.class, () -> statement.execute("execute s"));
            assertThat(refused.getErrorCode()).isEqualTo(1227);
            assertThat(refused.getMessage()).contains("[gatehouse:blocked");
        }
    }

    /** Names may have been given another meaning behind the gateway's back. */
    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void nothingIsTakenForKnownBehindWhatMayHavePrepared(MySqlProductUnderTest product) throws Exception {
        try (Connection direct = gateway(product).direct();
                Statement statement = direct.createStatement()) {
            statement.execute("drop procedure if exists renames");
            statement.execute("create procedure renames() begin prepare s from 'select email from customers'; end");
        }
        try (Connection connection = gateway(product).connect("erik", "allowMultiQueries", "true")) {
            assertThat(run(connection, "prepare s from 'select 1'", "execute s", "call renames()", "execute s"))
                    .containsExactly("done", "1", "done", "error 1227");
            assertThat(run(connection, "prepare é from 'select 1'", "execute é"))
                    .containsExactly("done", "error 1227");
            assertThat(run(connection, "prepare e from 'select 1'", "prepare é from 'select 2'", "execute e"))
                    .last()
                    .isEqualTo("error 1227");
            assertThat(run(
                            connection,
                            "prepare s from 'select 1'",
                            "call renames(); select 3; execute s",
                            "prepare q from 'select \"a\"'",
                            "set sql_mode = 'ANSI_QUOTES'",
                            "execute q"))
                    .last()
                    .isEqualTo("error 1227");
        }
        try (Connection connection = gateway(product).connect("maya", "allowMultiQueries", "true");
                Statement statement = connection.createStatement()) {
            run(statement, "prepare s from 'select 1 as email'");
            SQLException refused =
                    catchThrowableOfType(SQLException.class, () -> statement.execute("call renames(); execute s"));
            assertThat(refused.getErrorCode()).isEqualTo(1227);
        }
    }

    @ParameterizedTest
    @EnumSource(value = MySqlProductUnderTest.class, names = "MARIADB")
    void aSettingForOneStatementTakesNoPartInIt(MySqlProductUnderTest product) throws Exception {
        try (Connection connection = gateway(product).connect("maya")) {
            assertThat(run(
                            connection,
                            "prepare s from 'select upper(\"email\") from customers where id = 1'",
                            "set statement sql_mode = 'ANSI_QUOTES' for execute s",
                            "set statement sql_mode = 'ANSI_QUOTES' for prepare s from 'select upper(\"email\") from customers where id = 1'",
                            "execute s"))
                    .doesNotContain("USER1@ACME.TEST");
        }
    }

    @ParameterizedTest
    @EnumSource(value = MySqlProductUnderTest.class, names = "MARIADB")
    void whatIsExecutedAtOnceIsMaskedWhereItMayRun(MySqlProductUnderTest product, @TempDir Path own) throws Exception {
        String policy = TestGateway.POLICY.replace("classes: [read, session]", "classes: [read, session, unknown]");
        try (MySqlGateway lax = MySqlGateway.start(product.server(), own, policy);
                Connection connection = lax.connect("maya")) {
            List<String> answers = run(
                    connection,
                    "execute immediate 'select email from customers where id = ?' using 1",
                    "execute immediate 'delete from orders where id = 4'",
                    "execute immediate concat('select email from customers where id = ', 1)");
            assertThat(answers.get(0)).endsWith("@acme.test").doesNotContain("user1");
            assertThat(answers.subList(1, 3)).isEqualTo(List.of("error 1227", "error 1227"));
        }
    }
}
