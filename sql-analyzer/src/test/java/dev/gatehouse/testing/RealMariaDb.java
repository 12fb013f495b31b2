package dev.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A real MariaDB: in a container where Docker answers, otherwise from embedded binaries. One for each JVM; it ends with it.
 */
public final class RealMariaDb {

    private static final String IMAGE = "mariadb:11.4";
    private static final String USERNAME = "admin";
    private static final String PASSWORD = "an administrator's password";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static @Nullable RealMariaDb shared;

    private final String host;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();

    private RealMariaDb(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** The server, started on first use. */
    public static synchronized RealMariaDb shared() {
        RealMariaDb server = shared;
        if (server == null) {
            server = DockerClientFactory.instance().isDockerAvailable() ? inContainer() : embedded();
            shared = server;
        }
        return server;
    }

    // Testcontainers removes the container when the JVM ends.
    @SuppressWarnings("resource")
    private static RealMariaDb inContainer() {
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withEnv(Map.of("MARIADB_ROOT_PASSWORD", PASSWORD))
                .withExposedPorts(3306)
                .waitingFor(Wait.forLogMessage(".*ready for connections.*", 2).withStartupTimeout(PATIENCE));
        container.start();
        RealMariaDb server = new RealMariaDb(container.getHost(), container.getMappedPort(3306));
        try (Connection connection = server.connect("mysql", "root", PASSWORD);
                Statement statement = connection.createStatement()) {
            for (String command : administrator()) {
                statement.execute(command);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the container's server takes no administrator", e);
        }
        return server;
    }

    private static RealMariaDb embedded() {
        try {
            MariaDbProcess server = MariaDbProcess.start(administrator());
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            RealMariaDb real = new RealMariaDb("127.0.0.1", server.port());
            real.await(server);
            return real;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("the embedded server does not answer", e);
        }
    }

    private static String[] administrator() {
        String password = "'" + PASSWORD.replace("'", "''") + "'";
        return new String[] {
            "create user " + USERNAME + "@'%' identified by " + password,
            "grant all on *.* to " + USERNAME + "@'%' with grant option",
        };
    }

    private void await(MariaDbProcess server) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection connection = connect("mysql")) {
                connection.isValid(1);
                return;
            } catch (SQLException e) {
                if (!server.isAlive() || System.nanoTime() > end) {
                    throw new SQLException(server.log(), e);
                }
                server.waitABit();
            }
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

    /** The administrator's name. */
    public String username() {
        return USERNAME;
    }

    /** The administrator's password. */
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
        try (Connection connection = connect("mysql");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return name;
    }

    /** Opens a connection as the administrator. */
    public Connection connect(String database) throws SQLException {
        return connect(database, USERNAME, PASSWORD);
    }

    /** Opens a connection as somebody. */
    public Connection connect(String database, String username, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        return DriverManager.getConnection("jdbc:mariadb://" + host + ":" + port + "/" + database, properties);
    }
}
