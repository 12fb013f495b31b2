package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.MySqlServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What Connector/J reads of columns of every type under every mask, in text and in binary rows: the types stay those of the
 * server, text is as the mask writes it, and every other value is NULL.
 */
final class MySqlMasksOnServersTest {

    /** What a mask makes of the texts of {@link MySqlScripts#VALUES}, of which none is an address or a card's number. */
    @SuppressWarnings("ImmutableEnumChecker") // The functions are methods without a state.
    private enum Masked {
        SET_NULL("set_null: {}", text -> null),
        REDACT("redact: { text: gone }", text -> "gone"),
        PARTIAL("partial: { first: 1, last: 1 }", Masked::partial),
        EMAIL("email: { keep: domain }", text -> "***"),
        CARD("card_last4: {}", null),
        HASH("hash: { key: hashes, length: 16 }", null),
        TOKEN("tokenize: { key: hashes, prefix: tok_ }", null);

        private final String with;
        /** Null where it is enough that the text is another. */
        private final @Nullable UnaryOperator<@Nullable String> made;

        Masked(String with, @Nullable UnaryOperator<@Nullable String> made) {
            this.with = with;
            this.made = made;
        }

        private static String partial(String text) {
            int between = text.length() - 2;
            return text.charAt(0) + "*".repeat(between) + text.charAt(text.length() - 1);
        }

        String table() {
            return "of_" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final Set<String> TEXTS = Set.of("c", "v", "tt", "tx", "lt");

    @TempDir
    private Path folder;

    private static String policy() {
        StringBuilder policy = new StringBuilder(TestGateway.EVERYTHING).append("masks:\n");
        for (Masked mask : Masked.values()) {
            policy.append("  - { id: %s, columns: [\"*.*.%s.*\"], with: { %s } }%n"
                    .formatted(mask.table().replace('_', '-'), mask.table(), mask.with));
        }
        return policy.toString();
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void aMaskedColumnKeepsItsTypeAndShowsWhatItsMaskWrites(MySqlProductUnderTest product) throws Exception {
        MySqlServer server = product.server();
        try (MySqlGateway gateway = MySqlGateway.start(server, folder, policy())) {
            fill(server, gateway.database());
            for (boolean binary : new boolean[] {false, true}) {
                try (Connection direct = open(
                                server.host(), server.port(), gateway, server.username(), server.password(), binary);
                        Connection through =
                                open("127.0.0.1", gateway.port(), gateway, "erik", TestGateway.PASSWORD, binary)) {
                    Result plain = read(direct, "plain", binary);
                    assertThat(read(through, "plain", binary)).isEqualTo(plain);
                    for (Masked mask : Masked.values()) {
                        Result masked = read(through, mask.table(), binary);
                        assertThat(masked.types)
                                .as("%s, binary: %s", mask, binary)
                                .isEqualTo(roomy(plain.types));
                        check(product, mask, plain.values.get(0), masked.values.get(0), binary);
                        assertThat(masked.values.get(1).values()).containsOnlyNulls();
                    }
                }
            }
        }
    }

    /** A mask may write more than a TINYTEXT holds, and so the column is told as the next longer one. */
    private static List<String> roomy(List<String> types) {
        return types.stream()
                .map(type -> type.replace("TINYTEXT 12", "TEXT -1"))
                .toList();
    }

    private static void check(
            MySqlProductUnderTest product,
            Masked mask,
            Map<String, @Nullable String> plain,
            Map<String, @Nullable String> masked,
            boolean binary) {
        masked.forEach((column, shown) -> {
            String value = plain.get(column);
            String about = "%s of %s, binary: %s".formatted(mask, column, binary);
            // MariaDB's JSON is a text with a check.
            boolean json = column.equals("j") && product == MySqlProductUnderTest.MARIADB;
            if (!TEXTS.contains(column) && !json) {
                assertThat(shown).as(about).isNull();
            } else if (mask.made != null) {
                assertThat(shown).as(about).isEqualTo(mask.made.apply(value));
            } else {
                assertThat(shown).as(about).isNotNull().doesNotContain(String.valueOf(value));
            }
        });
    }

    private static void fill(MySqlServer server, String database) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>(List.of("plain"));
            for (Masked mask : Masked.values()) {
                tables.add(mask.table());
            }
            for (String table : tables) {
                statement.execute("create table " + table + " (" + MySqlScripts.TYPES + ") default charset utf8mb4");
                statement.execute("insert into " + table + " values (" + MySqlScripts.VALUES + ")");
                statement.execute("insert into " + table + " (i4) values (null)");
            }
        }
    }

    private static Connection open(
            String host, int port, MySqlGateway gateway, String user, String password, boolean binary)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslMode", "DISABLED");
        properties.setProperty("allowPublicKeyRetrieval", "true");
        properties.setProperty("useServerPrepStmts", String.valueOf(binary));
        return DriverManager.getConnection("jdbc:mysql://" + host + ":" + port + "/" + gateway.database(), properties);
    }

    /**
     * What was read.
     *
     * @param types of each column its name, SQL type and Java type
     * @param values of each row the values by the names of their columns, in hexadecimal where they are no text
     */
    private record Result(List<String> types, List<Map<String, @Nullable String>> values) {}

    private static Result read(Connection connection, String table, boolean binary) throws SQLException {
        String sql = "select * from " + table;
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

    private static Result read(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<String> types = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            types.add(columns.getColumnName(i) + " " + columns.getColumnTypeName(i) + " " + columns.getColumnType(i)
                    + " " + columns.getColumnClassName(i));
        }
        List<Map<String, @Nullable String>> values = new ArrayList<>();
        while (rows.next()) {
            Map<String, @Nullable String> row = new LinkedHashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.put(columns.getColumnName(i), rows.getString(i));
                rows.getBytes(i);
            }
            values.add(row);
        }
        return new Result(types, values);
    }
}
