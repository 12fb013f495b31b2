package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.testing.RealPostgres;
import java.nio.file.Path;
import java.sql.Connection;
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

/** What gives itself away is masked in columns that nobody classified, and everything else arrives untouched. */
final class DetectedValuesTest {

    private static final String CLASSES = """
            classify:
              - { tag: pci.pan, columns: ["*.*.cards.number"], detect: card_number }
              - { tag: pii.email, columns: ["*.*.cards.owner"], detect: email }
              - { tag: secret, columns: ["*.*.cards.secret"], detect: private_key }
            masks:
              - { id: card, tags: [pci.pan], with: { card_last4: {} } }
              - { id: email, tags: [pii.email], with: { email: { keep: domain } } }
              - { id: secret, tags: [secret], with: { set_null: {} } }
            """;

    private static final String POLICY = TestGateway.EVERYTHING + CLASSES;

    private static final String KEY = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n";

    private static List<String> rows(Connection connection, String sql, boolean prepared) throws SQLException {
        List<String> lines = new ArrayList<>();
        if (prepared) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int run = 0; run < 3; run++) {
                    lines.clear();
                    add(lines, statement.executeQuery());
                }
            }
        } else {
            try (Statement statement = connection.createStatement()) {
                add(lines, statement.executeQuery(sql));
            }
        }
        return lines;
    }

    private static void add(List<String> lines, ResultSet rows) throws SQLException {
        try (rows) {
            while (rows.next()) {
                StringBuilder line = new StringBuilder();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    line.append(i > 1 ? "|" : "").append(rows.getString(i));
                }
                lines.add(line.toString());
            }
        }
    }

    private static String database() throws SQLException {
        String database = RealPostgres.shared().createDatabase();
        try (Connection connection = RealPostgres.shared().connect(database);
                PreparedStatement key =
                        connection.prepareStatement("insert into tickets values (3, ?, '{}', 0, null)")) {
            connection.createStatement().execute("""
                    create table tickets (id int primary key, note text, extra jsonb, amount bigint, raw bytea);
                    insert into tickets values
                        (1, 'paid with 4111 1111 1111 1111 by bob@acme.test',
                            '{"pan": 4111111111111111, "by": ["bob@acme.test"]}', 4111111111111111, '4111111111111111'),
                        (2, 'nothing here', '{"n": 1}', 2, null);
                    create table cards (number text, owner text, secret text);
                    insert into cards values ('5500000000000004', 'eve@acme.test', 's')
                    """);
            key.setString(1, KEY);
            key.execute();
        }
        return database;
    }

    @Test
    void postgresTextsAreLookedThroughInEveryForm(@TempDir Path folder) throws Exception {
        String database = database();
        try (TestGateway gateway = TestGateway.ruledBy(POLICY, folder, database)) {
            for (boolean prepared : new boolean[] {false, true}) {
                try (Connection through = gateway.connect(
                                "erik", "prepareThreshold", "-1", "preferQueryMode", prepared ? "extended" : "simple");
                        Connection direct = gateway.direct()) {
                    assertThat(rows(through, "select id, note, extra, amount from tickets order by id", prepared))
                            .containsExactly(
                                    "1|paid with ••••••••••••1111 by b***@acme.test|"
                                            + "{\"by\": [\"b***@acme.test\"], \"pan\": \"••••••••••••1111\"}|4111111111111111",
                                    "2|nothing here|{\"n\": 1}|2",
                                    "3|null|{}|0");
                    assertThat(rows(
                                    through,
                                    "select upper(note), note || '!', extra->>'pan', to_json(note),"
                                            + " xmlelement(name n, note)::text from tickets where id = 1",
                                    prepared))
                            .containsExactly("PAID WITH ••••••••••••1111 BY B***@ACME.TEST|"
                                    + "paid with ••••••••••••1111 by b***@acme.test!|••••••••••••1111|"
                                    + "\"paid with ••••••••••••1111 by b***@acme.test\"|"
                                    + "<n>paid with ••••••••••••1111 by b***@acme.test</n>");
                    String arrays = "select array[note, null, 'x'], array[[to_jsonb(note)]], array['a@b.co'::varchar],"
                            + " array[7, 8], '{}'::text[] from tickets where id = 1";
                    assertThat(rows(through, arrays, prepared).get(0).replaceAll("[\"\\\\]", ""))
                            .isEqualTo("{paid with ••••••••••••1111 by b***@acme.test,NULL,x}|"
                                    + "{{paid with ••••••••••••1111 by b***@acme.test}}|{***@b.co}|{7,8}|{}");
                    assertThat(rows(through, "select number, owner, secret from cards", prepared))
                            .containsExactly("••••••••••••0004|e***@acme.test|null");
                    String untouched =
                            "select id, amount, encode(raw, 'base64'), now() is null, 1.5::numeric from tickets order by id";
                    assertThat(rows(through, untouched, prepared)).isEqualTo(rows(direct, untouched, prepared));
                }
            }
            try (Connection through = gateway.connect("erik", "preferQueryMode", "simple")) {
                assertThat(rows(through, "select array[note], row(1, note) from tickets where id = 1", false))
                        .containsExactly("{\"paid with ••••••••••••1111 by b***@acme.test\"}|"
                                + "(1,\"paid with ••••••••••••1111 by b***@acme.test\")");
                SQLException copy = catchThrowableOfType(
                        SQLException.class, () -> through.createStatement().execute("copy tickets to stdout"));
                assertThat(copy.getSQLState()).isEqualTo("42501");
                assertThat(copy.getMessage()).contains("COPY is not searched").contains("Use SELECT");
            }
        }
    }

    /** A policy that looks for values and masks no column of this upstream asks no more of statements than before. */
    @Test
    void whereNothingIsMaskedByColumnStatementsAreAsFreeAsBefore(@TempDir Path folder) throws Exception {
        String policy = POLICY.replaceAll(" columns: \\[[^]]*],", "");
        try (TestGateway gateway = TestGateway.ruledBy(policy, folder, database());
                Connection through = gateway.connect("erik", "prepareThreshold", "-1")) {
            Statement statement = through.createStatement();
            statement.execute("do $$ begin create table made (note text); end $$");
            through.setAutoCommit(false);
            statement.execute("alter table made add more text");
            statement.execute("insert into made values ('4111111111111111', 'x')");
            assertThat(rows(through, "select * from made where note like '4111%' order by note", true))
                    .containsExactly("••••••••••••1111|x");
            through.commit();
            statement.execute("declare c cursor with hold for select note, count(*) from made group by note");
            assertThat(rows(through, "fetch all in c", false)).containsExactly("••••••••••••1111|1");
            through.commit();
            SQLException unread = catchThrowableOfType(
                    SQLException.class, () -> statement.execute("copy made to stdout with (nothing known)"));
            assertThat(unread.getSQLState()).isEqualTo("42501");
        }
    }

    @Test
    void aMaskThatKnowsNothingOfTextIsRefusedOnWhatIsDetected(@TempDir Path folder) {
        String policy = POLICY.replace("card_last4: {}", "bucket: { size: 10 }");
        assertThatThrownBy(() -> TestGateway.ruledBy(policy, folder, "nothing"))
                .hasMessageContaining("error E217 policy.d/test.yaml:15:5")
                .hasMessageContaining("\"pci.pan\" is detected in texts, of which this mask knows nothing");
    }

    @Test
    void longValuesAreLookedThroughToTheirEnd(@TempDir Path folder) throws Exception {
        try (TestGateway gateway = TestGateway.ruledBy(POLICY, folder, database());
                Connection through = gateway.connect("erik")) {
            String sql = "select repeat('4', 3000000) || ' ' || note || repeat(' bob@acme.test', 200000) from tickets"
                    + " where id = 1";
            String shown = rows(through, sql, true).get(0);
            assertThat(shown)
                    .startsWith("44444")
                    .contains("4 paid with ••••••••••••1111 by b***@acme.test b***@acme.test")
                    .endsWith(" b***@acme.test")
                    .doesNotContain("bob");
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void mysqlTextsAreLookedThroughInEveryForm(MySqlProductUnderTest product, @TempDir Path folder) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder, POLICY);
                Connection direct = gateway.direct();
                Statement statement = direct.createStatement()) {
            statement.execute("create table tickets (id int primary key, note text, old varchar(100) character set"
                    + " latin1, extra json, amount bigint, raw blob, kind enum('bob@acme.test', 'none'))");
            statement.execute("insert into tickets values (1, 'paid with 4111 1111 1111 1111 by bob@acme.test',"
                    + " 'bob@acme.test', '{\"pan\": 4111111111111111, \"by\": [\"bob@acme.test\"]}', 4111111111111111,"
                    + " '4111111111111111', 1), (2, 'nothing', 'nothing', '{\"n\": 1}', 2, null, 2)");
            statement.execute("create table cards (number text, owner text, secret text)");
            statement.execute("insert into cards values ('5500000000000004', 'eve@acme.test', 's')");
            for (boolean prepared : new boolean[] {false, true}) {
                try (Connection through = gateway.connect("erik", "useServerPrepStmts", Boolean.toString(prepared))) {
                    assertThat(rows(
                                    through,
                                    "select id, note, old, extra, amount, kind from tickets order by id",
                                    prepared))
                            .containsExactly(
                                    "1|paid with ••••••••••••1111 by b***@acme.test|b***@acme.test|"
                                            + (product == MySqlProductUnderTest.MARIADB
                                                    ? "{\"pan\": \"••••••••••••1111\", \"by\": [\"b***@acme.test\"]}"
                                                    : "{\"by\": [\"b***@acme.test\"], \"pan\": \"••••••••••••1111\"}")
                                            + "|4111111111111111|b***@acme.test",
                                    "2|nothing|nothing|{\"n\": 1}|2|none");
                    assertThat(rows(
                                    through,
                                    "select upper(note), concat(note, '!') from tickets where id = 1",
                                    prepared))
                            .containsExactly("PAID WITH ••••••••••••1111 BY B***@ACME.TEST|"
                                    + "paid with ••••••••••••1111 by b***@acme.test!");
                    assertThat(rows(through, "select * from cards", prepared))
                            .containsExactly("••••••••••••0004|e***@acme.test|null");
                    String untouched = "select id, amount, hex(raw), raw, 1.5 from tickets order by id";
                    assertThat(rows(through, untouched, prepared)).isEqualTo(rows(direct, untouched, prepared));
                }
            }
        }
    }
}
