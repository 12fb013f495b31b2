package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.testing.RealPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A login is bound to its TLS connection on both sides: who stands between, with a certificate of their own, gets none. */
final class ChannelBindingTest {

    @TempDir
    private static Path folder;

    private static TestCertificate own;
    private static TestCertificate foreign;
    private static Optional<TaughtServer> taught = Optional.empty();
    private static String database;
    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        own = TestCertificate.ofLocalhost(folder, "own");
        foreign = TestCertificate.ofLocalhost(folder, "foreign");
        database = TestGateway.shop();
        taught = TaughtServer.teach(RealPostgres.shared(), own, own, "");
        gateway = Configured.in(folder, database).offeringTls(own, "require").start();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        if (taught.isPresent()) {
            taught.get().close();
        }
    }

    private static String answer(int port, String options) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql://localhost:" + port
                        + "/shop?user=erik&password=" + TestGateway.PASSWORD + "&sslmode=require" + options);
                ResultSet row = connection.createStatement().executeQuery("select count(*) from orders")) {
            row.next();
            return row.getString(1);
        }
    }

    private static SQLException refused(int port, String options) {
        return catchThrowableOfType(SQLException.class, () -> answer(port, options));
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "prefer", "require"})
    void aClientMayBindItsLogin(String binding) throws Exception {
        assertThat(answer(Configured.port(gateway), "&channelBinding=" + binding))
                .isEqualTo("3000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA1withRSA", "SHA256withRSA", "SHA384withRSA", "SHA512withRSA", "SHA512withECDSA"})
    void theBindingFollowsTheCertificatesSignature(String signature, @TempDir Path where) throws Exception {
        String algorithm = signature.endsWith("ECDSA") ? "EC" : "RSA";
        TestCertificate certificate =
                TestCertificate.make(where, "other", "localhost", "-keyalg", algorithm, "-sigalg", signature);
        try (Gateway other = Configured.in(where, database)
                .offeringTls(certificate, "require")
                .start()) {
            assertThat(answer(Configured.port(other), "&channelBinding=require"))
                    .isEqualTo("3000");
        }
    }

    @Test
    void whoStandsBeforeTheGatewayIsFoundOut() throws Exception {
        try (Interposer between = new Interposer(Configured.port(gateway), foreign, false)) {
            assertThat(answer(between.port(), "&channelBinding=disable")).isEqualTo("3000");
            SQLException thrown = refused(between.port(), "&channelBinding=prefer");
            assertThat(thrown.getSQLState()).isEqualTo("28000");
            assertThat(thrown.getMessage()).contains("SCRAM channel binding check failed");
        }
    }

    @Test
    void takingTheOfferAwayBeforeTheGatewayIsFoundOut() throws Exception {
        try (Interposer between = new Interposer(Configured.port(gateway), foreign, true)) {
            SQLException thrown = refused(between.port(), "&channelBinding=prefer");
            assertThat(thrown.getSQLState()).isEqualTo("28000");
            assertThat(thrown.getMessage()).contains("SCRAM channel binding negotiation error");
        }
    }

    /** The gateway does not check the certificate here, so that only the binding tells. */
    private static Gateway before(int port, Path where) throws Exception {
        return Configured.in(where, database)
                .upstreamTls("mode: require")
                .upstreamAt(port)
                .start();
    }

    private static SQLException refusedInClear(Gateway through) {
        return catchThrowableOfType(SQLException.class, () -> Configured.connect(through, "&sslmode=disable")
                .close());
    }

    @Test
    void theGatewayBindsItsOwnLogin(@TempDir Path where, @TempDir Path other, @TempDir Path third) throws Exception {
        assumeTrue(taught.isPresent(), "the server's files are out of reach");
        int server = RealPostgres.shared().port();
        try (Gateway through = before(server, where);
                Connection connection = Configured.connect(through, "&sslmode=disable")) {
            assertThat(connection.isValid(10)).isTrue();
        }
        try (Interposer between = new Interposer(server, foreign, false);
                Gateway through = before(between.port(), other)) {
            assertThat(refusedInClear(through).getMessage()).contains("refuses the gateway's own login");
        }
        try (Interposer between = new Interposer(server, foreign, true);
                Gateway through = before(between.port(), third)) {
            assertThat(refusedInClear(through).getMessage()).contains("refuses the gateway's own login");
        }
    }
}
