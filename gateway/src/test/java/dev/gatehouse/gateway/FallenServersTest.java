package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that dies or stands still in the middle of its work takes its own sessions along, and nothing else. */
@Timeout(120)
final class FallenServersTest {

    private static final int WIDE = 100_000_000;

    @TempDir
    private Path folder;

    private EmbeddedPostgres server;
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        server = EmbeddedPostgres.builder().start();
        gateway = Configured.in(folder, "postgres")
                .upstreamAt(server.getPort())
                .login("postgres", "none")
                .start();
    }

    @AfterEach
    void everySessionHasAnEndInTheJournal() throws IOException {
        gateway.close();
        Draining.checkThatAllHaveEnded(folder.resolve("journal"), 1);
        server.close();
    }

    private RawClient client() throws IOException {
        return new RawClient(Configured.port(gateway)).startup(0, "user", "erik", "database", "shop");
    }

    private static long process(RawClient client) throws IOException {
        for (RawClient.Message message : client.query("select pg_backend_pid()").readUntil('Z')) {
            if (message.tag() == 'D') {
                return Long.parseLong(message.text().substring(6));
            }
        }
        throw new AssertionError("no row");
    }

    private static void signal(String name, long process) throws Exception {
        assertThat(new ProcessBuilder("kill", name, Long.toString(process))
                        .start()
                        .waitFor())
                .isZero();
    }

    private void waitUntilItSleeps() throws Exception {
        String sleeps = "select count(*) from pg_stat_activity where wait_event = 'PgSleep'";
        try (Connection direct = server.getPostgresDatabase().getConnection();
                PreparedStatement look = direct.prepareStatement(sleeps)) {
            for (int sleeping = 0; sleeping == 0; Thread.sleep(20)) {
                try (ResultSet row = look.executeQuery()) {
                    row.next();
                    sleeping = row.getInt(1);
                }
            }
        }
    }

    @Test
    void nothingFollowsTheRowThatAServerDiedIn() throws Exception {
        try (Connection bystander = Configured.connect(gateway, "");
                RawClient client = client()) {
            client.prove(TestGateway.PASSWORD);
            long process = process(client);
            client.query("select repeat('x', " + WIDE + ")");
            assertThat(client.read().tag()).isEqualTo('T');
            signal("-KILL", process);
            ByteBuffer rest = ByteBuffer.wrap(client.socket().getInputStream().readAllBytes());
            assertThat(rest.get()).isEqualTo((byte) 'D');
            assertThat(rest.getInt()).isEqualTo(WIDE + 10);
            rest.position(11);
            assertThat(rest.remaining()).isLessThan(WIDE);
            while (rest.hasRemaining()) {
                assertThat(rest.get()).isEqualTo((byte) 'x');
            }
            // The server itself ends all its other sessions then, and recovers.
            assertThatThrownBy(() -> bystander.createStatement().execute("select 1"))
                    .isInstanceOf(SQLException.class);
        }
        while (true) {
            try (Connection later = Configured.connect(gateway, "")) {
                assertThat(later.createStatement().execute("select 1")).isTrue();
                return;
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo("57P03");
                Thread.sleep(50);
            }
        }
    }

    @Test
    void aServerThatStandsStillCanStillBeToldToCancel() throws Exception {
        try (RawClient client = client()) {
            List<RawClient.Message> welcome = client.prove(TestGateway.PASSWORD);
            long process = process(client);
            client.query("select pg_sleep(600)");
            waitUntilItSleeps();
            signal("-STOP", process);
            try (RawClient cancel = new RawClient(Configured.port(gateway))) {
                cancel.packet(RawClient.CANCEL_REQUEST, RawClient.key(welcome));
                assertThat(cancel.octet()).isEqualTo(-1);
            } finally {
                signal("-CONT", process);
            }
            List<RawClient.Message> said = client.readUntil('Z');
            assertThat(said.get(said.size() - 1).field('C')).isEqualTo("57014");
            assertThat(client.read().tag()).isEqualTo('Z');
        }
    }
}
