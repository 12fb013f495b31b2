package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tool that reads a row, has it edited and writes the whole of it back does not write a mask's work over the real value. */
final class WriteBackTest {

    private static final String POLICY = TestGateway.EVERYTHING + """
            masks:
              - { id: email, columns: ["*.*.people.email"], with: { email: { keep: domain } } }
              - { id: card, columns: ["*.*.people.card"], with: { card_last4: {} } }
              - { id: secret, columns: ["*.*.people.secret"], with: { set_null: {} } }
              - { id: age, columns: ["*.*.people.age"], with: { bucket: { size: 10 } } }
            mask_use: { predicates: allow }
            """;

    private static final List<String> SCHEMA = List.of(
            "create table people (id int primary key, name varchar(40), email varchar(60), card varchar(40),"
                    + " secret varchar(40), age int)",
            "insert into people values (1, 'Joe', 'joe@acme.test', '4111111111111111', 's', 33)",
            "create table other (id int primary key, note varchar(40))",
            "insert into other values (1, 'x')");

    /** What nothing stands against. */
    private static final List<String> HARMLESS = List.of(
            "update people set name = 'j***@acme.test' where id = 1",
            "update people set email = 'new@acme.test' where id = 1",
            "update people set email = null where id = 1",
            "update people set secret = 'new' where name is not null and id = 1",
            "update other set note = 'j***@acme.test' where id = 1",
            "insert into people (id, email, age) values (2, 'j***@acme.test', 30)",
            "delete from people where id = 2");

    private static final List<String> REFUSED = List.of(
            "update people set email = 'j***@acme.test' where id = 1",
            "update people set name = 'Jo', email = 'j***@acme.test', card = '••••••••••••1111' where id = 1",
            "update people set card = '••••••••••••1111' where id = 1",
            "update people set secret = null where id = 1",
            "update people set age = 30 where id = 1",
            "update people set name = 'a'; update people set email = '***@acme.test' where id = 1");

    private static void refused(SQLException thrown, String about) {
        assertThat((Throwable) thrown).as(about).isNotNull();
        assertThat(thrown.getMessage())
                .as(about)
                .containsPattern("may not replace the real one|so you may not change it")
                .contains("rule=mask_use");
    }

    private static void refused(Statement statement, String sql) {
        refused(catchThrowableOfType(SQLException.class, () -> statement.execute(sql)), sql);
    }

    private static void bound(Connection connection, String sql, @Nullable String value, boolean refused)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int run = 0; run < 3; run++) {
                if (value == null) {
                    update.setNull(1, Types.VARCHAR);
                } else {
                    update.setString(1, value);
                }
                if (refused) {
                    refused(catchThrowableOfType(SQLException.class, update::executeUpdate), sql + " with " + value);
                } else {
                    update.executeUpdate();
                }
            }
        }
    }

    private static void bound(Connection through) throws SQLException {
        bound(through, "update people set email = ? where id = 1", "j***@acme.test", true);
        bound(through, "update people set email = ? where id = 1", "jane@acme.test", false);
        bound(through, "update people set secret = ? where id = 1", null, true);
        bound(through, "update people set secret = ? where id = 1", "t", false);
        bound(through, "update people set name = ? where id = 1", "j***@acme.test", false);
    }

    private static void readAndWrittenBack(Connection through) throws SQLException {
        try (Statement statement = through.createStatement();
                ResultSet row = statement.executeQuery("select * from people where id = 1");
                PreparedStatement update =
                        through.prepareStatement("update people set name = ?, email = ?, card = ? where id = ?")) {
            assertThat(row.next()).isTrue();
            update.setString(1, "Joan");
            update.setString(2, row.getString("email"));
            update.setString(3, row.getString("card"));
            update.setInt(4, row.getInt("id"));
            refused(catchThrowableOfType(SQLException.class, update::executeUpdate), "the whole row");
        }
    }

    private static String real(Connection direct) throws SQLException {
        try (Statement statement = direct.createStatement();
                ResultSet row = statement.executeQuery("select email, card, secret, age from people where id = 1")) {
            assertThat(row.next()).isTrue();
            return row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " " + row.getInt(4);
        }
    }

    @Test
    void postgresKeepsTheRealValues(@TempDir Path folder) throws Exception {
        String database = TestGateway.shop();
        try (TestGateway gateway = TestGateway.ruledBy(POLICY, folder, database);
                Connection direct = gateway.direct()) {
            for (String sql : SCHEMA) {
                direct.createStatement().execute(sql);
            }
            for (String mode : List.of("simple", "extended")) {
                try (Connection through = gateway.connect("erik", "preferQueryMode", mode, "prepareThreshold", "-1");
                        Statement statement = through.createStatement()) {
                    String before = real(direct);
                    for (String sql : REFUSED) {
                        refused(statement, sql);
                    }
                    refused(
                            statement,
                            "insert into people (id, email) values (1, 'j***@acme.test')"
                                    + " on conflict (id) do update set email = excluded.email");
                    refused(
                            statement,
                            "merge into people p using other o on p.id = o.id"
                                    + " when matched then update set email = 'j***@acme.test'");
                    refused(statement, "update people set email = E'j\\052**@acme.test' where id = 1");
                    refused(statement, "prepare p as update people set email = 'j***@acme.test' where id = 1");
                    statement.execute("prepare q as update people set email = $1 where id = 1");
                    refused(statement, "execute q('j***@acme.test')");
                    readAndWrittenBack(through);
                    assertThat(real(direct)).isEqualTo(before);
                    bound(through);
                    for (String sql : HARMLESS) {
                        statement.execute(sql);
                    }
                }
            }
            direct.createStatement().execute("update people set email = 'joe@acme.test', secret = 's' where id = 1");
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void mysqlKeepsTheRealValues(MySqlProductUnderTest product, @TempDir Path folder) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder, POLICY);
                Connection direct = gateway.direct()) {
            for (String sql : SCHEMA) {
                direct.createStatement().execute(sql);
            }
            for (String prepared : List.of("false", "true")) {
                try (Connection through =
                                gateway.connect("erik", "useServerPrepStmts", prepared, "allowMultiQueries", "true");
                        Statement statement = through.createStatement()) {
                    String before = real(direct);
                    for (String sql : REFUSED) {
                        refused(statement, sql);
                    }
                    refused(
                            statement,
                            "insert into people (id, email) values (1, 'j***@acme.test')"
                                    + " on duplicate key update email = 'j***@acme.test'");
                    refused(statement, "replace into people (id, email) values (1, 'j***@acme.test')");
                    readAndWrittenBack(through);
                    assertThat(real(direct)).isEqualTo(before);
                    bound(through);
                    for (String sql : HARMLESS) {
                        statement.execute(sql);
                    }
                }
            }
        }
    }
}
