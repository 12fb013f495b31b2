package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may ask the database may ask what the policy makes of a statement, and why; the statement does not run. */
final class ExplainPolicyTest {

    @TempDir
    private Path folder;

    private static List<String> lines(ResultSet rows) throws SQLException {
        List<String> lines = new ArrayList<>();
        assertThat(rows.getMetaData().getColumnLabel(1)).isEqualTo("POLICY");
        while (rows.next()) {
            lines.add(rows.getString(1).replaceAll("pol_[0-9a-f]{8}", "pol").replaceAll(":\\d+", ":1"));
        }
        return lines;
    }

    private static List<String> explained(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN POLICY " + sql)) {
            return lines(rows);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared"})
    void aPostgresClientIsToldWhereColumnsComeFromAndHowTheyAreMasked(String mode) throws Exception {
        try (Gateway gateway = Configured.in(folder, TestGateway.shop()).start();
                Connection maya = DriverManager.getConnection("jdbc:postgresql://localhost:" + Configured.port(gateway)
                        + "/shop?user=maya&password=" + TestGateway.PASSWORD + "&preferQueryMode=" + mode)) {
            assertThat(
                            explained(
                                    maya,
                                    "select id, email e, substr(email, 2) as \"it's\\ \u00e9\", count(*) over () from customers"))
                    .containsExactly(
                            "ALLOW      rule reads  test.yaml:1  policy pol",
                            "statement  select",
                            "protected  public.customers.email  used as: result",
                            "column 1   id  from public.customers.id",
                            "column 2   e  from public.customers.email  masked: email",
                            "column 3   it's\\ \u00e9  computed from public.customers.email  by substr()  shown as NULL, by mask email",
                            "column 4   count  from no column");
            assertThat(explained(
                            maya, "with x as (select upper(mail) as m from contacts) select min(m) as least from x"))
                    .last()
                    .isEqualTo("column 1   least  from public.contacts.mail, public.customers.email"
                            + "  by lower(), view public.contacts, upper(), with x, min()  masked: email");
            assertThat(explained(maya, "delete from customers"))
                    .first()
                    .asString()
                    .startsWith("BLOCK      rule ");
            assertThat(explained(maya, "update orders set status = 'x' where id = 1"))
                    .startsWith(
                            "APPROVE    rule updates-reviewed  test.yaml:1  policy pol",
                            "asked      group leads; 1 needed");
            assertThat(explained(maya, "select what is this"))
                    .hasSize(4)
                    .last()
                    .asString()
                    .startsWith("statement  not understood: ");
            try (Statement statement = maya.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*), min(status) from orders")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(3000);
                assertThat(rows.getString(2)).isEqualTo("new");
            }
        }
    }

    @Test
    void itIsAStatementLikeAnyOtherInAFailedTransaction() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder);
                Connection maya = gateway.connect("maya")) {
            maya.setAutoCommit(false);
            assertThat(explained(maya, "select 1")).hasSize(3);
            try (Statement statement = maya.createStatement()) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> statement.execute("select 1/0"))
                        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("22012"));
            }
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> explained(maya, "select 1"))
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
            maya.rollback();
            assertThat(explained(maya, "select 1")).hasSize(3);
        }
    }

    @Test
    void ofManyStatementsTheFirstAreExplained() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder);
                Connection maya = gateway.connect("maya")) {
            String told = new RawFrames(maya)
                    .query("explain policy " + "select 1;".repeat(5_000))
                    .send();
            assertThat(told).contains("ALLOW").contains("and more").hasSizeLessThan(100_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMySqlClientIsToldAsWell(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder);
                Connection maya = gateway.connect("maya")) {
            String asked = "select id, email e, substr(email, 2) `it's\\ \u00e9` from customers";
            List<String> told = explained(maya, asked);
            assertThat(told.get(0)).startsWith("ALLOW      rule ");
            assertThat(told)
                    .contains(
                            "statement  select",
                            "column 2   e  from " + gateway.database() + ".customers.email  masked: email",
                            "column 3   it's\\ \u00e9  computed from " + gateway.database()
                                    + ".customers.email  by substr()  shown as NULL, by mask email");
            assertThat(explained(maya, "with x as (select mail as m from contacts) select max(m) from x"))
                    .last()
                    .asString()
                    .endsWith(", view " + gateway.database() + ".contacts, with x, max()  masked: email");
            try (PreparedStatement prepared = maya.prepareStatement("explain policy " + asked);
                    ResultSet rows = prepared.executeQuery()) {
                assertThat(lines(rows)).isEqualTo(told);
            }
            assertThat(explained(maya, "delete from customers"))
                    .first()
                    .asString()
                    .startsWith("BLOCK      rule ");
        }
    }
}
