package dev.gatehouse.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real PostgreSQL that all tests of one JVM share: in a container where Docker answers, else from the embedded
 * binaries. Passwords are asked for, by SCRAM. It stops with the JVM.
 */
public final class RealPostgres {

    public static final String SUPERUSER = "postgres";
    public static final String PASSWORD = "superuser's secret";

    private static final String IMAGE = "postgres:18";
    private static final String SCRAM_ONLY = "local all all scram-sha-256\nhost all all all scram-sha-256\n";

    private static final class Shared {
        static final RealPostgres INSTANCE = start();
    }

    private final String host;
    private final int port;

    private RealPostgres(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** The server, started at the first call. */
    public static RealPostgres shared() {
        return Shared.INSTANCE;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /** A direct connection as the superuser. */
    public Connection connect(String database) throws SQLException {
        return connect(database, SUPERUSER, PASSWORD);
    }

    /** A direct connection. */
    public Connection connect(String database, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/" + database, properties);
    }

    /** Makes an empty database and runs a script in it. */
    public void createDatabase(String name, String script) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists \"" + name + "\" with (force)");
            statement.execute("create database \"" + name + "\"");
        }
        try (Connection connection = connect(name);
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    private static RealPostgres start() {
        return DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
    }

    @SuppressWarnings("resource") // Lives as long as the JVM; Testcontainers removes it then.
    private static RealPostgres container() {
        PostgreSQLContainer container =
                new PostgreSQLContainer(IMAGE).withUsername(SUPERUSER).withPassword(PASSWORD);
        container.start();
        return new RealPostgres(container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT));
    }

    private static RealPostgres embedded() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop-postgres"));
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("alter role " + SUPERUSER + " password '" + PASSWORD.replace("'", "''") + "'");
                try (ResultSet file = statement.executeQuery("show hba_file")) {
                    file.next();
                    Files.writeString(Path.of(file.getString(1)), SCRAM_ONLY);
                }
                statement.execute("select pg_reload_conf()");
            }
            return new RealPostgres("127.0.0.1", server.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
