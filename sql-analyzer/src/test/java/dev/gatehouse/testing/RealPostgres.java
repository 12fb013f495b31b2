package dev.gatehouse.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real PostgreSQL that asks for SCRAM-SHA-256 on every connection: in a container where Docker answers, otherwise from
 * embedded binaries. One for each JVM; it ends with it. The system property {@code gatehouse.test.postgres} names the archive of
 * embedded binaries of another version.
 */
public final class RealPostgres {

    private static final String IMAGE = "postgres:18";
    private static final String USERNAME = "postgres";
    private static final String PASSWORD = "a superuser's password";
    /** Names the archive of another server than the newest. */
    private static final String BINARIES = "gatehouse.test.postgres";

    private static @Nullable RealPostgres shared;

    private final String host;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();

    private RealPostgres(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** The server, started on first use. */
    public static synchronized RealPostgres shared() {
        RealPostgres server = shared;
        if (server == null) {
            String binaries = System.getProperty(BINARIES, "");
            server = binaries.isEmpty() ? newest() : of(Path.of(binaries));
            shared = server;
        }
        return server;
    }

    private static RealPostgres newest() {
        return DockerClientFactory.instance().isDockerAvailable()
                ? inContainer(Map.of())
                : embedded(EmbeddedPostgres.builder());
    }

    // Testcontainers removes the container when the JVM ends.
    @SuppressWarnings("resource")
    private static RealPostgres inContainer(Map<String, String> settings) {
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE)
                .withUsername(USERNAME)
                .withPassword(PASSWORD)
                .withEnv("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
                .withEnv("POSTGRES_INITDB_ARGS", "--auth=scram-sha-256");
        List<String> command = new ArrayList<>(List.of("postgres"));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        container.setCommand(command.toArray(new String[0]));
        container.start();
        return new RealPostgres(container.getHost(), container.getMappedPort(5432));
    }

    /**
     * Starts a server of another version; it ends with the JVM.
     *
     * @param binaries the archive of an embedded server, as it is published
     */
    public static RealPostgres of(Path binaries) {
        return embedded(EmbeddedPostgres.builder().setPgBinaryResolver((system, machine) -> packed(binaries)));
    }

    /** The packed binaries within an archive. */
    private static InputStream packed(Path binaries) throws IOException {
        try (JarFile archive = new JarFile(binaries.toFile())) {
            JarEntry entry = archive.stream()
                    .filter(file -> file.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(binaries + " holds no server"));
            return new ByteArrayInputStream(archive.getInputStream(entry).readAllBytes());
        }
    }

    /** Starts one that writes down every statement it is given, see {@link #told}; it ends with the JVM. */
    public static RealPostgres telling() {
        Map<String, String> settings = Map.of(
                "logging_collector", "on",
                "log_destination", "jsonlog",
                "log_statement", "all",
                "log_rotation_age", "0",
                "log_rotation_size", "0",
                "log_parameter_max_length", "-1");
        if (DockerClientFactory.instance().isDockerAvailable()) {
            return inContainer(settings);
        }
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        settings.forEach(builder::setServerConfig);
        return embedded(builder);
    }

    private static RealPostgres embedded(EmbeddedPostgres.Builder builder) {
        try {
            EmbeddedPostgres server = builder.setServerConfig("password_encryption", "scram-sha-256")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
            requirePassword(server);
            return new RealPostgres("127.0.0.1", server.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("the embedded server does not take its password", e);
        }
    }

    private static void requirePassword(EmbeddedPostgres server) throws IOException, SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter user " + USERNAME + " password '" + PASSWORD.replace("'", "''") + "'");
            var file = statement.executeQuery("show hba_file");
            file.next();
            String rules = """
                    host all all all scram-sha-256
                    local all all scram-sha-256
                    host replication all all scram-sha-256
                    """;
            Files.writeString(Path.of(file.getString(1)), rules, StandardCharsets.UTF_8);
            statement.execute("select pg_reload_conf()");
        }
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's address. */
    public String host() {
        return host;
    }

    /** The server's TCP port. */
    public int port() {
        return port;
    }

    /** The superuser's name. */
    public String username() {
        return USERNAME;
    }

    /** The superuser's password. */
    public String password() {
        return PASSWORD;
    }

    /**
     * Makes a new, empty database.
     *
     * @return its name
     */
    public String createDatabase() throws SQLException {
        String name = "test_" + databases.incrementAndGet() + "_"
                + Long.toHexString(ProcessHandle.current().pid());
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return name;
    }

    /**
     * What a {@link #telling} server was told to run: the lines of its log, an object of JSON each, in their order. It writes
     * one before it runs what it tells of.
     */
    public List<String> told() throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_read_file(pg_current_logfile('jsonlog'))")) {
            row.next();
            String log = row.getString(1);
            return log.substring(0, log.lastIndexOf('\n') + 1).lines().toList();
        }
    }

    /** Opens a connection as the superuser. */
    public Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USERNAME);
        properties.setProperty("password", PASSWORD);
        return DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/" + database, properties);
    }
}
