package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.MySqlServer;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that does not read holds up its own server, and takes no more of the gateway's memory than any other. */
@Timeout(180)
final class SlowReadersTest {

    /** Far above what sockets and buffers take, and far below what is on its way. */
    private static final long MUCH = 96L << 20;

    private static final int LOOKS = 100;

    /** A command that is refused without looking at its text. */
    private static final int DEBUG = 0x0d;

    @TempDir
    private Path folder;

    private final long before = memory();

    private static long memory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    private static int count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void waitFor(Connection connection, String sql, int expected) throws Exception {
        while (count(connection, sql) != expected) {
            Thread.sleep(20);
        }
    }

    private void memoryStaysFlat() throws InterruptedException {
        for (int i = 0; i < LOOKS; i++) {
            assertThat(memory() - before).isLessThan(MUCH);
            Thread.sleep(10);
        }
    }

    private static void waitUntilAllAreGone(Gateway gateway) throws InterruptedException {
        while (gateway.sessions() > 0) {
            Thread.sleep(20);
        }
    }

    private static RawClient login(TestGateway gateway, String user) throws IOException {
        RawClient client = new RawClient(gateway.port()).startup(0, "user", user, "database", "shop");
        assertThat(RawClient.isLetIn(client.prove(TestGateway.PASSWORD))).isTrue();
        return client;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "erik; select repeat('x', 1000) from generate_series(1, 100000000)",
                "maya; select email from customers cross join generate_series(1, 100000000)"
            })
    void aPostgresResultOfManyGigabytesWaitsOnItsServer(String user, String sql) throws Exception {
        String mine = "select count(*) from pg_stat_activity where query like '%generate_series%'"
                + " and pid <> pg_backend_pid()";
        try (TestGateway gateway = TestGateway.start(folder);
                Connection watch = gateway.direct()) {
            try (RawClient client = login(gateway, user)) {
                client.query(sql);
                assertThat(client.read().tag()).isEqualTo('T');
                waitFor(watch, mine + " and wait_event = 'ClientWrite'", 1);
                memoryStaysFlat();
                assertThat(gateway.gateway().sessions()).isEqualTo(1);
            }
            waitFor(watch, mine, 0);
            waitUntilAllAreGone(gateway.gateway());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMySqlResultOfManyGigabytesWaitsOnItsServer(MySqlProductUnderTest product) throws Exception {
        String mine = "select count(*) from information_schema.processlist where info like '%c.email%'"
                + " and id <> connection_id()";
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder);
                Connection watch = gateway.direct()) {
            for (String user : new String[] {"erik", "maya"}) {
                try (MySqlWireClient client = MySqlWireClient.to(through(gateway, user), gateway.database(), 0)) {
                    client.command(
                            MySqlWireClient.QUERY, text("select c.email, b.* from orders a, orders b, customers c"));
                    client.receive();
                    memoryStaysFlat();
                    assertThat(count(watch, mine)).isEqualTo(1);
                }
                waitFor(watch, mine, 0);
                waitUntilAllAreGone(gateway.gateway());
            }
        }
    }

    private static ByteBuffer text(String sql) {
        ByteBuffer text = MySqlWireClient.buffer(sql.length());
        return text.put(MySqlWireClient.bytes(sql));
    }

    private static MySqlServer through(MySqlGateway gateway, String user) {
        return new MySqlServer() {
            @Override
            public String host() {
                return "127.0.0.1";
            }

            @Override
            public int port() {
                return gateway.port();
            }

            @Override
            public String username() {
                return user;
            }

            @Override
            public String password() {
                return TestGateway.PASSWORD;
            }
        };
    }

    /** Sends the same bytes again and again, until nobody takes them any more. */
    private long sendUntilNobodyReads(Socket socket, byte[] bytes) throws Exception {
        Thread main = Thread.currentThread();
        long[] sent = new long[1];
        Thread sender = new Thread(() -> {
            try {
                while (sent[0] < 16 * MUCH) {
                    socket.getOutputStream().write(bytes);
                    sent[0] += bytes.length;
                }
                main.interrupt();
            } catch (IOException e) {
                assertThat(e).isNotNull(); // The test is over.
            }
        });
        sender.setDaemon(true);
        sender.start();
        int same = 0;
        for (long last = -1; same < LOOKS; ) {
            assertThat(memory() - before).isLessThan(MUCH);
            same = sent[0] == last ? same + 1 : 0;
            last = sent[0];
            Thread.sleep(10);
        }
        return sent[0];
    }

    @ParameterizedTest
    @ValueSource(strings = {"select repeat('x', 10000)", "select 1", "delete from orders"})
    void aPostgresClientThatOnlySendsIsNotReadForEver(String sql) throws Exception {
        try (TestGateway gateway = TestGateway.start(folder)) {
            try (RawClient client = login(gateway, "erik")) {
                client.query(sql).readUntil('Z'); // Its meaning is known from now on.
                ByteArrayOutputStream queries = new ByteArrayOutputStream();
                byte[] text = (sql + "\0").getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < 100; i++) {
                    queries.write('Q');
                    queries.write(ByteBuffer.allocate(4).putInt(4 + text.length).array());
                    queries.write(text);
                }
                assertThat(sendUntilNobodyReads(client.socket(), queries.toByteArray()))
                        .isLessThan(MUCH);
            }
            waitUntilAllAreGone(gateway.gateway());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"select repeat('x', 10000)", "select 1", "delete from orders", "\n"})
    void aMySqlClientThatOnlySendsIsNotReadForEver(String sql) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(MySqlProductUnderTest.MARIADB.server(), folder)) {
            try (MySqlWireClient client = MySqlWireClient.to(through(gateway, "erik"), gateway.database(), 0)) {
                client.command(sql.equals("\n") ? DEBUG : MySqlWireClient.QUERY, text(sql));
                client.result();
                ByteArrayOutputStream commands = new ByteArrayOutputStream();
                for (int i = 0; i < 100; i++) {
                    commands.write(new byte[] {(byte) (sql.length() + 1), 0, 0, 0});
                    commands.write(sql.equals("\n") ? DEBUG : MySqlWireClient.QUERY);
                    commands.write(sql.getBytes(StandardCharsets.US_ASCII));
                }
                assertThat(sendUntilNobodyReads(client.socket(), commands.toByteArray()))
                        .isLessThan(MUCH);
            }
            waitUntilAllAreGone(gateway.gateway());
        }
    }
}
