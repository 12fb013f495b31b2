package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.gateway.settings.Loaded;
import dev.gatehouse.testing.RealPostgres;
import java.io.FileInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with the client and with the server. */
final class TlsTest {

    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;

    private static Path certificate;
    private static Path key;
    private static String database;
    private static boolean serverSpeaksTls;

    @BeforeAll
    static void makeCertificate() throws Exception {
        database = TestGateway.shop();
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "gatehouse",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(STORE_PASSWORD),
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(store.toFile())) {
            keys.load(in, STORE_PASSWORD);
        }
        Key secret = keys.getKey("gatehouse", STORE_PASSWORD);
        certificate = Files.writeString(
                folder.resolve("tls.crt"),
                pem("CERTIFICATE", keys.getCertificate("gatehouse").getEncoded()));
        key = Files.writeString(folder.resolve("tls.key"), pem("PRIVATE KEY", secret.getEncoded()));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        serverSpeaksTls = teachServer();
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(bytes)
                + "\n-----END " + kind + "-----\n";
    }

    /** Gives the embedded server the certificate; one in a container has its files elsewhere, and stays in clear text. */
    private static boolean teachServer() throws Exception {
        try (Connection connection = RealPostgres.shared().connect(database);
                Statement statement = connection.createStatement()) {
            String data;
            try (ResultSet row = statement.executeQuery("show data_directory")) {
                row.next();
                data = row.getString(1);
            }
            if (!Files.isWritable(Path.of(data))) {
                return false;
            }
            Files.copy(certificate, Path.of(data, "gatehouse.crt"));
            Path serverKey = Files.copy(key, Path.of(data, "gatehouse.key"));
            Files.setOwner(serverKey, Files.getOwner(Path.of(data, "PG_VERSION")));
            Files.setPosixFilePermissions(serverKey, PosixFilePermissions.fromString("rw-------"));
            statement.execute("alter system set ssl_cert_file = 'gatehouse.crt'");
            statement.execute("alter system set ssl_key_file = 'gatehouse.key'");
            statement.execute("alter system set ssl = on");
            statement.execute("select pg_reload_conf()");
        }
        for (int i = 0; i < 100; i++) {
            try (Connection connection = RealPostgres.shared().connect(database);
                    ResultSet row = connection.createStatement().executeQuery("show ssl")) {
                row.next();
                if (row.getString(1).equals("on")) {
                    return true;
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the server does not take up its certificate");
    }

    @AfterAll
    static void clearTextAgain() throws SQLException {
        try (Connection connection = RealPostgres.shared().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("alter system reset all");
            statement.execute("select pg_reload_conf()");
        }
    }

    /** Starts a gateway whose configuration has TLS on both sides. */
    private static Gateway start(Path where, String clientMode, String upstreamTls) throws Exception {
        Path config = TestGateway.write(where, database, "127.0.0.1:0");
        String text = Files.readString(config)
                .replace(
                        "  admin_socket:",
                        "  tls: { cert: " + certificate + ", key: \"${file:" + key + "}\", client_mode: " + clientMode
                                + " }\n  admin_socket:")
                .replace("tls: { mode: disable }", upstreamTls)
                .replaceFirst("address: \"127.0.0.1:", "address: \"localhost:");
        Files.writeString(config, text);
        Loaded loaded = Loaded.load(config, false, Map.of());
        return Gateway.start(loaded.configuration().orElseThrow(() -> new AssertionError(loaded.report())));
    }

    private static Connection connect(Gateway gateway, String options) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:"
                + gateway.postgres().orElseThrow().getPort() + "/shop?user=erik&password=" + TestGateway.PASSWORD
                + options);
    }

    private static String answer(Gateway gateway, String options) throws SQLException {
        try (Connection connection = connect(gateway, options);
                ResultSet row = connection
                        .createStatement()
                        .executeQuery(
                                "select (select count(*) from orders), ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
            row.next();
            return row.getString(1) + " " + row.getString(2);
        }
    }

    @Test
    void aClientVerifiesTheGatewaysCertificate(@TempDir Path where) throws Exception {
        try (Gateway gateway = start(where, "require", "tls: { mode: disable }")) {
            assertThat(answer(gateway, "&sslmode=verify-full&sslrootcert=" + certificate))
                    .isEqualTo("3000 f");
            SQLException clear = catchThrowableOfType(SQLException.class, () -> connect(gateway, "&sslmode=disable")
                    .close());
            assertThat(clear.getSQLState()).isEqualTo("28000");
            assertThat(clear.getMessage()).contains("TLS");
        }
    }

    @Test
    void bytesInClearBehindTheRequestForTlsEndTheConnection(@TempDir Path where) throws Exception {
        try (Gateway gateway = start(where, "allow", "tls: { mode: disable }");
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(),
                        gateway.postgres().orElseThrow().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(new byte[] {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f, 0, 0, 0, 9, 0, 3, 0, 0, 0});
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("08P01");
        }
    }

    @Test
    void theServersCertificateIsVerified(@TempDir Path where, @TempDir Path other) throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(serverSpeaksTls, "the server's files are out of reach");
        try (Gateway gateway = start(where, "allow", "tls: { mode: verify-full, ca: " + certificate + " }")) {
            assertThat(answer(gateway, "&sslmode=require")).isEqualTo("3000 t");
        }
        try (Gateway gateway = start(other, "allow", "tls: { mode: " + word(Upstream.Tls.Mode.VERIFY_FULL) + " }")) {
            SQLException thrown = catchThrowableOfType(SQLException.class, () -> connect(gateway, "&sslmode=disable")
                    .close());
            assertThat(thrown.getSQLState()).isEqualTo("57P03");
            assertThat(thrown.getMessage()).contains("TLS");
        }
    }

    private static String word(Upstream.Tls.Mode mode) {
        return mode.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
