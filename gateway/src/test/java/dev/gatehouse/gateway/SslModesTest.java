package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every {@code sslmode} of libpq gets what it would of a server, by psql where it is installed. */
final class SslModesTest {

    private static final List<Gateway> STARTED = new ArrayList<>();

    @TempDir
    private static Path folder;

    private static TestCertificate certificate;
    private static Gateway inClear;
    private static Gateway allowing;
    private static Gateway requiring;

    @BeforeAll
    static void start() throws Exception {
        InstalledTool.assume("psql");
        String database = TestGateway.shop();
        certificate = TestCertificate.ofLocalhost(folder, "tls");
        inClear = Configured.in(folder.resolve("clear"), database).start();
        allowing = Configured.in(folder.resolve("allow"), database)
                .offeringTls(certificate, "allow")
                .start();
        requiring = Configured.in(folder.resolve("require"), database)
                .offeringTls(certificate, "require")
                .start();
        STARTED.addAll(List.of(inClear, allowing, requiring));
    }

    @AfterAll
    static void stop() {
        STARTED.forEach(Gateway::close);
    }

    /** How a connection comes about: {@code clear}, {@code tls}, or the error. */
    private static String connection(Gateway gateway, String mode, String more) throws Exception {
        String said = InstalledTool.run(
                TestGateway.PASSWORD,
                "",
                "psql",
                "-X",
                "-c",
                "\\conninfo",
                "host=localhost user=erik dbname=shop port=" + Configured.port(gateway) + " sslmode=" + mode + more);
        if (!said.endsWith("exit 0\n")) {
            return said;
        }
        return said.contains("SSL connection") ? "tls" : "clear";
    }

    @ParameterizedTest
    @CsvSource({
        "disable,     clear, clear, TLS only",
        "allow,       clear, clear, tls",
        "prefer,      clear, tls,   tls",
        "require,     does not support SSL, tls, tls",
        "verify-ca,   does not support SSL, tls, tls",
        "verify-full, does not support SSL, tls, tls"
    })
    void theModeDecidesAsWithAServer(String mode, String clear, String allow, String require) throws Exception {
        String root = " sslrootcert=" + certificate.certificate();
        assertThat(connection(inClear, mode, root)).contains(clear);
        assertThat(connection(allowing, mode, root)).contains(allow);
        assertThat(connection(requiring, mode, root)).contains(require);
    }

    @ParameterizedTest
    @CsvSource({"disable, clear", "prefer, tls", "require, tls"})
    void bindingTheLoginFollowsTheMode(String binding, String require) throws Exception {
        String mode = binding.equals("disable") ? "disable" : "require";
        assertThat(connection(allowing, mode, " channel_binding=" + binding)).isEqualTo(require);
    }

    @ParameterizedTest
    @CsvSource({"verify-ca", "verify-full"})
    void aCertificateNobodyVouchesForIsRefusedByTheClient(String mode) throws Exception {
        Path other = TestCertificate.ofLocalhost(folder, "other-" + mode).certificate();
        assertThat(connection(allowing, mode, " sslrootcert=" + other)).contains("certificate verify failed");
    }
}
