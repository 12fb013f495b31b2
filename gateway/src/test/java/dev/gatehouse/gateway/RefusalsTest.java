package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.testing.RealPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A refusal is a native error that the session survives, and that leaves a transaction as the server's own would. */
final class RefusalsTest {

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

    private static ServerErrorMessage refusal(Connection connection, String sql) {
        PSQLException thrown = catchThrowableOfType(
                PSQLException.class, () -> connection.createStatement().execute(sql));
        return thrown.getServerErrorMessage();
    }

    @ParameterizedTest
    @CsvSource({"simple", "extended"})
    void aBlockedStatementSaysWhyAndTheConnectionGoesOn(String mode) throws Exception {
        try (Connection connection = gateway.connect("erik", "preferQueryMode", mode)) {
            ServerErrorMessage error = refusal(connection, "delete from orders");
            assertThat(error.getSQLState()).isEqualTo("42501");
            assertThat(error.getMessage())
                    .contains("no-where")
                    .matches("(?s).*\\[gatehouse:blocked id=dec_\\w+ rule=no-where\\]$");
            assertThat(error.getMessage().length()).isLessThanOrEqualTo(200);
            assertThat(error.getConstraint()).isEqualTo("no-where");
            assertThat(error.getHint()).isEqualTo("Add a WHERE.");
            assertThat(error.getFile()).isEqualTo("test.yaml");
            assertThat(error.getRoutine()).isEqualTo("gatehouse_blocked");
            assertThat(error.getPosition()).isEqualTo(1);
            try (ResultSet count = connection.createStatement().executeQuery("select count(*) from orders")) {
                count.next();
                assertThat(count.getInt(1)).isEqualTo(3000);
            }
        }
    }

    @Test
    void theCaretCountsCharactersAndPointsAtTheColumn() throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", "simple")) {
            String sql = "select 'äöü€' as text, id from customers where email like 'user1%'";
            ServerErrorMessage error = refusal(connection, sql);
            assertThat(error.getSQLState()).isEqualTo("42501");
            assertThat(error.getPosition()).isEqualTo(sql.indexOf("email") + 1);
            assertThat(error.getColumn()).isEqualTo("email");
            assertThat(error.getTable()).isEqualTo("customers");
        }
    }

    @Test
    void everyOtherStatementOfATextIsRefusedWithTheWorst() throws Exception {
        try (Connection connection = gateway.connect("erik", "preferQueryMode", "simple")) {
            refusal(connection, "update orders set status = 'x' where id = 1; delete from orders; select 1");
            try (ResultSet status =
                    connection.createStatement().executeQuery("select status from orders where id = 1")) {
                status.next();
                assertThat(status.getString(1)).isEqualTo("new");
            }
        }
    }

    /** Runs a script on a connection, statement by statement, and tells what each did. */
    private static List<String> run(Connection connection, String... script) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (String sql : script) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
                lines.add("ok");
            } catch (SQLException e) {
                lines.add(e.getSQLState());
            }
        }
        return lines;
    }

    @ParameterizedTest
    @CsvSource({"simple,never", "simple,always", "extended,never", "extended,always", "extendedForPrepared,conservative"
    })
    void inATransactionItActsAsTheServersOwnPermissionError(String mode, String autosave) throws Exception {
        try (Connection admin = gateway.direct();
                Statement statement = admin.createStatement()) {
            statement.execute("drop table if exists ledger; create table ledger (n int);"
                    + "do $$ begin create role weak login password 'weak'; exception when duplicate_object then null; end $$;"
                    + "grant all on ledger to weak; revoke all on orders from weak");
        }
        String[] script = {
            "insert into ledger values (1)",
            "delete from orders",
            "insert into ledger values (2)",
            "select count(*) from ledger"
        };
        List<String> told = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (boolean direct : new boolean[] {true, false}) {
            try (Connection connection = direct
                    ? weak(mode, autosave)
                    : gateway.connect("erik", "preferQueryMode", mode, "autosave", autosave)) {
                connection.setAutoCommit(false);
                List<String> lines = run(connection, script);
                try {
                    connection.commit();
                    lines.add("committed");
                } catch (SQLException e) {
                    lines.add("commit " + e.getSQLState());
                }
                told.add(lines.toString());
            }
            kept.add(takeLedger());
        }
        assertThat(told.get(1)).isEqualTo(told.get(0));
        assertThat(kept.get(1)).isEqualTo(kept.get(0));
    }

    private static Connection weak(String mode, String autosave) throws SQLException {
        return java.sql.DriverManager.getConnection(
                "jdbc:postgresql://" + RealPostgres.shared().host() + ":"
                        + RealPostgres.shared().port() + "/" + gateway.database()
                        + "?user=weak&password=weak&preferQueryMode="
                        + mode + "&autosave=" + autosave);
    }

    private static String takeLedger() throws SQLException {
        try (Connection admin = gateway.direct();
                Statement statement = admin.createStatement()) {
            List<String> rows = new ArrayList<>();
            try (ResultSet all = statement.executeQuery("select n from ledger order by n")) {
                while (all.next()) {
                    rows.add(all.getString(1));
                }
            }
            statement.execute("truncate ledger");
            return rows.toString();
        }
    }

    @Test
    void aSavepointBringsTheTransactionBack() throws Exception {
        try (Connection connection = gateway.connect("erik", "preferQueryMode", "simple")) {
            List<String> told = run(
                    connection,
                    "create table if not exists saved (n int)",
                    "begin",
                    "insert into saved values (1)",
                    "savepoint s",
                    "delete from orders",
                    "select 1",
                    "rollback to s",
                    "insert into saved values (2)",
                    "commit");
            assertThat(told).containsExactly("ok", "ok", "ok", "ok", "42501", "25P02", "ok", "ok", "ok");
            try (ResultSet count = connection.createStatement().executeQuery("select count(*) from saved")) {
                count.next();
                assertThat(count.getInt(1)).isEqualTo(2);
            }
            connection.createStatement().execute("drop table saved");
        }
    }

    @Test
    void aRefusalInABatchLeavesTheConnectionInStep() throws Exception {
        try (Connection connection = gateway.connect("erik");
                Statement statement = connection.createStatement()) {
            statement.addBatch("update orders set status = 'batch' where id = 2");
            statement.addBatch("delete from orders");
            statement.addBatch("update orders set status = 'batch' where id = 3");
            SQLException thrown = catchThrowableOfType(SQLException.class, statement::executeBatch);
            assertThat(thrown.getSQLState()).isEqualTo("42501");
            try (ResultSet count = connection
                    .createStatement()
                    .executeQuery("select count(*) from orders where status = 'batch' and id = 3")) {
                count.next();
                assertThat(count.getInt(1)).isZero();
            }
        }
    }

    @Test
    void whatIsNotUnderstoodIsNotRun() throws Exception {
        try (Connection connection = gateway.connect("erik", "preferQueryMode", "simple")) {
            assertThat(refusal(connection, "gibberish of no known kind").getSQLState())
                    .isEqualTo("42501");
            assertThat(refusal(connection, "select 1 from only (customers").getSQLState())
                    .isEqualTo("42501");
        }
    }

    @Test
    void aLargeObjectIsClosedToWhoeverHasAMask() throws Exception {
        try (Connection connection = gateway.connect("maya")) {
            connection.setAutoCommit(false);
            LargeObjectManager large =
                    connection.unwrap(org.postgresql.PGConnection.class).getLargeObjectAPI();
            SQLException thrown = catchThrowableOfType(SQLException.class, large::createLO);
            assertThat(thrown.getSQLState()).isEqualTo("42501");
            connection.rollback();
            assertThat(connection.createStatement().execute("select 1")).isTrue();
        }
    }

    @Test
    void aLargeObjectIsWrittenAndReadByWhoeverMayCallItsFunctions() throws Exception {
        try (Connection connection = gateway.connect("erik")) {
            connection.setAutoCommit(false);
            LargeObjectManager large =
                    connection.unwrap(org.postgresql.PGConnection.class).getLargeObjectAPI();
            long oid = large.createLO();
            try (LargeObject object = large.open(oid, LargeObjectManager.READWRITE)) {
                object.write(new byte[100_000]);
                object.seek(0);
                assertThat(object.read(200_000)).hasSize(100_000);
            }
            SQLException thrown = catchThrowableOfType(SQLException.class, () -> large.open(oid + 1));
            assertThat(thrown.getSQLState()).isEqualTo("42704");
            connection.rollback();
        }
    }
}
