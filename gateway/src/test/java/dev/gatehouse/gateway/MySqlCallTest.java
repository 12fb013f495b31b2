package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stored procedures: several results, and parameters that come back. */
final class MySqlCallTest {

    private static final String[] PROCEDURES = {
        "create procedure outs(in a int, out b int, inout c varchar(20)) begin"
                + " select id, name from customers where id <= a order by id; set b = a * 2; set c = concat(c, '!');"
                + " select 'last' as word; end",
        "create procedure emails(out first varchar(60)) begin select email from customers where id = 1;"
                + " select email into first from customers where id = 1; end",
        "create procedure fails() begin select 1; signal sqlstate '45000' set message_text = 'gone'; end",
        "create procedure silent() begin update orders set status = 'called' where id = 2; end",
    };

    private static final String PYTHON = "/usr/bin/python3";
    private static final String PROGRAM = """
            import pymysql, sys
            c = pymysql.connect(host='127.0.0.1', port=int(sys.argv[1]), user=sys.argv[2], password=sys.argv[3],
                                database=sys.argv[4], autocommit=True)
            k = c.cursor()
            print(k.callproc('outs', (2, 0, 'x')))
            more = True
            while more:
                print(k.description and k.description[0][0], k.fetchall())
                more = k.nextset()
            k.execute('select @_outs_0, @_outs_1, @_outs_2')
            print(k.fetchall())
            try:
                k.execute('call fails()')
                while k.nextset(): pass
            except Exception as e:
                print(e)
            k.execute('select 1')
            print(k.fetchall())
            """;

    @TempDir
    private Path folder;

    private static MySqlGateway start(MySqlProductUnderTest product, Path folder, String policy) throws Exception {
        MySqlGateway gateway = MySqlGateway.start(product.server(), folder, policy);
        try (Connection connection = gateway.direct();
                Statement statement = connection.createStatement()) {
            for (String procedure : PROCEDURES) {
                statement.execute(procedure);
            }
        }
        return gateway;
    }

    private static List<@Nullable String> results(CallableStatement statement) throws SQLException {
        List<@Nullable String> told = new ArrayList<>();
        boolean rows = statement.execute();
        while (rows || statement.getUpdateCount() >= 0) {
            if (rows) {
                ResultSet result = Objects.requireNonNull(statement.getResultSet());
                while (result.next()) {
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        told.add(result.getMetaData().getColumnLabel(i) + "=" + result.getString(i));
                    }
                }
            } else {
                told.add("changed " + statement.getUpdateCount());
            }
            rows = statement.getMoreResults();
        }
        return told;
    }

    private static List<@Nullable String> conversation(Connection connection) throws SQLException {
        List<@Nullable String> told = new ArrayList<>();
        try (CallableStatement statement = connection.prepareCall("{call outs(?, ?, ?)}")) {
            for (int a = 1; a < 4; a++) {
                statement.setInt(1, a);
                statement.registerOutParameter(2, Types.INTEGER);
                statement.setString(3, "c" + a);
                statement.registerOutParameter(3, Types.VARCHAR);
                told.addAll(results(statement));
                told.add(statement.getInt(2) + " " + statement.getString(3));
            }
        }
        try (CallableStatement statement = connection.prepareCall("{call silent()}")) {
            told.addAll(results(statement));
        }
        // Last, as MariaDB's driver hangs behind it, on a direct connection as well.
        try (CallableStatement statement = connection.prepareCall("{call fails()}")) {
            told.addAll(results(statement));
        } catch (SQLException e) {
            told.add(e.getErrorCode() + " " + e.getSQLState());
        }
        return told;
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void aProcedureGivesWhatItGivesOnTheServer(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = start(product, folder, TestGateway.POLICY)) {
            try (Connection direct = gateway.direct();
                    Connection through = gateway.connect("erik")) {
                assertThat(conversation(through))
                        .isEqualTo(conversation(direct))
                        .contains("2 c1!", "word=last", "1644 45000");
            }
            for (String prepared : new String[] {"true", "false"}) {
                String options = "?allowPublicKeyRetrieval=true&sslMode=DISABLED&useServerPrepStmts=" + prepared;
                List<List<@Nullable String>> both = new ArrayList<>();
                for (boolean behind : new boolean[] {false, true}) {
                    int port = behind ? gateway.port() : product.server().port();
                    String user = behind ? "erik" : product.server().username();
                    String password =
                            behind ? TestGateway.PASSWORD : product.server().password();
                    try (Connection connection = DriverManager.getConnection(
                            "jdbc:mysql://127.0.0.1:" + port + "/" + gateway.database() + options, user, password)) {
                        both.add(conversation(connection));
                    }
                }
                assertThat(both.get(1)).isEqualTo(both.get(0));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = MySqlProductUnderTest.class, names = "MARIADB")
    void pyMySqlReadsAllItsResults(MySqlProductUnderTest product) throws Exception {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "no Python of the system's");
        assumeTrue(InstalledTool.run("", "", PYTHON, "-c", "import pymysql").equals("exit 0\n"), "no PyMySQL");
        try (MySqlGateway gateway = start(product, folder, TestGateway.POLICY)) {
            String direct = python(
                    product.server().port(),
                    product.server().username(),
                    product.server().password(),
                    gateway);
            gateway.connect("erik").close();
            assertThat(python(gateway.port(), "erik", TestGateway.PASSWORD, gateway))
                    .isEqualTo(direct)
                    .contains("(2, 0, 'x')", "last", "(2, 4, 'x!')", "gone");
        }
    }

    private static String python(int port, String user, String password, MySqlGateway gateway) throws Exception {
        return InstalledTool.run(
                "", "", PYTHON, "-c", PROGRAM, Integer.toString(port), user, password, gateway.database());
    }

    /** Nothing is known of what a procedure shows. */
    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void whoSeesMasksSeesNothingOfAProceduresRows(MySqlProductUnderTest product) throws Exception {
        String policy = TestGateway.POLICY.replace("classes: [read, session]", "classes: [read, session, write]");
        try (MySqlGateway gateway = start(product, folder, policy);
                Connection connection = gateway.connect("maya")) {
            List<@Nullable String> told = new ArrayList<>();
            try (CallableStatement statement = connection.prepareCall("{call emails(?)}")) {
                statement.registerOutParameter(1, Types.VARCHAR);
                told.addAll(results(statement));
                told.add(statement.getString(1));
            } catch (SQLException e) {
                told.add(String.valueOf(e.getErrorCode()));
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("call emails(@first)");
                ResultSet rows = statement.getResultSet();
                while (rows != null && rows.next()) {
                    told.add(rows.getString(1));
                }
            } catch (SQLException e) {
                told.add(String.valueOf(e.getErrorCode()));
            }
            assertThat(told).isNotEmpty().allMatch(value -> value == null || !value.contains("user1"));
        }
    }
}
