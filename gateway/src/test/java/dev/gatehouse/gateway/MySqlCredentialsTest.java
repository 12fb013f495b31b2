package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.MySqlServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the gateway's own logins prove themselves with stays behind it, whoever asks, and whatever is allowed to them. */
final class MySqlCredentialsTest {

    /** What only proofs hold: of {@code mysql_native_password} the digest's first letters, of others the plugin's mark. */
    private static final String PROOF = "(?s).*(\\*[0-9A-F]{40}|\\$A\\$0|0x24412430).*";

    /** The last rule has the gateway wait until it knows the server's tables. */
    private static final String POLICY = TestGateway.EVERYTHING
            + "  - { id: named, statement: { reads: { tables: [\"*.*.nowhere\"] } }, then: { block: {} } }\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void theServersGrantsAreToldWithoutThem(MySqlProductUnderTest product) throws Exception {
        MySqlServer server = product.server();
        boolean mariaDb = product == MySqlProductUnderTest.MARIADB;
        try (MySqlGateway gateway = MySqlGateway.start(server, folder, TestGateway.EVERYTHING)) {
            String user = "u" + Long.toString(System.nanoTime(), 36);
            String told = mariaDb ? "show create user " + user : "show grants";
            prepare(server, gateway.database(), user, told);
            gateway.connect("erik").close();
            try (MySqlTalk direct = talk(server, gateway);
                    MySqlTalk through = new MySqlTalk(
                            "127.0.0.1", gateway.port(), "erik", TestGateway.PASSWORD, gateway.database())) {
                String account = "'" + user + "'@'%'";
                assertThat(said(direct, "show create user " + account, false)).matches(PROOF);
                for (boolean prepared : new boolean[] {false, true}) {
                    for (String asked : new String[] {
                        "show create user " + account,
                        "show grants for " + account,
                        "show grants",
                        "show create user current_user()",
                        "execute p",
                        "call told()",
                        mariaDb ? "execute immediate 'show create user " + user + "'" : "show grants",
                        mariaDb ? "begin not atomic show create user " + user + "; end" : "show grants",
                        mariaDb ? "set statement max_statement_time = 9 for show create user " + user : "show grants",
                    }) {
                        said(through, "prepare p from 'show create user " + user + "'", false);
                        assertThat(said(through, asked, prepared)).as(asked).doesNotMatch(PROOF);
                    }
                }
                assertThat(said(through, "show create user " + account, false))
                        .contains(user)
                        .contains("'<secret>'");
                said(through, "set character_set_results = utf16", false);
                assertThat(said(through, "show create user " + account, false).replace("\0", ""))
                        .doesNotMatch(PROOF);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void theServersTablesTellNobodyOfThem(MySqlProductUnderTest product) throws Exception {
        MySqlServer server = product.server();
        try (MySqlGateway gateway = MySqlGateway.start(server, folder, POLICY)) {
            gateway.connect("erik").close();
            try (MySqlTalk through =
                    new MySqlTalk("127.0.0.1", gateway.port(), "erik", TestGateway.PASSWORD, gateway.database())) {
                Twins.Heard names = through.say("select user, host from mysql.user", false);
                assertThat(names.refused()).as(names.bytes()).isFalse();
                for (String asked : new String[] {
                    "select * from mysql.user",
                    "select authentication_string from mysql.user",
                    "select lower(Authentication_String) from mysql.user",
                    "select user from mysql.user where authentication_string like '*%'",
                    "select count(*) from mysql.user order by authentication_string",
                    "create table gone as select * from mysql.user",
                    product == MySqlProductUnderTest.MARIADB
                            ? "select json_value(priv, '$.authentication_string') from mysql.global_priv"
                            : "select Password from mysql.password_history",
                }) {
                    assertThat(through.say(asked, false).refused()).as(asked).isTrue();
                }
            }
        }
    }

    private static void prepare(MySqlServer server, String database, String user, String told) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("create user " + user + " identified by 'a long secret'");
            statement.execute("create procedure told() " + told);
        }
    }

    private static MySqlTalk talk(MySqlServer server, MySqlGateway gateway) throws IOException {
        return new MySqlTalk(server.host(), server.port(), server.username(), server.password(), gateway.database());
    }

    private static String said(MySqlTalk talk, String sql, boolean prepared) throws IOException {
        return talk.say(sql, prepared).bytes();
    }
}
