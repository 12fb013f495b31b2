package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.command.Parts;
import dev.gatehouse.testing.MySqlServer;
import dev.gatehouse.testing.RealPostgres;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each mask on columns of each type, read by pgjdbc, MySQL's Connector/J and MariaDB's, from text and from binary rows. A type
 * that a mask accepts keeps the Java type it has in clear, and every other one is NULL.
 */
final class MaskedTypesTest {

    /** What a mask reads of a type. */
    private enum Family {
        TEXT("'4111111111111111'"),
        NUMBER("42"),
        DATE("'2026-05-04'"),
        OTHER("");

        private final String value;

        Family(String value) {
            this.value = value;
        }
    }

    /** The masks, with what must be true of a value and what is shown for it. */
    @SuppressWarnings("ImmutableEnumChecker") // The functions are methods without a state.
    private enum Masked {
        SET_NULL("set_null: {}", Family.OTHER, (value, shown) -> false),
        REDACT("redact: { text: gone }", Family.TEXT, (value, shown) -> shown.equals("gone")),
        CARD("card_last4: {}", Family.TEXT, (value, shown) -> shown.equals("••••••••••••1111")),
        HASH("hash: { key: hashes, length: 16 }", Family.TEXT, (value, shown) -> shown.matches("[0-9a-f]{16}")),
        TOKEN("tokenize: { key: hashes, prefix: t_ }", Family.TEXT, (value, shown) -> shown.matches("t_[0-9a-f]{32}")),
        DIGITS(
                "format_preserving: { key: digits }",
                Family.TEXT,
                (value, shown) -> shown.matches("\\d{16}") && !shown.equals(value)),
        PARTIAL("partial: { first: 1, last: 1 }", Family.TEXT, (value, shown) -> shown.equals("4**************1")),
        EMAIL("email: { keep: domain }", Family.TEXT, (value, shown) -> shown.equals("***")),
        BUCKET("bucket: { size: 10 }", Family.NUMBER, Masked::isRange),
        MONTH(
                "truncate_date: { to: month }",
                Family.DATE,
                (value, shown) -> shown.matches("2026-05-01( 00:00:00(\\.0+)?(\\+00)?)?")
                        && shown.length() >= value.length() - 4),
        NOISE("noise: { relative: 0.1 }", Family.NUMBER, Masked::isNear);

        private final String with;
        private final Family accepted;
        private final BiPredicate<String, String> holds;

        Masked(String with, Family accepted, BiPredicate<String, String> holds) {
            this.with = with;
            this.accepted = accepted;
            this.holds = holds;
        }

        private static boolean isRange(String value, String shown) {
            BigDecimal lower = new BigDecimal(value)
                    .divide(BigDecimal.TEN, 0, RoundingMode.FLOOR)
                    .multiply(BigDecimal.TEN);
            return new BigDecimal(shown).compareTo(lower) == 0;
        }

        private static boolean isNear(String value, String shown) {
            BigDecimal off =
                    new BigDecimal(shown).subtract(new BigDecimal(value)).abs();
            return off.compareTo(new BigDecimal("4.7")) <= 0;
        }

        String table() {
            return "of_" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** A column's type, the family it is of, and the value in it. */
    private record Type(String sql, Family family, String value) {

        static Type of(Family family, String sql) {
            return new Type(sql, family, family.value);
        }

        static Type other(String sql, String value) {
            return new Type(sql, Family.OTHER, value);
        }
    }

    private static final List<Type> POSTGRES = types(
            List.of("text", "varchar(60)", "varchar", "char(16)", "name", "label"),
            List.of("int2", "int4", "int8", "numeric(12,3)", "numeric", "float4", "float8", "age"),
            List.of("date", "timestamp", "timestamp(3)", "timestamptz"),
            Type.other("bool", "true"),
            Type.other("uuid", "'3f0c1b2a-0000-4000-8000-000000000001'"),
            Type.other("json", "'{\"a\": 1}'"),
            Type.other("jsonb", "'{\"a\": 1}'"),
            Type.other("xml", "'<a/>'"),
            Type.other("bytea", "'\\x0102'"),
            Type.other("int4[]", "'{1,2}'"),
            Type.other("text[]", "'{a,b}'"),
            Type.other("interval", "'1 day'"),
            Type.other("time", "'12:00'"),
            Type.other("timetz", "'12:00+00'"),
            Type.other("inet", "'10.0.0.1'"),
            Type.other("point", "'(1,2)'"),
            Type.other("bit(3)", "'101'"),
            Type.other("money", "1"),
            Type.other("oid", "7"),
            Type.other("int4range", "'[1,2)'"),
            Type.other("tsvector", "'a'"),
            Type.other("mood", "'good'"));

    private static final List<Type> MYSQL = types(
            List.of(
                    "char(40)",
                    "varchar(60)",
                    "tinytext",
                    "text",
                    "mediumtext",
                    "longtext",
                    "varchar(60) character set latin1"),
            List.of(
                    "tinyint",
                    "smallint",
                    "mediumint",
                    "int",
                    "bigint",
                    "tinyint unsigned",
                    "smallint unsigned",
                    "mediumint unsigned",
                    "int unsigned",
                    "bigint unsigned",
                    "decimal(12,3)",
                    "float",
                    "double"),
            List.of("date", "datetime", "datetime(3)", "timestamp"),
            Type.other("time", "'12:00:00'"),
            Type.other("year", "2026"),
            Type.other("bit(3)", "b'101'"),
            Type.other("binary(2)", "'ab'"),
            Type.other("varbinary(9)", "'ab'"),
            Type.other("blob", "'ab'"),
            Type.other("enum('good','bad')", "'good'"),
            Type.other("set('good','bad')", "'good,bad'"),
            Type.other("geometry", "point(1, 2)"));

    private static List<Type> types(List<String> texts, List<String> numbers, List<String> dates, Type... others) {
        List<Type> types = new ArrayList<>();
        texts.forEach(sql -> types.add(Type.of(Family.TEXT, sql)));
        numbers.forEach(sql -> types.add(Type.of(Family.NUMBER, sql)));
        dates.forEach(sql -> types.add(Type.of(Family.DATE, sql)));
        types.addAll(List.of(others));
        return types;
    }

    private static String policy() {
        StringBuilder policy = new StringBuilder(TestGateway.EVERYTHING).append("masks:\n");
        for (Masked mask : Masked.values()) {
            policy.append("  - { id: %s, columns: [\"*.*.%s.c*\"], with: { %s } }%n"
                    .formatted(mask.table().replace('_', '-'), mask.table(), mask.with));
        }
        return policy.toString();
    }

    private static void fill(Connection connection, List<Type> types, String allNull) throws SQLException {
        StringBuilder columns = new StringBuilder("(id int primary key");
        StringBuilder values = new StringBuilder("(1");
        for (int i = 0; i < types.size(); i++) {
            columns.append(", c")
                    .append(i)
                    .append(' ')
                    .append(types.get(i).sql())
                    .append(allNull);
            values.append(", ").append(types.get(i).value());
        }
        try (Statement statement = connection.createStatement()) {
            for (Masked mask : Masked.values()) {
                statement.execute("create table " + mask.table() + columns + ")");
                statement.execute("insert into " + mask.table() + " values " + values + ")");
                statement.execute("insert into " + mask.table() + " (id) values (2)");
            }
        }
    }

    /** What a driver makes of one value. */
    private record Cell(@Nullable Object object, @Nullable String text, boolean wasNull, String declared) {}

    private static List<List<Cell>> read(Connection connection, String sql, boolean binary) throws SQLException {
        if (!binary) {
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

    private static List<List<Cell>> read(ResultSet rows) throws SQLException {
        List<List<Cell>> read = new ArrayList<>();
        while (rows.next()) {
            List<Cell> cells = new ArrayList<>();
            for (int i = 2; i <= rows.getMetaData().getColumnCount(); i++) {
                Object object = rows.getObject(i);
                boolean wasNull = rows.wasNull();
                cells.add(new Cell(
                        object, rows.getString(i), wasNull, rows.getMetaData().getColumnClassName(i)));
            }
            read.add(cells);
        }
        return read;
    }

    /**
     * What a check with the server at hand says of each mask and type.
     *
     * @param schema of the tables; others may be there too
     */
    private static void checked(Path folder, List<Type> types, String schema) {
        Parts.Report report = new Product(Map.of()).check(folder.resolve("gatehouse.yaml"), false, true);
        assertThat(report.valid()).isFalse();
        List<String> told = report.text().lines().toList();
        for (Masked mask : Masked.values()) {
            for (int i = 0; i < types.size(); i++) {
                boolean fits =
                        mask == Masked.SET_NULL || mask.accepted == types.get(i).family();
                String start = "  error E240 policy.d/test.yaml:" + lineOf(mask) + "  upstream shop: mask `"
                        + mask.table().replace('_', '-') + "` knows nothing of ";
                String column = ", the type of " + schema + "." + mask.table() + ".c" + i + ": ";
                assertThat(told.stream().anyMatch(line -> line.startsWith(start) && line.contains(column)))
                        .as("%s of %s", mask, types.get(i).sql())
                        .isEqualTo(!fits);
            }
        }
    }

    private static long lineOf(Masked mask) {
        return policy().lines().takeWhile(line -> !line.contains(mask.table())).count() + 1;
    }

    private static void explained(Connection through, List<Type> types) throws SQLException {
        for (Masked mask : Masked.values()) {
            try (Statement statement = through.createStatement();
                    ResultSet rows = statement.executeQuery("explain policy select * from " + mask.table())) {
                List<String> columns = new ArrayList<>();
                while (rows.next()) {
                    if (rows.getString(1).startsWith("column ")) {
                        columns.add(rows.getString(1));
                    }
                }
                String id = mask.table().replace('_', '-');
                for (int i = 0; i < types.size(); i++) {
                    boolean fits = mask == Masked.SET_NULL
                            || mask.accepted == types.get(i).family();
                    assertThat(columns.get(i + 1))
                            .as("%s of %s", mask, types.get(i).sql())
                            .contains(fits ? "  masked: " + id : "  shown as NULL: mask " + id + " knows nothing of ");
                }
            }
        }
    }

    private static void compare(Connection direct, Connection through, List<Type> types, boolean binary)
            throws SQLException {
        for (Masked mask : Masked.values()) {
            String sql = "select * from " + mask.table() + " order by id";
            List<List<Cell>> plain = read(direct, sql, binary);
            List<List<Cell>> masked = read(through, sql, binary);
            assertThat(masked).hasSize(2);
            for (int i = 0; i < types.size(); i++) {
                Type type = types.get(i);
                String about = "%s of %s, binary: %s".formatted(mask, type.sql(), binary);
                Cell value = plain.get(0).get(i);
                Cell shown = masked.get(0).get(i);
                assertThat(shown.declared()).as(about).isEqualTo(value.declared());
                boolean accepted = mask.accepted == type.family() && mask.accepted != Family.OTHER;
                assertThat(shown.wasNull()).as(about).isEqualTo(!accepted);
                if (accepted) {
                    Object object = Objects.requireNonNull(shown.object());
                    assertThat(object.getClass())
                            .as(about)
                            .isEqualTo(Objects.requireNonNull(value.object()).getClass());
                    String text = Objects.requireNonNull(shown.text());
                    assertThat(mask.holds.test(Objects.requireNonNull(value.text()), text))
                            .as("%s: %s of %s", about, text, value.text())
                            .isTrue();
                } else {
                    assertThat(shown.object()).as(about).isNull();
                    assertThat(shown.text()).as(about).isNull();
                }
                assertThat(masked.get(1).get(i).wasNull()).as(about).isTrue();
                assertThat(masked.get(1).get(i).object()).as(about).isNull();
            }
        }
    }

    @Test
    void pgjdbcReadsEachType(@TempDir Path folder) throws Exception {
        String database = RealPostgres.shared().createDatabase();
        try (TestGateway gateway = TestGateway.ruledBy(policy(), folder, database);
                Connection direct = gateway.direct()) {
            direct.createStatement()
                    .execute("create domain label as text; create domain age as int4;"
                            + " create type mood as enum ('good', 'bad'); set time zone 'UTC'");
            fill(direct, POSTGRES, "");
            for (String mode : List.of("simple", "extended")) {
                try (Connection through = gateway.connect(
                        "erik", "preferQueryMode", mode, "prepareThreshold", "-1", "options", "-c TimeZone=UTC")) {
                    compare(direct, through, POSTGRES, mode.equals("extended"));
                    explained(through, POSTGRES);
                }
            }
            checked(folder, POSTGRES, "public");
        }
    }

    @ParameterizedTest
    @CsvSource({"MARIADB, jdbc:mysql:", "MARIADB, jdbc:mariadb:", "MYSQL, jdbc:mysql:", "MYSQL, jdbc:mariadb:"})
    void bothConnectorsReadEachType(MySqlProductUnderTest product, String driver, @TempDir Path folder)
            throws Exception {
        MySqlServer server = product.server();
        try (MySqlGateway gateway = MySqlGateway.start(server, folder, policy())) {
            try (Connection direct = gateway.direct()) {
                fill(direct, MYSQL, " null");
            }
            for (boolean binary : new boolean[] {false, true}) {
                String plain = server.host() + ":" + server.port();
                try (Connection direct =
                                open(driver + "//" + plain, gateway, server.username(), server.password(), binary);
                        Connection through = open(
                                driver + "//127.0.0.1:" + gateway.port(),
                                gateway,
                                "erik",
                                TestGateway.PASSWORD,
                                binary)) {
                    compare(direct, through, MYSQL, binary);
                    explained(through, MYSQL);
                }
            }
            checked(folder, MYSQL, gateway.database());
        }
    }

    private static Connection open(String server, MySqlGateway gateway, String user, String password, boolean binary)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslMode", server.contains("mariadb") ? "disable" : "DISABLED");
        properties.setProperty("allowPublicKeyRetrieval", "true");
        properties.setProperty("useServerPrepStmts", String.valueOf(binary));
        return DriverManager.getConnection(server + "/" + gateway.database(), properties);
    }
}
