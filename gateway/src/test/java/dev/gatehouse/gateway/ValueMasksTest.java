package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.MySqlProduct;
import dev.gatehouse.testing.RealPostgres;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Masks that write numbers and dates, for each type that has such values, in text and in binary rows, on real servers. */
final class ValueMasksTest {

    private static final String POLICY = """
            apiVersion: gatehouse/v1
            kind: Policy
            default: allow
            roles: { analyst: { groups: [analysts] } }
            logins: [ { roles: [analyst], upstreams: [shop], may_use: [rw], default: rw } ]
            masks:
              - { id: ranges, columns: ["*.*.bucketed.*"], with: { bucket: { size: 100 } } }
              - { id: near, columns: ["*.*.noisy.*"], with: { noise: { relative: 0.1 } } }
              - { id: months, columns: ["*.*.dated.*"], with: { truncate_date: { to: month } } }
              - { id: hours, columns: ["*.*.timed.*"], with: { truncate_date: { to: hour } } }
              - { id: phone, columns: ["*.*.phones.phone"], with: { format_preserving: { key: digits, alphabet: digits } } }
            """;

    private static final String PG_NUMBERS =
            "(a int2, b int4, c int8, d numeric(14, 3), e float4, f float8, g numeric)";
    private static final String MY_NUMBERS =
            "(a smallint, b int, c bigint, d decimal(14, 3), e float, f double, g bigint unsigned)";
    private static final String NUMBERS = """
            insert into %1$s values
              (0, 0, 0, 0, 0, 0, 0), (99, 99, 99, 99.999, 99.5, 99.5, 99), (100, 100, 100, 100, 100, 100, 100),
              (-1, -1, -1, -0.001, -0.5, -0.5, 1), (32767, 2147483647, 9007199254740993, 12345678901.234, 1234.5, 1e12, 70000000),
              (-32700, -2147483600, -9007199254740993, -12345678901.234, -1234.5, -1e12, 10000),
              (null, null, null, null, null, null, null)
            """;
    private static final String PG_DATES = "(a date, b timestamp, c timestamptz)";
    private static final String MY_DATES = "(a date, b datetime(6), c timestamp null)";
    private static final String DATES = """
            insert into %1$s values
              ('2024-02-29', '2024-02-29 23:59:59.123456', '2024-02-29 11:30:00+00'),
              ('1970-01-01', '1999-12-31 00:00:00', '2038-01-01 00:00:01+00'),
              ('9999-12-31', '9999-12-31 23:59:59', '2000-07-15 12:00:00+00'), (null, null, null)
            """;
    private static final String PHONES = """
            insert into phones values ('+49 170 5551234'), ('0170-5551234'), ('+49 170 5551234'), ('110'), ('ask 5551234'), (null)
            """;

    /** The rows of a query, each value as its driver's Java type prints it, numbers without needless zeros. */
    private static List<List<String>> rows(Connection connection, String sql, boolean prepared) throws SQLException {
        if (!prepared) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                return read(rows);
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            return read(rows);
        }
    }

    private static List<List<String>> read(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<List<String>> read = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.add(text(rows.getObject(i)));
            }
            read.add(row);
        }
        return read;
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Number number) {
            BigDecimal plain = new BigDecimal(number.toString());
            return plain.signum() == 0 ? "0" : plain.stripTrailingZeros().toPlainString();
        }
        return Objects.toString(value);
    }

    /** What each of the columns a to g would be as the lower end of its range, computed by the server. */
    private static String ranges(String table, String number) {
        return "select "
                + String.join(
                        ", ",
                        IntStream.rangeClosed('a', 'g')
                                .mapToObj(c -> "floor(" + (char) c + number + " / 100) * 100")
                                .toList())
                + " from " + table;
    }

    private static void near(List<List<String>> shown, List<List<String>> real) {
        int off = 0;
        for (int row = 0; row < real.size(); row++) {
            for (int column = 0; column < real.get(row).size(); column++) {
                if (real.get(row).get(column).equals("null")) {
                    assertThat(shown.get(row).get(column)).isEqualTo("null");
                    continue;
                }
                if (shown.get(row).get(column).equals("null")) {
                    // What comes to lie outside of the type's range has no neighbour to show.
                    assertThat(new BigDecimal(real.get(row).get(column)).abs()).isGreaterThan(new BigDecimal(29_000));
                    continue;
                }
                BigDecimal one = new BigDecimal(real.get(row).get(column));
                BigDecimal other = new BigDecimal(shown.get(row).get(column));
                BigDecimal most = one.abs().multiply(new BigDecimal("0.1")).add(new BigDecimal("0.5"));
                assertThat(other.subtract(one).abs())
                        .as("%s for %s", other, one)
                        .isLessThanOrEqualTo(most);
                off += other.compareTo(one) == 0 ? 0 : 1;
            }
        }
        assertThat(off).isGreaterThan(10);
    }

    private static void phones(List<List<String>> shown) {
        List<String> all = shown.stream().map(row -> row.get(0)).toList();
        assertThat(all.get(0))
                .matches("\\+\\d\\d \\d{3} \\d{7}")
                .isNotEqualTo("+49 170 5551234")
                .isEqualTo(all.get(2));
        assertThat(all.get(1)).matches("\\d{4}-\\d{7}").isNotEqualTo("0170-5551234");
        assertThat(all.subList(3, 6)).containsOnly("null");
    }

    @Test
    void postgresqlsTypesStayTrue(@TempDir Path folder) throws Exception {
        String database = RealPostgres.shared().createDatabase();
        try (Connection direct = RealPostgres.shared().connect(database);
                Statement statement = direct.createStatement()) {
            statement.execute("set timezone to 'UTC'");
            for (String table : List.of("bucketed", "noisy")) {
                statement.execute("create table " + table + PG_NUMBERS);
                statement.execute(NUMBERS.formatted(table));
            }
            for (String table : List.of("dated", "timed")) {
                statement.execute("create table " + table + PG_DATES);
                statement.execute(DATES.formatted(table));
            }
            statement.execute("create table phones (phone text)");
            statement.execute(PHONES);
            try (TestGateway gateway = TestGateway.ruledBy(POLICY, folder, database)) {
                List<List<String>> noisy = List.of();
                for (String mode : List.of("simple", "extended")) {
                    String url = "jdbc:postgresql://127.0.0.1:" + gateway.port()
                            + "/shop?user=maya&prepareThreshold=-1&options=-c%20TimeZone=UTC&preferQueryMode=" + mode
                            + "&password=" + TestGateway.PASSWORD;
                    boolean prepared = mode.equals("extended");
                    try (Connection through = DriverManager.getConnection(url)) {
                        assertThat(rows(through, "select * from bucketed", prepared))
                                .as(mode)
                                .isEqualTo(rows(direct, ranges("bucketed", "::numeric"), false));
                        List<List<String>> seen = rows(through, "select * from noisy", prepared);
                        near(seen, rows(direct, "select * from noisy", false));
                        assertThat(noisy.isEmpty() ? seen : noisy).isEqualTo(seen);
                        noisy = seen;
                        assertThat(rows(through, "select * from dated", prepared))
                                .as(mode)
                                .isEqualTo(rows(
                                        direct,
                                        "select date_trunc('month', a)::date, date_trunc('month', b), date_trunc('month', c) from dated",
                                        false));
                        assertThat(rows(through, "select b, c from timed", prepared))
                                .as(mode)
                                .isEqualTo(rows(
                                        direct,
                                        "select date_trunc('hour', b), date_trunc('hour', c) from timed",
                                        false));
                        phones(rows(through, "select phone from phones", prepared));
                        assertThat(rows(
                                        through,
                                        "select a::text, greatest(a, 0), length(b::text) from bucketed limit 1",
                                        prepared))
                                .containsExactly(List.of("null", "null", "null"));
                    }
                }
            }
        }
    }

    @EnumSource(MySqlProduct.class)
    @ParameterizedTest
    void mysqlsTypesStayTrue(MySqlProduct product, @TempDir Path folder) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder, POLICY);
                Connection direct = gateway.direct();
                Statement statement = direct.createStatement()) {
            for (String table : List.of("bucketed", "noisy")) {
                statement.execute("create table " + table + MY_NUMBERS);
                statement.execute(NUMBERS.formatted(table));
            }
            for (String table : List.of("dated", "timed")) {
                statement.execute("create table " + table + MY_DATES);
                statement.execute(DATES.formatted(table).replace("+00", ""));
            }
            statement.execute("create table phones (phone varchar(40))");
            statement.execute(PHONES);
            List<List<String>> noisy = List.of();
            for (boolean prepared : new boolean[] {false, true}) {
                try (Connection through = gateway.connect("maya", "useServerPrepStmts", Boolean.toString(prepared))) {
                    assertThat(rows(through, "select * from bucketed", prepared))
                            .isEqualTo(rows(direct, ranges("bucketed", ""), false));
                    List<List<String>> seen = rows(through, "select * from noisy", prepared);
                    near(seen, rows(direct, "select * from noisy", false));
                    assertThat(noisy.isEmpty() ? seen : noisy).isEqualTo(seen);
                    noisy = seen;
                    String month = "cast(date_format(%1$s, '%%Y-%%m-01') as ";
                    assertThat(rows(through, "select * from dated", prepared))
                            .isEqualTo(rows(
                                    direct,
                                    "select " + month.formatted("a") + "date), " + month.formatted("b") + "datetime), "
                                            + month.formatted("c") + "datetime) from dated",
                                    false));
                    phones(rows(through, "select phone from phones", prepared));
                }
            }
        }
    }
}
