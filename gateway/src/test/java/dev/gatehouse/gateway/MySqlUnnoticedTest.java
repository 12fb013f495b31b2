package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A session that policy allows everything gets the server's own answers, word for word: each test runs a script directly and
 * through a gateway. What outside suites found lies here, in short.
 */
@ParameterizedClass
@EnumSource(MySqlProductUnderTest.class)
@SuppressWarnings("NullAway.Init") // Set before each test.
final class MySqlUnnoticedTest {

    private static final String EVERYTHING = """
            apiVersion: gatehouse/v1
            kind: Policy
            default: allow
            roles:
              engineer: { groups: [engineers] }
            logins:
              - { roles: [engineer], upstreams: [shop], may_use: [rw], default: rw }
            rules:
              - { id: whatever-it-is, statement: { kinds: [unknown] }, then: { allow: {} } }
            """;

    private static final int DEPRECATE_EOF = 1 << 24;
    private static final int FIELD_LIST = 4;

    private static final String COUNTS = "select concat(found_rows(), ' ', row_count())";

    @TempDir
    private static Path folder;

    private static final Map<MySqlProductUnderTest, MySqlGateway> GATEWAYS = new EnumMap<>(MySqlProductUnderTest.class);

    @Parameter
    MySqlProductUnderTest product;

    private MySqlGateway gateway;

    @BeforeEach
    void start() throws Exception {
        if (!GATEWAYS.containsKey(product)) {
            GATEWAYS.put(product, MySqlGateway.start(product.server(), folder.resolve(product.name()), EVERYTHING));
        }
        gateway = Objects.requireNonNull(GATEWAYS.get(product));
    }

    @AfterAll
    static void stop() {
        GATEWAYS.values().forEach(MySqlGateway::close);
        GATEWAYS.clear();
    }

    private static List<String> transcript(Connection connection, String... script) throws SQLException {
        List<String> told = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String sql : script) {
                told.add("> " + sql);
                try {
                    boolean rows = statement.execute(sql);
                    while (rows || statement.getUpdateCount() >= 0) {
                        told.add(rows ? rows(statement) : "affected " + statement.getUpdateCount());
                        rows = statement.getMoreResults();
                    }
                } catch (SQLException e) {
                    told.add(e.getErrorCode() + " " + e.getSQLState());
                }
            }
        }
        return told;
    }

    private static String rows(Statement statement) throws SQLException {
        StringBuilder all = new StringBuilder();
        try (ResultSet rows = statement.getResultSet()) {
            int columns = rows.getMetaData().getColumnCount();
            for (int i = 1; i <= columns; i++) {
                all.append(rows.getMetaData().getColumnLabel(i)).append('|');
                all.append(rows.getMetaData().getColumnTypeName(i)).append('|');
            }
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    all.append(i == 1 ? "; " : ", ").append(rows.getString(i));
                }
            }
        }
        return all.toString();
    }

    private void isAlike(String... script) throws SQLException {
        List<String> direct;
        try (Connection connection = gateway.direct()) {
            direct = transcript(connection, script);
        }
        try (Connection connection = gateway.connect("erik")) {
            assertThat(transcript(connection, script)).isEqualTo(direct);
        }
    }

    @Test
    void countsBehindAStatementThatIsNotUnderstood() throws Exception {
        isAlike(
                "drop procedure if exists counting",
                "create procedure counting() begin select sql_calc_found_rows id from customers limit 2;"
                        + " update orders set status = 'counted' where id < 6; end",
                "call counting()",
                "select found_rows()",
                "call counting()",
                "SELECT ROW_COUNT()",
                "call counting()",
                "select row_count(), found_rows()");
    }

    /** MariaDB hands a thread that it uses again the counts of whoever had it before, but to nobody behind a gateway. */
    @Test
    void aSessionThatHasRunNothingHasCountedNothing() throws Exception {
        if (product == MySqlProductUnderTest.MARIADB) {
            try (Connection direct = gateway.direct();
                    Statement statement = direct.createStatement()) {
                statement.execute("set global thread_cache_size = 0");
            }
        }
        try (MySqlWireClient direct = MySqlWireClient.to(product.server(), gateway.database(), 0)) {
            assertThat(direct.run(COUNTS)).isEqualTo("0 0");
        }
        try (MySqlWireClient client = MySqlWireClient.through(gateway, "erik", DEPRECATE_EOF)) {
            client.begin(COUNTS);
            assertThat(client.result(true).get(2).array()).isEqualTo(MySqlWireClient.bytes("\0030 0"));
        }
        try (MySqlWireClient client = MySqlWireClient.through(gateway, "erik", 0)) {
            assertThat(client.run(COUNTS)).isEqualTo("0 0");
            client.run("select 1");
            assertThat(client.changeUser("erik", TestGateway.PASSWORD, gateway.database())
                            .get(0))
                    .isZero();
            assertThat(client.run(COUNTS)).isEqualTo("0 0");
        }
    }

    /** The gateway's question would clear them. */
    @Test
    void warningsOutliveTheFieldsOfATable() throws Exception {
        String direct;
        try (MySqlWireClient client = MySqlWireClient.to(product.server(), gateway.database(), 0)) {
            direct = warningsBehindFields(client);
        }
        try (MySqlWireClient client = MySqlWireClient.through(gateway, "erik", 0)) {
            assertThat(warningsBehindFields(client)).isEqualTo(direct);
        }
    }

    private static String warningsBehindFields(MySqlWireClient client) throws Exception {
        client.run("set sql_mode = '', @@sort_buffer_size = 1");
        client.command(FIELD_LIST, MySqlWireClient.buffer(16).put(MySqlWireClient.bytes("orders\0")));
        while (client.receive().get(0) != (byte) 0xfe) {
            // A column's definition.
        }
        return client.run("show count(*) warnings");
    }

    /** Clients that agreed on EOF packets are told of a procedure's own cursor. */
    @Test
    void aProceduresCursorIsNotTakenForTheClients() throws Exception {
        try (Connection direct = gateway.direct();
                Statement statement = direct.createStatement()) {
            statement.execute("drop procedure if exists has_cursor");
            statement.execute("create procedure has_cursor() begin declare c cursor for select 1; open c;"
                    + " select 2 as b; end");
        }
        try (MySqlWireClient client = MySqlWireClient.through(gateway, "erik", 0)) {
            assertThat(client.run("call has_cursor()")).isEqualTo("2");
            assertThat(client.result()).singleElement().matches(ok -> ok.get(0) == 0);
            assertThat(client.run("select 3")).isEqualTo("3");
        }
    }

    /** What a gateway must not ask about in between. */
    @Test
    void whatTheServerKeepsOfTheLastStatement() throws Exception {
        isAlike(
                "drop table if exists kept",
                "create table kept (a int)",
                "insert into kept values (1), (2), (3)",
                "get diagnostics @counted = row_count",
                "select @counted",
                "(select sql_calc_found_rows a from kept order by a limit 1) union all (select 7) limit 0",
                "select found_rows()",
                "explain format=json select * from kept",
                "select 1, found_rows()");
    }

    /** What {@link dev.gatehouse.wire.mysql} relies on when it does not ask how text is read now. */
    @Test
    void whatARoutineSetsOfReadingEndsWithIt() throws Exception {
        try (Connection direct = gateway.direct()) {
            List<String> told = transcript(
                    direct,
                    "set sql_mode = '', names utf8mb4",
                    "drop function if exists sets",
                    "drop table if exists setting",
                    "create table setting (a int)",
                    "create function sets() returns int deterministic begin set sql_mode = 'ANSI_QUOTES';"
                            + " set character_set_client = latin1; return 1; end",
                    "create trigger sets before insert on setting for each row begin set sql_mode = 'ANSI_QUOTES';"
                            + " set character_set_client = latin1; end",
                    "select sets()",
                    "insert into setting values (1)",
                    "insert into setting select sets()",
                    "delete from setting where a = sets()",
                    "select @@sql_mode, @@character_set_client");
            assertThat(told).endsWith("@@sql_mode|VARCHAR|@@character_set_client|VARCHAR|; , utf8mb4");
        }
    }

    /** MariaDB tells of the new database in a form that depends on that database's character set. */
    @Test
    void aDatabaseInAWideCharacterSet() throws Exception {
        for (String wide : new String[] {"ucs2", "utf16", "utf16le", "utf32"}) {
            isAlike(
                    "drop database if exists wide",
                    "create database wide character set " + wide,
                    "use wide",
                    "create table found (a varchar(5))",
                    "show tables",
                    "select database(), @@character_set_database",
                    "drop database wide",
                    "select database()");
        }
    }

    @Test
    void typesThatOnlyMariaDbHas() throws Exception {
        isAlike(
                "drop table if exists own_types",
                "create table own_types (p point, j json)",
                "insert into own_types values (null, '[1]')",
                "select p, j from own_types",
                "drop table if exists own_types",
                "create table own_types (u uuid, i inet6)",
                "insert into own_types values ('6ccd780c-baba-1026-9564-5b8c656024db', '::1')",
                "select * from own_types",
                "select concat(u, ''), i from own_types");
    }
}
