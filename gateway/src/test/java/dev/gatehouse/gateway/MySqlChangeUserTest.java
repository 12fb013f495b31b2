package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.JdbcConnection;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.journal.JournalReader;
import dev.gatehouse.testing.MySqlServer;
import dev.gatehouse.testing.RealMariaDb;
import dev.gatehouse.testing.RealMySql;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that becomes somebody else on its connection, or has it made as new. */
final class MySqlChangeUserTest {

    private static final int MULTI_STATEMENTS = 0x10000;

    /** What a session leaves behind in the server, and what is asked afterwards. */
    private static final String[] TRACES = {
        "set @trace = 7",
        "set sql_mode = 'ANSI_QUOTES'",
        "set names latin1",
        "create temporary table traces (a int)",
        "prepare trace from 'select 1'",
        "begin",
        "insert into orders (id) values (9301)",
    };

    private static final String[] QUESTIONS = {
        "select @trace",
        "select \"a\"",
        "select @@character_set_results",
        "select count(*) from traces",
        "select count(*) from orders where id = 9301",
        "select database()",
        "select @@autocommit",
    };

    @TempDir
    private static Path folder;

    private static final Map<MySqlProductUnderTest, MySqlGateway> GATEWAYS = new EnumMap<>(MySqlProductUnderTest.class);

    private static synchronized MySqlGateway gateway(MySqlProductUnderTest product) throws Exception {
        MySqlGateway started = GATEWAYS.get(product);
        if (started == null) {
            started = MySqlGateway.start(product.server(), folder.resolve(product.name()));
            GATEWAYS.put(product, started);
        }
        return started;
    }

    @AfterAll
    static void stop() {
        GATEWAYS.values().forEach(MySqlGateway::close);
    }

    private static List<String> answers(MySqlWireClient client, String database) throws Exception {
        List<String> answers = new ArrayList<>();
        for (String question : QUESTIONS) {
            answers.add(client.run(question).replace(database, "the database"));
        }
        return answers;
    }

    private static void leaveTraces(MySqlWireClient client) throws Exception {
        for (String trace : TRACES) {
            assertThat(client.run(trace)).as(trace).endsWith(" changed");
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void nothingIsLeftOfWhatTheSessionWas(MySqlProductUnderTest product) throws Exception {
        MySqlGateway gateway = gateway(product);
        String database = gateway.database();
        List<String> direct;
        try (MySqlWireClient client = MySqlWireClient.to(product.server(), database, 0)) {
            int prepared = client.prepare("select 1");
            leaveTraces(client);
            ByteBuffer told = client.changeUser(
                    product.server().username(), product.server().password(), database);
            assertThat(told.get(0)).isZero();
            direct = answers(client, database);
            direct.add(executed(client, prepared));
        }
        try (MySqlWireClient client = MySqlWireClient.through(gateway, "erik", 0)) {
            int prepared = client.prepare("select 1");
            leaveTraces(client);
            assertThat(client.changeUser("erik", TestGateway.PASSWORD, database).get(0))
                    .isZero();
            List<String> through = answers(client, database);
            through.add(executed(client, prepared));
            assertThat(through).isEqualTo(direct);
        }
    }

    private static String executed(MySqlWireClient client, int statement) throws Exception {
        ByteBuffer payload = MySqlWireClient.buffer(16);
        payload.putInt(statement).put((byte) 0).putInt(1);
        client.command(MySqlWireClient.EXECUTE, payload);
        String error = MySqlWireClient.error(client.receive());
        return error.substring(0, error.indexOf('('));
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void aResetConnectionIsAsNew(MySqlProductUnderTest product) throws Exception {
        MySqlGateway gateway = gateway(product);
        String database = gateway.database();
        List<List<String>> both = new ArrayList<>();
        for (boolean through : new boolean[] {false, true}) {
            try (MySqlWireClient client = through
                    ? MySqlWireClient.through(gateway, "erik", 0)
                    : MySqlWireClient.to(product.server(), database, 0)) {
                int prepared = client.prepare("select 1");
                leaveTraces(client);
                client.command(MySqlWireClient.RESET_CONNECTION, MySqlWireClient.buffer(0));
                assertThat(client.receive().get(0)).isZero();
                List<String> answers = answers(client, database);
                answers.add(executed(client, prepared));
                both.add(answers);
            }
        }
        assertThat(both.get(1)).isEqualTo(both.get(0));
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void policyIsThatOfWhoTheClientIsNow(MySqlProductUnderTest product) throws Exception {
        MySqlGateway gateway = gateway(product);
        String ask = "select email from customers where id = 1";
        gateway.connect("maya").close();
        try (MySqlWireClient client = MySqlWireClient.through(gateway, "erik", 0)) {
            assertThat(client.run(ask)).isEqualTo("user1@acme.test");
            assertThat(client.changeUser("maya", TestGateway.PASSWORD, gateway.database())
                            .get(0))
                    .isZero();
            assertThat(client.run(ask)).endsWith("@acme.test").doesNotContain("user1");
            assertThat(client.run("insert into orders (id) values (1)")).startsWith("1227 ");
            assertThat(client.changeUser("erik", TestGateway.PASSWORD, gateway.database())
                            .get(0))
                    .isZero();
            assertThat(client.run(ask)).isEqualTo("user1@acme.test");
        }
        List<String> opened = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(gateway.journal())) {
            for (Iterator<Event.Entry> entries = reader.entries(); entries.hasNext(); ) {
                Event event = entries.next().event();
                if (event instanceof Event.Opened session) {
                    opened.add(session.user());
                } else if (event instanceof Event.Frames frames) {
                    assertThat(new String(frames.bytes(), StandardCharsets.ISO_8859_1))
                            .doesNotContain("\u0011maya\0", "\u0011erik\0");
                }
            }
        }
        assertThat(opened).containsSubsequence("erik", "maya", "erik");
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void whoCannotProveItIsToldAsAtALoginAndTheConnectionEnds(MySqlProductUnderTest product) throws Exception {
        MySqlGateway gateway = gateway(product);
        gateway.connect("maya").close();
        for (String user : new String[] {"maya", "nobody"}) {
            try (MySqlWireClient client = MySqlWireClient.through(gateway, "erik", 0)) {
                ByteBuffer told = client.changeUser(user, "wrong", gateway.database());
                // Neither is remembered with this password: the whole of it is asked for.
                assertThat(told.get(0)).isEqualTo((byte) 1);
                client.more(MySqlWireClient.bytes("x".repeat(256)));
                assertThat(MySqlWireClient.error(client.receive()))
                        .startsWith("1045 Access denied for user '" + user + "'");
                assertThat(client.isClosed()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void aDatabaseThatIsNotThereIsToldAsAtALogin(MySqlProductUnderTest product) throws Exception {
        try (MySqlWireClient client = MySqlWireClient.through(gateway(product), "erik", 0)) {
            assertThat(MySqlWireClient.error(client.changeUser("erik", TestGateway.PASSWORD, "nowhere")))
                    .startsWith("1049 ");
            assertThat(client.isClosed()).isTrue();
        }
    }

    /** A server would take what comes behind it for the proof. */
    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void nothingIsRunThatStandsBehindIt(MySqlProductUnderTest product) throws Exception {
        try (MySqlWireClient client = MySqlWireClient.through(gateway(product), "erik", MULTI_STATEMENTS)) {
            ByteBuffer wanted = MySqlWireClient.buffer(64);
            wanted.put(MySqlWireClient.bytes("erik"))
                    .put((byte) 0)
                    .put((byte) 0)
                    .put((byte) 0);
            ByteBuffer behind = MySqlWireClient.buffer(64);
            behind.put(MySqlWireClient.bytes("delete from orders where id = 5"));
            client.together(MySqlWireClient.CHANGE_USER, wanted, MySqlWireClient.QUERY, behind);
            assertThat(MySqlWireClient.error(client.receive())).startsWith("1835 ");
            assertThat(client.isClosed()).isTrue();
        }
        try (MySqlWireClient client = MySqlWireClient.through(gateway(product), "erik", 0)) {
            assertThat(client.run("select count(*) from orders where id = 5")).isEqualTo("1");
        }
    }

    @Test
    void aUserMayGoToAnotherServer() throws Exception {
        MySqlServer other = RealMySql.shared();
        String second = """
                  - name: other
                    protocol: mysql
                    address: "%s:%d"
                    databases: [mysql]
                    tls: { mode: disable }
                    logins:
                      - { name: rw, username: %s, password: "%s" }
                """.formatted(other.host(), other.port(), other.username(), other.password());
        String policy = TestGateway.POLICY.replace("upstreams: [shop]", "upstreams: [shop, other]");
        try (MySqlGateway gateway = MySqlGateway.start(RealMariaDb.shared(), folder.resolve("two"), policy, second);
                MySqlWireClient client = MySqlWireClient.through(gateway, "erik#shop", 0)) {
            assertThat(client.run("select version()")).contains("MariaDB");
            assertThat(client.changeUser("erik#other", TestGateway.PASSWORD, "mysql")
                            .get(0))
                    .isZero();
            assertThat(client.run("select version()")).doesNotContain("MariaDB");
            assertThat(client.run("select database()")).isEqualTo("mysql");
            assertThat(client.changeUser("erik#shop", TestGateway.PASSWORD, "").get(0))
                    .isZero();
            assertThat(client.run("select version()")).contains("MariaDB");
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void connectorJChangesItsUser(MySqlProductUnderTest product) throws Exception {
        MySqlGateway gateway = gateway(product);
        String url = "jdbc:mysql://127.0.0.1:" + gateway.port() + "/" + gateway.database()
                + "?allowPublicKeyRetrieval=true&sslMode=DISABLED";
        String ask = "select email from customers where id = 1";
        try (Connection connection = DriverManager.getConnection(url, "erik", TestGateway.PASSWORD);
                Statement statement = connection.createStatement()) {
            assertThat(MySqlStatementsTest.column(statement, ask)).containsExactly("user1@acme.test");
            connection.unwrap(JdbcConnection.class).changeUser("maya", TestGateway.PASSWORD);
            try (Statement now = connection.createStatement()) {
                assertThat(MySqlStatementsTest.column(now, ask).get(0)).doesNotContain("user1");
            }
            connection.unwrap(JdbcConnection.class).resetServerState();
            try (Statement now = connection.createStatement()) {
                assertThat(MySqlStatementsTest.column(now, ask).get(0)).doesNotContain("user1");
            }
            assertThatThrownBy(() -> connection.unwrap(JdbcConnection.class).changeUser("lead", "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Access denied for user 'lead'");
        }
    }
}
