package dev.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A real MariaDB: in a container where Docker answers, otherwise from embedded binaries. One for each JVM; it ends with it.
 */
public final class RealMariaDb implements MySqlServer {

    private static final String IMAGE = "mariadb:11.4";
    private static @Nullable RealMariaDb shared;

    private final String host;
    private final int port;

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
                .withEnv(Map.of("MARIADB_ROOT_PASSWORD", "root"))
                .withExposedPorts(3306)
                .waitingFor(
                        Wait.forLogMessage(".*ready for connections.*", 2).withStartupTimeout(ServerProcess.PATIENCE));
        container.start();
        RealMariaDb server = new RealMariaDb(container.getHost(), container.getMappedPort(3306));
        try (Connection connection = server.connect("mysql", "root", "root");
                Statement statement = connection.createStatement()) {
            for (String command : server.administrator()) {
                statement.execute(command);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the container's server takes no administrator", e);
        }
        return server;
    }

    private static RealMariaDb embedded() {
        try {
            int port = ServerProcess.freePort();
            RealMariaDb real = new RealMariaDb("127.0.0.1", port);
            ServerProcess server = MariaDbBinaries.start(port, real.administrator());
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            server.await(real);
            return real;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("the embedded server does not answer", e);
        }
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public int port() {
        return port;
    }
}
