package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.testing.RealPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS from the first byte, as clients since PostgreSQL 17 may begin; what is wrong with it is met as by a server. */
final class DirectTlsTest {

    private static final String ALPN = "postgresql";

    @TempDir
    private static Path folder;

    private static TestCertificate certificate;
    private static Optional<TaughtServer> taught = Optional.empty();
    private static String database;
    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        certificate = TestCertificate.ofLocalhost(folder, "tls");
        database = TestGateway.shop();
        taught = TaughtServer.teach(RealPostgres.shared(), certificate, certificate, "");
        gateway = Configured.in(folder, database)
                .offeringTls(certificate, "allow")
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        if (taught.isPresent()) {
            taught.get().close();
        }
    }

    /** The gateway, and the server it stands before where that speaks TLS. */
    private static List<Integer> ports() {
        int own = Configured.port(gateway);
        return taught.isPresent() ? List.of(own, RealPostgres.shared().port()) : List.of(own);
    }

    @Test
    void aClientMayBeginWithTls() throws Exception {
        try (RawClient client = new RawClient(Configured.port(gateway)).encrypt(ALPN)) {
            client.startup(0, "user", "erik", "database", "shop");
            assertThat(RawClient.isLetIn(client.prove(TestGateway.PASSWORD))).isTrue();
        }
    }

    @Test
    void aDriverMayBeginWithTls() throws Exception {
        try (Connection connection = Configured.connect(
                        gateway,
                        "&sslNegotiation=direct&sslmode=verify-full&sslrootcert=" + certificate.certificate());
                ResultSet row = connection.createStatement().executeQuery("select count(*) from orders")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(3000);
        }
    }

    @Test
    void anotherProtocolIsRefusedInTheHandshake() throws Exception {
        for (int port : ports()) {
            try (RawClient client = new RawClient(port)) {
                assertThat(catchThrowable(() -> client.encrypt("http/1.1")))
                        .isInstanceOf(SSLHandshakeException.class)
                        .hasMessageContaining("no_application_protocol");
            }
        }
    }

    @Test
    void whoSaysNothingOfTheProtocolIsNotAnswered() throws Exception {
        for (int port : ports()) {
            try (RawClient client = new RawClient(port).encrypt()) {
                assertThat(client.octet()).isEqualTo(-1);
            }
        }
    }

    /** Asking first, a client need not say it in the handshake too; but what it says must be right. */
    @Test
    void theProtocolIsCheckedBehindARequestToo() throws Exception {
        for (int port : ports()) {
            assertThat(requested(port)).isEqualTo('R');
            assertThat(requested(port, ALPN)).isEqualTo('R');
            assertThat(catchThrowable(() -> requested(port, "http/1.1")))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("no_application_protocol");
        }
    }

    private static int requested(int port, String... protocols) throws IOException, GeneralSecurityException {
        try (RawClient client = new RawClient(port)) {
            assertThat(client.packet(RawClient.SSL_REQUEST).octet()).isEqualTo('S');
            client.encrypt(protocols).startup(0, "user", "erik", "database", "shop");
            return client.octet();
        }
    }

    @Test
    void aRequestWithinTlsIsDeclined() throws Exception {
        for (int port : ports()) {
            try (RawClient client = new RawClient(port).encrypt(ALPN)) {
                assertThat(client.packet(RawClient.SSL_REQUEST).octet()).isEqualTo('N');
                assertThat(client.packet(RawClient.GSSENC_REQUEST).octet()).isEqualTo('N');
                RawClient.Message error = client.packet(RawClient.SSL_REQUEST).read();
                assertThat(error.field('C')).isEqualTo("0A000");
                assertThat(error.field('M')).startsWith("unsupported frontend protocol 1234.5679: server supports 3.0");
            }
        }
    }

    @Test
    void aListenerInClearDoesNotAnswerTls(@TempDir Path where) throws Exception {
        try (Gateway clear = Configured.in(where, database).start();
                RawClient client = new RawClient(Configured.port(clear))) {
            client.send(new byte[] {0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0});
            assertThat(client.octet()).isEqualTo(-1);
        }
    }

    @Test
    void theServerIsReachedByTlsAtOnceWhereTheConfigurationSaysSo(@TempDir Path where) throws Exception {
        assumeTrue(taught.isPresent(), "the server's files are out of reach");
        try (Gateway direct = Configured.in(where, database)
                        .upstreamTls("mode: verify-full, ca: " + certificate.certificate() + ", negotiation: direct")
                        .start();
                Connection connection = Configured.connect(direct, "&sslmode=disable");
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
            row.next();
            assertThat(row.getBoolean(1)).isTrue();
        }
    }

    /** Whatever it is, it gets no startup packet, and so learns no user and no database. */
    @Test
    void aServerThatDoesNotSayWhatItSpeaksIsNotSpokenTo(@TempDir Path where) throws Exception {
        try (ServerSocket listener =
                        Interposer.server(certificate).getServerSocketFactory().createServerSocket(0);
                Gateway direct = Configured.in(where, database)
                        .upstreamTls("mode: require, negotiation: direct")
                        .upstreamAt(listener.getLocalPort())
                        .start()) {
            CompletableFuture<Integer> heard = CompletableFuture.supplyAsync(() -> {
                try (Socket socket = listener.accept()) {
                    return socket.getInputStream().read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            SQLException thrown =
                    catchThrowableOfType(SQLException.class, () -> Configured.connect(direct, "&sslmode=disable")
                            .close());
            assertThat(thrown.getSQLState()).isEqualTo("57P03");
            assertThat(thrown.getMessage()).contains("does not say that it speaks PostgreSQL");
            assertThat(heard.join()).isEqualTo(-1);
        }
    }
}
