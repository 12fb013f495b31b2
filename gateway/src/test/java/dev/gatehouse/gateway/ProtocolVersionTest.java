package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.RawClient.Message;
import dev.gatehouse.testing.RealPostgres;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients get that ask for a newer protocol: the answers of PostgreSQL 18, and keys of its lengths. */
final class ProtocolVersionTest {

    private static final Path OLDER = Path.of("target", "servers", "postgres-15.jar");

    @TempDir
    private static Path folder;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(folder);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static List<Message> direct(int minor) throws IOException {
        RealPostgres server = RealPostgres.shared();
        try (RawClient client = new RawClient(server.port())) {
            return client.startup(minor, "user", server.username(), "database", "postgres")
                    .prove(server.password());
        }
    }

    private static RawClient login(int port, int minor) throws IOException {
        return new RawClient(port).startup(minor, "user", "erik", "database", "shop");
    }

    private static int secretLength(List<Message> messages) {
        return RawClient.secret(RawClient.key(messages)).length;
    }

    /** The messages before the first that belongs to the login. */
    private static String negotiation(int port, int minor, String... parameters) throws IOException {
        try (RawClient client = new RawClient(port).startup(minor, parameters)) {
            Message first = client.read();
            return first.tag() == 'R' ? "" : first.tag() + first.text();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 9999})
    void theVersionIsNegotiatedAsByTheNewestServer(int minor) throws Exception {
        RealPostgres server = RealPostgres.shared();
        assertThat(negotiation(gateway.port(), minor, "user", "maya"))
                .isEqualTo(negotiation(server.port(), minor, "user", server.username()));
        assertThat(negotiation(gateway.port(), minor, "user", "maya", "_pq_.wish", "on", "_pq_.other", ""))
                .isEqualTo(negotiation(
                        server.port(), minor, "user", server.username(), "_pq_.wish", "on", "_pq_.other", ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void theKeyIsAsLongAsTheVersionHasIt(int minor) throws Exception {
        try (RawClient client = login(gateway.port(), minor)) {
            assertThat(secretLength(client.prove(TestGateway.PASSWORD))).isEqualTo(secretLength(direct(minor)));
        }
    }

    @Test
    void theProcessIdIsTheServersAndTheSecretIsNot() throws Exception {
        try (RawClient client = login(gateway.port(), 2)) {
            byte[] key = RawClient.key(client.prove(TestGateway.PASSWORD));
            List<Message> answer = client.query("select pg_backend_pid()").readUntil('Z');
            Message row =
                    answer.stream().filter(m -> m.tag() == 'D').findFirst().orElseThrow();
            assertThat(row.text().substring(6))
                    .isEqualTo(String.valueOf(ByteBuffer.wrap(key).getInt()));
        }
    }

    private static void cancel(int port, byte[] key) throws IOException {
        try (RawClient canceller = new RawClient(port).packet(RawClient.CANCEL_REQUEST, key)) {
            assertThat(canceller.octet()).isEqualTo(-1);
        }
    }

    /** Waits until a server is at work on a statement of the session that has this key. */
    private static void awaitBusy(RealPostgres server, byte[] key) throws Exception {
        try (Connection connection = server.connect("postgres");
                PreparedStatement asked = connection.prepareStatement(
                        "select state = 'active' and wait_event = 'PgSleep' from pg_stat_activity where pid = ?")) {
            asked.setInt(1, ByteBuffer.wrap(key).getInt());
            for (int i = 0; i < 1000; i++) {
                try (ResultSet row = asked.executeQuery()) {
                    if (row.next() && row.getBoolean(1)) {
                        return;
                    }
                }
                Thread.sleep(5);
            }
            throw new AssertionError("the statement does not run");
        }
    }

    private static String error(RawClient client) throws IOException {
        List<Message> messages = client.readUntil('Z');
        return messages.get(messages.size() - 1).field('C');
    }

    private static byte[] changed(byte[] key) {
        byte[] other = key.clone();
        other[other.length - 1] ^= 1;
        return other;
    }

    /** A sleep that ends by itself, so that what must not cancel it is seen not to. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void onlyTheWholeKeyCancels(int minor) throws Exception {
        try (RawClient client = login(gateway.port(), minor)) {
            byte[] key = RawClient.key(client.prove(TestGateway.PASSWORD));
            client.query("select pg_sleep(1)");
            awaitBusy(RealPostgres.shared(), key);
            cancel(gateway.port(), changed(key));
            cancel(gateway.port(), Arrays.copyOf(key, key.length - 1));
            cancel(gateway.port(), Arrays.copyOf(key, key.length + 1));
            cancel(gateway.port(), Arrays.copyOf(key, 4));
            cancel(gateway.port(), Arrays.copyOf(key, 4 + 257));
            cancel(gateway.port(), new byte[2]);
            assertThat(client.readUntil('Z')).extracting(Message::tag).contains('D');
            client.query("select pg_sleep(60)");
            awaitBusy(RealPostgres.shared(), key);
            cancel(gateway.port(), key);
            assertThat(error(client)).isEqualTo("57014");
        }
    }

    /** A client waits for the end of its request, lest it hit its next statement; so that must be over by then. */
    @Test
    void aRequestHasHadItsEffectWhenItIsClosed() throws Exception {
        try (RawClient client = login(gateway.port(), 2)) {
            byte[] key = RawClient.key(client.prove(TestGateway.PASSWORD));
            for (int i = 0; i < 20; i++) {
                client.query("select pg_sleep(60)");
                awaitBusy(RealPostgres.shared(), key);
                cancel(gateway.port(), key);
                assertThat(error(client)).isEqualTo("57014");
                assertThat(client.read().tag()).isEqualTo('Z');
                assertThat(client.query("select 1").readUntil('Z'))
                        .extracting(Message::tag)
                        .contains('D');
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "2, 32"})
    void anOlderServerIsSpokenToAsItCan(int minor, int secretBytes, @TempDir Path where) throws Exception {
        RealPostgres older = RealPostgres.of(OLDER);
        RealPostgres newest = RealPostgres.shared();
        try (Gateway before = Configured.in(where, "postgres")
                        .with(newest.host() + ":" + newest.port(), older.host() + ":" + older.port())
                        .start();
                RawClient client = login(Configured.port(before), minor)) {
            List<Message> messages = client.prove(TestGateway.PASSWORD);
            assertThat(secretLength(messages)).isEqualTo(secretBytes);
            assertThat(messages.stream().map(Message::text)).anyMatch(text -> text.startsWith("server_version\00015."));
            client.query("select pg_sleep(60)");
            awaitBusy(older, RawClient.key(messages));
            cancel(Configured.port(before), RawClient.key(messages));
            assertThat(error(client)).isEqualTo("57014");
        }
    }
}
