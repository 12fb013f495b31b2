package dev.gatehouse.gateway.demo;

import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real PostgreSQL with the shop in it. */
final class PostgresShop implements Shop {

    private static final String ADMIN = "postgres";
    private static final String ACCESS = """
        local all all                trust
        host  all all 127.0.0.1/32   scram-sha-256
        host  all all ::1/128        scram-sha-256
        """;
    private static final long PATIENCE_SECONDS = 5;

    private final EmbeddedPostgres server;
    private final String adminPassword;

    private PostgresShop(EmbeddedPostgres server, String adminPassword) {
        this.server = server;
        this.adminPassword = adminPassword;
    }

    /** Starts the server and loads the shop. */
    static PostgresShop start(DemoHome home) throws IOException, SQLException {
        checkStartable();
        String adminPassword = home.drawPassword("postgres");
        Path data = data(home.folder());
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(home.folder().resolve("binaries").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "100")
                .setOutputRedirector(log(home))
                .setErrorRedirector(log(home))
                .start();
        try {
            load(server, adminPassword, home);
            Files.writeString(data.resolve("pg_hba.conf"), ACCESS);
            PostgresShop shop = new PostgresShop(server, adminPassword);
            shop.reload();
            return shop;
        } catch (IOException | SQLException e) {
            server.close();
            throw e;
        }
    }

    /** Stops the server that a killed demo left running in its folder; nothing when there is none. */
    static void stopIn(Path home) throws IOException {
        Path file = data(home).resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        String pid = Files.readString(file).lines().findFirst().orElse("").strip();
        Optional<ProcessHandle> server = pid.matches("[0-9]{1,18}")
                ? ProcessHandle.of(Long.parseLong(pid)).filter(process -> isOf(process, home))
                : Optional.empty();
        if (server.isPresent()) {
            server.get().destroy();
            try {
                server.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                server.get().destroyForcibly();
            } catch (ExecutionException e) {
                throw new IOException("the PostgreSQL that a demo left in " + home + " cannot be waited for", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether a process is the server of that folder: a number may have gone to another process since. */
    private static boolean isOf(ProcessHandle process, Path home) {
        ProcessHandle.Info info = process.info();
        return info.commandLine().or(info::command).orElse("").contains(home.toString());
    }

    private static Path data(Path home) {
        return home.resolve("postgres");
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public long count(String sql) throws SQLException {
        try (Connection connection = connect(DATABASE, adminPassword);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void change(String sql) throws SQLException {
        try (Connection connection = connect(DATABASE, adminPassword);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's PostgreSQL did not stop", e);
        }
    }

    private Connection connect(String database, String password) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/" + database, ADMIN, password);
    }

    /** Waits until the server asks for passwords: it reads its access rules a moment after it was told to. */
    private void reload() throws SQLException {
        try (Connection connection = connect(DATABASE, adminPassword);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_reload_conf()");
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (letsInWithoutPassword()) {
            if (System.nanoTime() > deadline) {
                throw new SQLException("the demo's PostgreSQL does not ask for passwords");
            }
            Thread.onSpinWait();
        }
    }

    private boolean letsInWithoutPassword() {
        try (Connection connection = connect(DATABASE, "not the password")) {
            return connection.isValid((int) PATIENCE_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private static void load(EmbeddedPostgres server, String adminPassword, DemoHome home)
            throws IOException, SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + ADMIN + " PASSWORD '" + adminPassword + "'");
            for (String login : List.of(READER, WRITER)) {
                statement.execute("CREATE ROLE " + login + " LOGIN PASSWORD '" + home.drawPassword(login) + "'");
            }
            statement.execute("CREATE DATABASE " + DATABASE);
        }
        try (Connection connection = server.getDatabase(ADMIN, DATABASE).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(DemoHome.resource("postgres.sql"));
        }
    }

    private static ProcessBuilder.Redirect log(DemoHome home) {
        File file = home.folder().resolve("postgres.log").toFile();
        return ProcessBuilder.Redirect.appendTo(file);
    }

    /** PostgreSQL refuses to run as root, so root starts it in a user namespace; says so early where that is forbidden. */
    private static void checkStartable() throws IOException {
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            return;
        }
        try {
            Process probe = new ProcessBuilder("unshare", "-U", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (probe.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && probe.exitValue() == 0) {
                return;
            }
        } catch (IOException e) {
            throw cannotStart().because(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw cannotStart();
    }

    private static Failure cannotStart() {
        return new Failure(
                ExitCode.FAILED,
                "root",
                "PostgreSQL does not run as root, and this system does not let root make a user namespace",
                "run the demo as another user:  runuser -u nobody -- gatehouse demo");
    }
}
