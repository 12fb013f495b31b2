package dev.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A real MySQL: in a container where Docker answers, otherwise from a folder that {@code src/test/scripts/fetch-mysql} has
 * filled. One for each JVM; it ends with it. Where there is neither, whoever asks for it is skipped, and says so.
 */
public final class RealMySql implements MySqlServer {

    private static final Logger LOG = LoggerFactory.getLogger(RealMySql.class);
    private static final String IMAGE = "mysql:9.4";
    private static @Nullable RealMySql shared;
    private static boolean missed;

    private final String host;
    private final int port;

    private RealMySql(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /**
     * The server, started on first use.
     *
     * @throws TestAbortedException when there is none to be had
     */
    public static synchronized RealMySql shared() {
        RealMySql server = shared;
        if (server == null) {
            server = DockerClientFactory.instance().isDockerAvailable() ? inContainer() : unpacked();
            shared = server;
        }
        return server;
    }

    // Testcontainers removes the container when the JVM ends.
    @SuppressWarnings("resource")
    private static RealMySql inContainer() {
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withEnv(Map.of("MYSQL_ROOT_HOST", "%", "MYSQL_ROOT_PASSWORD", "root"))
                .withExposedPorts(3306)
                .waitingFor(Wait.forLogMessage(".*ready for connections.*port: 3306.*", 1)
                        .withStartupTimeout(ServerProcess.PATIENCE));
        container.start();
        RealMySql server = new RealMySql(container.getHost(), container.getMappedPort(3306));
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

    private static RealMySql unpacked() {
        Path folder = MySqlBinaries.folder();
        if (!MySqlBinaries.areIn(folder)) {
            String message = "SKIPPED: no MySQL here. Docker does not answer, and " + folder
                    + " holds no server; sql-analyzer/src/test/scripts/fetch-mysql puts one there.";
            if (!missed) {
                missed = true;
                LOG.warn(message);
            }
            throw new TestAbortedException(message);
        }
        try {
            int port = ServerProcess.freePort();
            RealMySql real = new RealMySql("127.0.0.1", port);
            ServerProcess server = MySqlBinaries.start(folder, port, real.administrator());
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            server.await(real);
            return real;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("the server does not answer", e);
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
