package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.firewall.session.Argon2Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has shown a certificate, and who tells a password that only an Argon2 hash is kept of. */
final class ClientCertificateTest {

    private static final String PASSWORD = "&password=" + TestGateway.PASSWORD;

    @TempDir
    private static Path folder;

    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        TestCertificate listener = TestCertificate.ofLocalhost(folder, "tls");
        TestCertificate robot = TestCertificate.make(folder, "robot", "robot");
        TestCertificate both = TestCertificate.make(folder, "both", "both, O=Acme");
        TestCertificate.make(folder, "stranger", "robot");
        Path issuers = Files.writeString(
                folder.resolve("issuers.crt"),
                Files.readString(robot.certificate()) + Files.readString(both.certificate()));
        String argon2 = Argon2Verifier.of(
                        TestGateway.PASSWORD.getBytes(StandardCharsets.UTF_8),
                        "0123456789abcdef".getBytes(StandardCharsets.US_ASCII))
                .text();
        gateway = Configured.in(folder.resolve("gateway"), TestGateway.shop())
                .listening("tls: { cert: " + listener.certificate() + ", key: " + listener.key()
                        + ", client_mode: allow, client_ca: " + issuers + " }")
                .with("local_users:", """
                        local_users:
                            - { name: robot, certificate: robot, groups: [engineers] }
                            - { name: both, certificate: "CN=both,O=Acme", password_hash: "%s", groups: [engineers] }
                            - { name: told, password_hash: "%s", groups: [engineers] }\
                        """.formatted(TestGateway.verifier(), argon2))
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** As what the session runs, or the error. */
    private static String login(String user, String options) {
        String url = "jdbc:postgresql://localhost:" + Configured.port(gateway) + "/shop?user=" + user + options;
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet row = connection.createStatement().executeQuery("select count(*) from orders")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        }
    }

    private static String showing(String certificate) {
        return "&sslmode=require&sslpassword=changeit&sslkey=" + folder.resolve(certificate + ".p12");
    }

    @Test
    void aCertificateAloneLetsTheUserInThatHasNoPassword() {
        assertThat(login("robot", showing("robot"))).isEqualTo("3000");
    }

    /** Such a user cannot be told from one nobody knows: of both it is kept unknown how they would prove a password. */
    @Test
    void withoutTheCertificateNoPasswordFits() {
        for (String user : List.of("robot", "nobody")) {
            assertThat(login(user, "&sslmode=require" + PASSWORD))
                    .isEqualTo("28P01 FATAL: password authentication failed for user \"" + user + "\"");
            assertThat(login(user, "&sslmode=disable" + PASSWORD)).startsWith("28");
        }
    }

    @Test
    void anothersCertificateIsNotTheUsers() {
        assertThat(login("robot", showing("both") + PASSWORD)).startsWith("28P01");
        assertThat(login("both", showing("robot") + PASSWORD))
                .startsWith("28000")
                .contains("client certificate");
        assertThat(login("erik", showing("robot") + PASSWORD)).isEqualTo("3000");
    }

    @Test
    void aCertificateOfAnUnknownIssuerEndsTheHandshake() {
        assertThat(login("robot", showing("stranger"))).startsWith("080");
    }

    @Test
    void whoHasBothMustShowBoth() {
        assertThat(login("both", showing("both") + PASSWORD)).isEqualTo("3000");
        assertThat(login("both", showing("both") + "&password=wrong")).startsWith("28P01");
        assertThat(login("both", "&sslmode=require" + PASSWORD))
                .startsWith("28000")
                .contains("client certificate");
        assertThat(login("both", "&sslmode=disable" + PASSWORD)).startsWith("28000");
    }

    @Test
    void aPasswordIsToldUnderTlsOnly() {
        assertThat(login("told", "&sslmode=require" + PASSWORD)).isEqualTo("3000");
        assertThat(login("told", "&sslmode=require&password=wrong")).startsWith("28P01");
        assertThat(login("told", "&sslmode=disable" + PASSWORD))
                .startsWith("28000")
                .contains("under TLS only");
    }

    @Test
    void theConfigurationMustSayWhoIssuesCertificates(@TempDir Path other) throws IOException {
        Configured configured = Configured.in(other, "shop")
                .with("local_users:", "local_users:\n    - { name: robot, certificate: robot }");
        assertThat(catchThrowableOfType(AssertionError.class, configured::start))
                .hasMessageContaining("E217")
                .hasMessageContaining("listen.tls.client_ca");
    }
}
