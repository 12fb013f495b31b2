package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.testing.MortalMySql;
import dev.gatehouse.testing.MySqlServer;
import dev.gatehouse.testing.RealMariaDb;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A MariaDB or MySQL that dies, stands still or ends a connection by itself takes its own sessions along as it would without a
 * gateway, and nothing else.
 */
@Timeout(180)
final class MySqlFallenServersTest {

    private static final int LONG_VALUE = 900_000;
    private static final int EOF_BYTES = 5;
    private static final String HARD_WORK =
            "select count(*) from orders a, orders b, orders c where a.total + b.total" + " + c.total < 0";
    private static final String LONG_ROWS =
            "select c.email, repeat('x', " + LONG_VALUE + ") from customers c, orders o";

    /** A server of each product, and a gateway that has it as its first upstream, and another server as its second. */
    private enum Product {
        MARIADB,
        MYSQL;

        private MortalMySql start() throws IOException, SQLException {
            return this == MARIADB ? MortalMySql.mariaDb() : MortalMySql.mySql();
        }
    }

    private record Pair(MortalMySql server, MySqlGateway gateway) {}

    @TempDir
    private static Path folder;

    private static final Map<Product, Pair> PAIRS = new EnumMap<>(Product.class);

    private static Pair pair(Product product) throws Exception {
        Pair made = PAIRS.get(product);
        if (made == null) {
            MySqlServer other = RealMariaDb.shared();
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
            MortalMySql server = product.start();
            made = new Pair(server, MySqlGateway.start(server, folder.resolve(product.name()), policy, second));
            PAIRS.put(product, made);
        }
        made.server.raise();
        return made;
    }

    @AfterAll
    static void everySessionHasAnEndInTheJournal() {
        for (Pair pair : PAIRS.values()) {
            pair.gateway.close();
            pair.server.close();
            Draining.checkThatAllHaveEnded(pair.gateway.journal(), 5);
        }
    }

    private static MySqlWireClient through(Pair pair, String user) throws Exception {
        return MySqlWireClient.through(pair.gateway, user + "#shop", 0);
    }

    private static MySqlWireClient bystander(Pair pair) throws Exception {
        pair.gateway.connect("erik#shop").close();
        return MySqlWireClient.to("127.0.0.1", pair.gateway.port(), "erik#other", TestGateway.PASSWORD, "mysql", 0);
    }

    private static MySqlWireClient direct(Pair pair) throws Exception {
        return MySqlWireClient.to(pair.server, pair.gateway.database(), 0);
    }

    /** Reads what is left of a result, which ends in the middle of a row at last. */
    private static void checkRows(MySqlWireClient client, String email, boolean binary) throws IOException {
        int number = client.received();
        ByteBuffer rest = ByteBuffer.wrap(client.end().getBytes(StandardCharsets.ISO_8859_1));
        while (rest.remaining() > LONG_VALUE + 100) {
            number = (number + 1) & 0xff;
            int length = (rest.get() & 0xff) | (rest.get() & 0xff) << 8 | (rest.get() & 0xff) << 16;
            assertThat(rest.get()).isEqualTo((byte) number);
            byte[] row = new byte[length];
            rest.get(row);
            assertThat(new String(row, binary ? 2 : 0, 30, StandardCharsets.US_ASCII))
                    .matches("(?s)." + email + ".*");
        }
        assertThat(rest.remaining()).isLessThanOrEqualTo(LONG_VALUE + 60);
    }

    private static void fallInTheMiddle(Product product, String user, String email, boolean prepared) throws Exception {
        Pair pair = pair(product);
        try (MySqlWireClient bystander = bystander(pair);
                MySqlWireClient client = through(pair, user)) {
            if (prepared) {
                ByteBuffer execute = MySqlWireClient.buffer(16);
                execute.putInt(client.prepare(LONG_ROWS)).put((byte) 0).putInt(1);
                client.command(MySqlWireClient.EXECUTE, execute);
            } else {
                client.begin(LONG_ROWS);
            }
            int headAndOneRow = 5;
            for (int i = 0; i < headAndOneRow; i++) {
                client.receive();
            }
            pair.server.signal("KILL");
            checkRows(client, email, prepared);
            assertThat(bystander.run("select 1")).isEqualTo("1");
            assertThatThrownBy(() -> pair.gateway.connect("erik#shop").close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("cannot be reached");
            pair.server.startAgain();
            try (MySqlWireClient later = through(pair, user)) {
                assertThat(later.run("select email from customers where id = 1"))
                        .matches(email);
            }
            assertThat(bystander.run("select 1")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingFollowsTheRowThatAServerDiedIn(Product product) throws Exception {
        fallInTheMiddle(product, "erik", "user\\d+@acme.test", false);
    }

    @ParameterizedTest
    @EnumSource
    void noRowIsUnmaskedSinceTheServerDied(Product product) throws Exception {
        fallInTheMiddle(product, "maya", "u\\*+@acme.test", true);
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsForAPersonIsWithdrawnWithItsServer(Product product) throws Exception {
        Pair pair = pair(product);
        try (MySqlWireClient client = through(pair, "maya")) {
            client.begin("update orders set status = 'fallen' where id = 1");
            Ticket.Pending pending = held(pair, "'fallen'");
            pair.server.signal("KILL");
            assertThat(client.end()).isEmpty();
            assertThat(settled(pair, pending)).isInstanceOf(Ticket.Withdrawn.class);
            pair.server.startAgain();
        }
    }

    private static Ticket settled(Pair pair, Ticket.Pending pending) throws InterruptedException {
        return Settled.ticket(
                pair.gateway.gateway().approvals(), pending.request().id());
    }

    private static Ticket.Pending held(Pair pair, String text) throws InterruptedException {
        while (true) {
            Ticket last = pair.gateway.gateway().approvals().lastPending().orElse(null);
            if (last instanceof Ticket.Pending pending
                    && pending.request().sql().contains(text)) {
                return pending;
            }
            Thread.sleep(10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsIdleForTooLongEndsAsItWouldByItself(Product product) throws Exception {
        Pair pair = pair(product);
        try (MySqlWireClient direct = direct(pair);
                MySqlWireClient through = through(pair, "erik")) {
            direct.run("set wait_timeout = 1");
            through.run("set wait_timeout = 1");
            String said = direct.end();
            assertThat(said.isEmpty()).isEqualTo(product == Product.MARIADB);
            assertThat(through.end()).isEqualTo(said);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsIdleWhileAPersonThinksAnswersWithTheServersOwnError(Product product) throws Exception {
        Pair pair = pair(product);
        try (MySqlWireClient client = through(pair, "maya")) {
            client.run("set wait_timeout = 1");
            client.begin("update orders set status = 'slow' where id = 1");
            Ticket.Pending pending = held(pair, "'slow'");
            if (product == Product.MYSQL) {
                assertThat(MySqlWireClient.error(client.receive())).startsWith("4031 ");
                assertThat(client.received()).isEqualTo(1);
            }
            assertThat(client.end()).isEmpty();
            assertThat(settled(pair, pending)).isInstanceOf(Ticket.Withdrawn.class);
        }
    }

    /** Outside of a transaction the server hears something every 2 s. */
    @ParameterizedTest
    @EnumSource
    void aStatementWaitsForAPersonLongerThanTheServerForACommand(Product product) throws Exception {
        Pair pair = pair(product);
        try (MySqlWireClient client = through(pair, "maya")) {
            client.run("set wait_timeout = 5");
            client.begin("update orders set status = 'patient' where id = 1");
            Ticket.Pending pending = held(pair, "'patient'");
            Thread.sleep(8_000);
            Approvals desk = pair.gateway.gateway().approvals();
            desk.approve(
                    pending.request().id(),
                    Optional.of(pending.request().code()),
                    new Reviewer("lead", Set.of("leads"), false, "test"),
                    "");
            assertThat(client.receive().get(0)).isZero();
            assertThat(client.run("select 7")).isEqualTo("7");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatStandsStillKeepsNobodyElse(Product product) throws Exception {
        Pair pair = pair(product);
        try (MySqlWireClient client = through(pair, "erik")) {
            client.begin(HARD_WORK);
            pair.server.signal("STOP");
            try (MySqlWireClient other = MySqlWireClient.to(
                    "127.0.0.1", pair.gateway.port(), "erik#other", TestGateway.PASSWORD, "mysql", 0)) {
                assertThat(other.run("select 1")).isEqualTo("1");
            }
            pair.server.signal("KILL");
            assertThat(client.end()).isEmpty();
            pair.server.startAgain();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsKilledEndsAsItWouldByItself(Product product) throws Exception {
        Pair pair = pair(product);
        try (MySqlWireClient direct = direct(pair);
                MySqlWireClient through = through(pair, "erik");
                MySqlWireClient idle = through(pair, "erik");
                Connection administrator = pair.gateway.direct();
                Statement kill = administrator.createStatement()) {
            String number = through.run("select connection_id()");
            String itsIdle = idle.run("select connection_id()");
            direct.begin("select /* direct */ " + HARD_WORK.substring(7));
            through.begin(HARD_WORK);
            kill.execute("kill " + number);
            kill.execute("kill " + itsIdle);
            kill.execute("kill " + direct(kill));
            assertThat(through.end()).isEqualTo(direct.end());
            assertThat(idle.end()).isEmpty();
        }
    }

    private static String direct(Statement statement) throws Exception {
        while (true) {
            var found = MySqlStatementsTest.column(
                    statement, "select id from information_schema.processlist where info like 'select /* direct */%'");
            if (!found.isEmpty()) {
                return found.get(0);
            }
            Thread.sleep(10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheServerSaysAsItShutsDownIsPassedOn(Product product) throws Exception {
        Pair pair = pair(product);
        try (MySqlWireClient direct = direct(pair);
                MySqlWireClient through = through(pair, "erik");
                MySqlWireClient idle = through(pair, "erik")) {
            direct.begin("select /* direct */ " + HARD_WORK.substring(7));
            through.begin(HARD_WORK);
            try (Connection administrator = pair.gateway.direct();
                    Statement look = administrator.createStatement()) {
                direct(look);
            }
            pair.server.signal("TERM");
            String said = direct.end();
            assertThat(through.end()).isEqualTo(said);
            assertThat(said.length() > EOF_BYTES).isEqualTo(product == Product.MYSQL);
            assertThat(idle.end()).isEmpty();
            pair.server.startAgain();
        }
    }
}
