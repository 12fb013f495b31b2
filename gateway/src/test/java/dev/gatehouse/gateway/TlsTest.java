package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.testing.RealPostgres;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with the client and with the server. */
final class TlsTest {

    private static final String RULES = """
            hostssl all gh_cert all cert
            hostssl all gh_plain all password
            """;

    @TempDir
    private static Path folder;

    private static TestCertificate certificate;
    private static TestCertificate ours;
    private static Optional<TaughtServer> taught = Optional.empty();
    private static String database;

    @BeforeAll
    static void teachServer() throws Exception {
        database = TestGateway.shop();
        certificate = TestCertificate.make(folder, "tls", "localhost", "-ext", "san=dns:localhost");
        ours = TestCertificate.make(folder, "ours", "gh_cert");
        taught = TaughtServer.teach(RealPostgres.shared(), certificate, ours, RULES);
        try (Connection connection = RealPostgres.shared().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("create role gh_cert login superuser");
            statement.execute("create role gh_plain login superuser password 'held'");
        }
    }

    @AfterAll
    static void forget() throws Exception {
        try (Connection connection = RealPostgres.shared().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("drop role gh_cert, gh_plain");
        }
        if (taught.isPresent()) {
            taught.get().close();
        }
    }

    /** A gateway whose configuration has TLS on both sides. */
    private static Configured both(Path where, String clientMode, String upstreamTls) throws Exception {
        return Configured.in(where, database)
                .offeringTls(certificate, clientMode)
                .upstreamTls(upstreamTls)
                .with("address: \"127.0.0.1:", "address: \"localhost:");
    }

    private static String answer(Gateway gateway, String options) throws SQLException {
        try (Connection connection = Configured.connect(gateway, options);
                ResultSet row = connection
                        .createStatement()
                        .executeQuery(
                                "select (select count(*) from orders), ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
            row.next();
            return row.getString(1) + " " + row.getString(2);
        }
    }

    private static String masked(Gateway gateway) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql://localhost:"
                        + Configured.port(gateway) + "/shop?user=maya&password=" + TestGateway.PASSWORD);
                ResultSet row = connection.createStatement().executeQuery("select email from customers where id = 1")) {
            row.next();
            return row.getString(1);
        }
    }

    private static SQLException refused(Gateway gateway, String options) {
        return catchThrowableOfType(
                SQLException.class, () -> Configured.connect(gateway, options).close());
    }

    private static void assumeServerSpeaksTls() {
        assumeTrue(taught.isPresent(), "the server's files are out of reach");
    }

    @Test
    void aClientVerifiesTheGatewaysCertificate(@TempDir Path where) throws Exception {
        try (Gateway gateway = both(where, "require", "mode: disable").start()) {
            assertThat(answer(gateway, "&sslmode=verify-full&sslrootcert=" + certificate.certificate()))
                    .isEqualTo("3000 f");
            SQLException clear = refused(gateway, "&sslmode=disable");
            assertThat(clear.getSQLState()).isEqualTo("28000");
            assertThat(clear.getMessage()).contains("TLS");
        }
    }

    @Test
    void bytesInClearBehindTheRequestForTlsEndTheConnection(@TempDir Path where) throws Exception {
        try (Gateway gateway = both(where, "allow", "mode: disable").start();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), Configured.port(gateway))) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(new byte[] {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f, 0, 0, 0, 9, 0, 3, 0, 0, 0});
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("08P01");
        }
    }

    @Test
    void theServersCertificateIsVerified(@TempDir Path where, @TempDir Path other) throws Exception {
        assumeServerSpeaksTls();
        try (Gateway gateway = both(where, "allow", "mode: verify-full, ca: " + certificate.certificate())
                .start()) {
            assertThat(answer(gateway, "&sslmode=require")).isEqualTo("3000 t");
        }
        try (Gateway gateway = both(other, "allow", "mode: verify-full").start()) {
            SQLException thrown = refused(gateway, "&sslmode=disable");
            assertThat(thrown.getSQLState()).isEqualTo("57P03");
            assertThat(thrown.getMessage()).contains("TLS");
        }
    }

    /** What nobody configured is the strictest. */
    @Test
    void theServersCertificateIsVerifiedWhereTheConfigurationDoesNotSay(@TempDir Path where) throws Exception {
        assumeServerSpeaksTls();
        try (Gateway gateway = both(where, "allow", "ca: " + certificate.certificate())
                        .with("address: \"localhost:", "address: \"127.0.0.1:")
                        .start();
                Gateway named = both(folder.resolve("named"), "allow", "ca: " + certificate.certificate())
                        .start()) {
            assertThat(refused(gateway, "").getMessage()).contains("TLS: ", "127.0.0.1");
            assertThat(answer(named, "")).isEqualTo("3000 t");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "direct"})
    void theGatewayShowsItsOwnCertificate(String negotiation, @TempDir Path where) throws Exception {
        assumeServerSpeaksTls();
        try (Gateway gateway = both(
                        where,
                        "allow",
                        "ca: " + certificate.certificate() + ", cert: " + ours.certificate() + ", key: " + ours.key()
                                + ", negotiation: " + negotiation)
                .login("gh_cert", "unused")
                .start()) {
            // The second needs the catalog, which is read on a connection of its own.
            assertThat(answer(gateway, "")).isEqualTo("3000 t");
            assertThat(masked(gateway)).isEqualTo("u***@acme.test");
        }
    }

    @Test
    void aServerThatWantsACertificateDoesNotTakeAPasswordForIt(@TempDir Path where) throws Exception {
        assumeServerSpeaksTls();
        try (Gateway gateway = both(where, "allow", "ca: " + certificate.certificate())
                .login("gh_cert", "unused")
                .start()) {
            SQLException thrown = refused(gateway, "");
            assertThat(thrown.getSQLState()).isEqualTo("58000");
            assertThat(thrown.getMessage()).contains("refuses the gateway's own login");
        }
    }

    @Test
    void aPasswordIsSentInClearTextOnlyUnderTls(@TempDir Path where) throws Exception {
        assumeServerSpeaksTls();
        try (Gateway gateway = both(where, "allow", "ca: " + certificate.certificate())
                .login("gh_plain", "held")
                .start()) {
            assertThat(answer(gateway, "")).isEqualTo("3000 t");
        }
    }
}
