package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.firewall.session.Argon2Verifier;
import dev.gatehouse.firewall.session.Ed25519Key;
import dev.gatehouse.firewall.session.NativeHash;
import dev.gatehouse.gateway.settings.Loaded;
import dev.gatehouse.testing.MySqlProduct;
import dev.gatehouse.testing.MySqlServer;
import dev.gatehouse.testing.RealMariaDb;
import dev.gatehouse.testing.RealMySql;
import dev.gatehouse.wire.mysql.auth.Ed25519;
import dev.gatehouse.wire.mysql.auth.NativePassword;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets in over MySQL's protocol, to MariaDB and to MySQL, and what those see who do not. */
final class MySqlLoginTest {

    @TempDir
    private Path folder;

    private String database = "";

    private static String orders(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from orders")) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(MySqlGateway gateway, String user, String password, String database)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("allowPublicKeyRetrieval", "true");
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + gateway.port() + "/" + database, properties);
    }

    @EnumSource(MySqlProduct.class)
    @ParameterizedTest
    void aClientInClearEncryptsItsPasswordOnceAndProvesItThen(MySqlProduct product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder)) {
            for (int i = 0; i < 3; i++) {
                try (Connection connection = gateway.connect("erik")) {
                    assertThat(orders(connection)).isEqualTo("3000");
                }
            }
        }
    }

    @EnumSource(MySqlProduct.class)
    @ParameterizedTest
    void aWrongPasswordAndAnUnknownUserReadAlike(MySqlProduct product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder)) {
            gateway.connect("erik").close();
            for (String user : new String[] {"erik", "nobody"}) {
                assertThatThrownBy(() -> connect(gateway, user, "wrong", gateway.database())
                                .close())
                        .isInstanceOfSatisfying(SQLException.class, e -> {
                            assertThat(e.getErrorCode()).isEqualTo(1045);
                            assertThat(e.getSQLState()).isEqualTo("28000");
                        })
                        .hasMessageContaining(
                                "Access denied for user '" + user + "'@'127.0.0.1' (using password: YES)");
            }
            assertThatThrownBy(() ->
                            connect(gateway, "erik", "", gateway.database()).close())
                    .hasMessageContaining("(using password: NO)");
        }
    }

    @EnumSource(MySqlProduct.class)
    @ParameterizedTest
    void aDatabaseThatIsNotThereIsToldAsAServerTellsIt(MySqlProduct product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder)) {
            assertThatThrownBy(() -> connect(gateway, "erik", TestGateway.PASSWORD, "nowhere")
                            .close())
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode())
                            .isEqualTo(1049));
        }
    }

    private String moreUsers = "";

    /**
     * A gateway in front of a shop of its own, with a user for each form in which a password may be kept.
     *
     * @param listen what {@code listen} says besides
     * @param tls the mode of the server's TLS
     * @param login the held login's user name and password
     */
    private Gateway start(MySqlServer server, String listen, String tls, String login) throws Exception {
        database = MySqlGateway.shop(server);
        Files.createDirectories(folder.resolve("policy.d"));
        Files.writeString(folder.resolve("policy.d/test.yaml"), TestGateway.EVERYTHING);
        Path file = Files.writeString(folder.resolve("gatehouse.yaml"), """
                apiVersion: gatehouse/v1
                kind: Server
                name: test
                listen:
                  mysql: { addr: "127.0.0.1:0" }
                  %s
                upstreams:
                  - name: shop
                    protocol: mysql
                    address: "%s:%d"
                    default_database: %s
                    tls: { mode: %s }
                    logins: [ { name: rw, %s } ]
                identity:
                  local_users:
                    - { name: erik, password_hash: "%s", groups: [engineers] }
                    - name: many
                      password_hash: "%s"
                      mysql_native_hash: "%s"
                      ed25519_hash: "%s"
                      groups: [engineers]
                    %s
                policy: { dir: policy.d }
                journal: { dir: journal, disk: { min_free: 1MiB } }
                """.formatted(
                        listen,
                        server.host(),
                        server.port(),
                        database,
                        tls,
                        login,
                        TestGateway.verifier(),
                        TestGateway.verifier(),
                        new NativeHash(NativePassword.hash(TestGateway.PASSWORD)).text(),
                        new Ed25519Key(Ed25519.publicKey(TestGateway.PASSWORD)).text(),
                        moreUsers));
        Loaded loaded = Loaded.load(file, false, Map.of());
        return Gateway.start(loaded.configuration().orElseThrow(() -> new IllegalStateException(loaded.report())));
    }

    private static String held(MySqlServer server) {
        return "username: " + server.username() + ", password: \"" + server.password() + "\"";
    }

    /** What the command line client says of a login, by a plugin it begins with. */
    private String client(Gateway gateway, String user, String password, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("mariadb", "--no-defaults", "-h127.0.0.1"));
        command.add("-P" + gateway.mysql().orElseThrow().getPort());
        command.addAll(List.of("-u" + user, "--password=" + password, "-N", "-e", "select count(*) from orders"));
        command.addAll(List.of(options));
        command.add(database);
        return InstalledTool.run("", "", command.toArray(String[]::new));
    }

    private SQLException refusal(Gateway gateway) {
        return catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection(
                        "jdbc:mariadb://127.0.0.1:"
                                + gateway.mysql().orElseThrow().getPort() + "/" + database
                                + "?allowPublicKeyRetrieval=true",
                        "erik",
                        TestGateway.PASSWORD)
                .close());
    }

    /** Only the operator can do something about the one, and the client about the other. */
    @EnumSource(MySqlProduct.class)
    @ParameterizedTest
    void aServerThatRefusesTheHeldLoginCannotBeReachedAndAnyOtherErrorPasses(MySqlProduct product) throws Exception {
        MySqlServer server = product.server();
        String wrong = "username: " + server.username() + ", password: \"not the password\"";
        try (Gateway gateway = start(server, "", "disable", wrong)) {
            SQLException refusal = refusal(gateway);
            assertThat(refusal.getErrorCode()).isEqualTo(1429);
            assertThat(refusal.getMessage())
                    .contains("upstream \"shop\" refuses the gateway's own login")
                    .doesNotContain("'" + server.username() + "'");
        }
        try (Gateway gateway = start(server, "", "disable", held(server))) {
            try (Connection connection = server.connect("mysql");
                    Statement statement = connection.createStatement()) {
                statement.execute("drop database " + database);
            }
            SQLException refusal = refusal(gateway);
            assertThat(refusal.getErrorCode()).isEqualTo(1049);
            assertThat(refusal.getMessage()).contains("Unknown database '" + database + "'");
        }
    }

    @Test
    void theCommandLineClientProvesItselfByEachPlugin() throws Exception {
        InstalledTool.assume("mariadb");
        MySqlServer server = RealMariaDb.shared();
        try (Gateway gateway = start(server, "", "disable", held(server))) {
            for (String plugin : List.of("caching_sha2_password", "mysql_native_password", "client_ed25519")) {
                for (String user : List.of("erik", "many")) {
                    assertThat(client(gateway, user, TestGateway.PASSWORD, "--skip-ssl", "--default-auth=" + plugin))
                            .as("%s by %s", user, plugin)
                            .isEqualTo("3000\nexit 0\n");
                }
                for (String user : List.of("erik", "many", "nobody")) {
                    assertThat(client(gateway, user, "wrong", "--skip-ssl", "--default-auth=" + plugin))
                            .as("%s by %s", user, plugin)
                            .startsWith("ERROR 1045 (28000): Access denied for user '" + user
                                    + "'@'127.0.0.1' (using password: YES)");
                }
            }
        }
    }

    @Test
    void aPasswordIsTakenAsItIsUnderTlsAlone() throws Exception {
        InstalledTool.assume("mariadb");
        TestCertificate certificate = TestCertificate.ofLocalhost(folder, "tls");
        MySqlServer server = RealMariaDb.shared();
        String tls = "tls: { cert: \"%s\", key: \"${file:%s}\", client_mode: allow }"
                .formatted(certificate.certificate(), certificate.key());
        try (Gateway gateway = start(server, tls, "disable", held(server))) {
            String token = "--default-auth=mysql_clear_password";
            assertThat(client(gateway, "erik", TestGateway.PASSWORD, "--ssl", token))
                    .isEqualTo("3000\nexit 0\n");
            assertThat(client(gateway, "erik", TestGateway.PASSWORD, "--ssl")).isEqualTo("3000\nexit 0\n");
            assertThat(client(gateway, "erik", TestGateway.PASSWORD, "--skip-ssl", token))
                    .startsWith("ERROR 1045 (28000)")
                    .contains("TLS only");
            assertThat(client(gateway, "erik", "wrong", "--ssl", token)).startsWith("ERROR 1045 (28000)");
            assertThat(client(gateway, "nobody", "wrong", "--ssl", token)).startsWith("ERROR 1045 (28000)");
        }
    }

    @Test
    void certificatesAndArgon2HashesCountAsOnPostgreSql() throws Exception {
        InstalledTool.assume("mariadb");
        TestCertificate certificate = TestCertificate.ofLocalhost(folder, "tls");
        TestCertificate robot = TestCertificate.make(folder, "robot", "robot");
        String argon2 = Argon2Verifier.of(TestGateway.PASSWORD.getBytes(StandardCharsets.UTF_8), new byte[16])
                .text();
        moreUsers = "- { name: robot, certificate: robot, groups: [engineers] }\n"
                + "    - { name: both, certificate: robot, password_hash: \"" + TestGateway.verifier()
                + "\", groups: [engineers] }\n"
                + "    - { name: told, password_hash: \"" + argon2 + "\", groups: [engineers] }";
        MySqlServer server = RealMariaDb.shared();
        String tls = "tls: { cert: \"%s\", key: \"${file:%s}\", client_ca: \"%s\", client_mode: allow }"
                .formatted(certificate.certificate(), certificate.key(), robot.certificate());
        String[] shown = {"--ssl", "--ssl-cert=" + robot.certificate(), "--ssl-key=" + robot.key()};
        try (Gateway gateway = start(server, tls, "disable", held(server))) {
            for (String plugin : List.of("caching_sha2_password", "mysql_native_password", "client_ed25519")) {
                String by = "--default-auth=" + plugin;
                assertThat(client(gateway, "robot", "", shown[0], shown[1], shown[2], by))
                        .as("robot by %s", plugin)
                        .isEqualTo("3000\nexit 0\n");
                assertThat(client(gateway, "robot", "any", shown[0], shown[1], shown[2], by))
                        .as("robot by %s", plugin)
                        .isEqualTo("3000\nexit 0\n");
                assertThat(client(gateway, "robot", "any", "--ssl", by)).startsWith("ERROR 1045 (28000)");
            }
            assertThat(client(gateway, "both", TestGateway.PASSWORD, shown)).isEqualTo("3000\nexit 0\n");
            assertThat(client(gateway, "both", "wrong", shown)).startsWith("ERROR 1045 (28000)");
            assertThat(client(gateway, "both", TestGateway.PASSWORD, "--ssl"))
                    .startsWith("ERROR ")
                    .contains("client certificate");
            for (int login = 0; login < 2; login++) { // The second time it is remembered.
                assertThat(client(gateway, "told", TestGateway.PASSWORD, "--ssl"))
                        .isEqualTo("3000\nexit 0\n");
            }
            assertThat(client(gateway, "told", "wrong", "--ssl")).startsWith("ERROR 1045 (28000)");
        }
    }

    @Test
    void whereTlsIsRequiredAClientInClearIsToldSo() throws Exception {
        InstalledTool.assume("mariadb");
        TestCertificate certificate = TestCertificate.ofLocalhost(folder, "tls");
        MySqlServer server = RealMariaDb.shared();
        String tls = "tls: { cert: \"%s\", key: \"${file:%s}\", client_mode: require }"
                .formatted(certificate.certificate(), certificate.key());
        try (Gateway gateway = start(server, tls, "disable", held(server))) {
            assertThat(client(gateway, "erik", TestGateway.PASSWORD, "--skip-ssl"))
                    .startsWith("ERROR 3159");
            assertThat(client(gateway, "erik", TestGateway.PASSWORD, "--ssl")).isEqualTo("3000\nexit 0\n");
        }
    }

    @EnumSource(MySqlProduct.class)
    @ParameterizedTest
    void theHeldLoginProvesItselfUnderTls(MySqlProduct product) throws Exception {
        MySqlServer server = product.server();
        try (Gateway gateway = start(server, "", "require", held(server))) {
            assertThat(count(gateway)).isEqualTo("3000");
        }
    }

    /** MySQL's own plugins, in clear and under TLS; whose password the server has forgotten, and remembers. */
    @Test
    void theHeldLoginProvesItselfByTheServersPlugins() throws Exception {
        MySqlServer server = RealMySql.shared();
        for (String plugin : List.of("caching_sha2_password", "sha256_password")) {
            String user = "held_" + plugin.charAt(0);
            try (Connection connection = server.connect("mysql");
                    Statement statement = connection.createStatement()) {
                statement.execute("drop user if exists " + user);
                statement.execute("create user " + user + " identified with " + plugin + " by 'hëld pw'");
                statement.execute("grant all on *.* to " + user);
                statement.execute("flush privileges");
            }
            for (String tls : List.of("disable", "require")) {
                try (Gateway gateway = start(server, "", tls, "username: " + user + ", password: \"hëld pw\"")) {
                    assertThat(count(gateway)).isEqualTo("3000");
                    assertThat(count(gateway)).isEqualTo("3000");
                }
            }
        }
    }

    private String count(Gateway gateway) throws SQLException {
        String url = "jdbc:mariadb://127.0.0.1:" + gateway.mysql().orElseThrow().getPort() + "/" + database
                + "?user=many&allowPublicKeyRetrieval=true&password=" + TestGateway.PASSWORD;
        try (Connection connection = DriverManager.getConnection(url)) {
            return orders(connection);
        }
    }
}
