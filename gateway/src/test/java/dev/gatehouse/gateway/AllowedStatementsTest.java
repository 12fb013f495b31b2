package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** What policy allows answers as on a direct connection. */
final class AllowedStatementsTest {

    private static final List<String> QUERIES = List.of(
            "select * from customers order by id limit 7",
            "select id, name, salary from customers where id between 3 and 9 order by id",
            "select c.name, sum(o.total) as total, count(*) from customers c join orders o on o.customer = c.id"
                    + " group by c.name order by total desc, c.name limit 5",
            "with rich as (select id, salary from customers where salary > 1150) select count(*) from rich",
            "select o.status, row_number() over (partition by o.customer order by o.placed) from orders o where o.id < 9"
                    + " order by o.id",
            "select case when salary > 1100 then 'high' else 'low' end as band, count(*) from customers group by 1 order by 1",
            "select null::int as nothing, true as yes, 1.5::numeric as n, '2026-01-01'::date as d, 'x' as t",
            "select id from customers where false",
            "select 1 union all select 2 union all select 3",
            "select 1/0",
            "select no_such_column from customers",
            "select * from no_such_table",
            "selec 1",
            "select ");

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

    /** What a query answers, in text: columns with their types, rows, or the error. */
    private static List<String> answer(Connection connection, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (java.sql.PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int run = 0; run < 3; run++) {
                try (ResultSet rows = statement.executeQuery()) {
                    ResultSetMetaData columns = rows.getMetaData();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        lines.add(columns.getColumnName(i) + " " + columns.getColumnTypeName(i));
                    }
                    while (rows.next()) {
                        StringBuilder row = new StringBuilder();
                        for (int i = 1; i <= columns.getColumnCount(); i++) {
                            row.append(rows.getString(i)).append('|');
                        }
                        lines.add(row.toString());
                    }
                }
            }
        } catch (SQLException e) {
            lines.add(e.getSQLState());
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
    void everyQueryModeGetsTheServersOwnAnswers(String mode) throws Exception {
        try (Connection through = gateway.connect("erik", "preferQueryMode", mode, "prepareThreshold", "2");
                Connection direct = gateway.direct()) {
            for (String sql : QUERIES) {
                if (!isUnderstood(sql)) {
                    continue;
                }
                assertThat(answer(through, sql)).as(sql).isEqualTo(answer(direct, sql));
            }
        }
    }

    /** What the server cannot read either is refused here before it gets there, with another error. */
    private static boolean isUnderstood(String sql) {
        return !sql.startsWith("selec ") && !sql.equals("select ");
    }

    @Test
    void binaryResultsAreTheServersOwn() throws Exception {
        String sql =
                "select id, salary, name, total, placed from customers join orders using (id) order by id limit 20";
        try (Connection through = gateway.connect("erik", "prepareThreshold", "-1");
                Connection direct = gateway.direct()) {
            assertThat(answer(through, sql)).isEqualTo(answer(direct, sql));
        }
    }

    @Test
    void writesWithParametersBatchesAndGeneratedKeysWork() throws Exception {
        try (Connection connection = gateway.connect("erik")) {
            connection.createStatement().execute("create table notes (id serial primary key, body text)");
            connection.setAutoCommit(false);
            try (java.sql.PreparedStatement insert =
                    connection.prepareStatement("insert into notes (body) values (?)", new String[] {"id"})) {
                insert.setString(1, "one");
                insert.executeUpdate();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    assertThat(keys.next()).isTrue();
                    assertThat(keys.getInt(1)).isEqualTo(1);
                }
            }
            try (java.sql.PreparedStatement insert =
                    connection.prepareStatement("insert into notes (body) values (?)")) {
                for (int i = 0; i < 500; i++) {
                    insert.setString(1, "note " + i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(500);
            }
            connection.commit();
            try (ResultSet count = connection.createStatement().executeQuery("select count(*) from notes")) {
                count.next();
                assertThat(count.getInt(1)).isEqualTo(501);
            }
            connection.rollback();
            connection.setAutoCommit(true);
            connection.createStatement().execute("drop table notes");
        }
    }

    @Test
    void rowsFetchedInPortionsAreAllThere() throws Exception {
        try (Connection connection = gateway.connect("erik")) {
            connection.setAutoCommit(false);
            try (java.sql.Statement statement = connection.createStatement()) {
                statement.setFetchSize(100);
                int rows = 0;
                try (ResultSet all = statement.executeQuery("select id from orders order by id")) {
                    while (all.next()) {
                        rows++;
                    }
                }
                assertThat(rows).isEqualTo(3000);
            }
        }
    }

    @Test
    void copyPassesBothWays() throws Exception {
        try (Connection connection = gateway.connect("erik")) {
            connection.createStatement().execute("create table bulk (id int, body text)");
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < 20_000; i++) {
                rows.append(i).append("\tbody ").append(i).append('\n');
            }
            assertThat(copy.copyIn("copy bulk from stdin", new java.io.StringReader(rows.toString())))
                    .isEqualTo(20_000);
            java.io.StringWriter out = new java.io.StringWriter();
            assertThat(copy.copyOut("copy bulk to stdout", out)).isEqualTo(20_000);
            assertThat(out.toString()).isEqualTo(rows.toString());
            connection.createStatement().execute("drop table bulk");
        }
    }

    @Test
    void aRunningStatementIsCancelled() throws Exception {
        try (Connection connection = gateway.connect("erik");
                java.sql.Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> statement.execute("select pg_sleep(30)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            statement.setQueryTimeout(0);
            assertThat(statement.execute("select 1")).isTrue();
        }
    }
}
