package dev.gatehouse.gateway.demo;

import dev.gatehouse.gateway.demo.MariaDbBinaries.Absent;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real MariaDB with the shop in it. Its first run, which lets nobody in, makes the system tables, the users and the shop;
 * the second serves. All that it has, temporary files too, is in a folder of its own, so that several may start at once;
 * and it has no Unix socket, whose path could be too long.
 */
final class MariaDbShop implements Shop {

    private static final String ADMIN = "root";
    private static final String USERS = """
        DELETE FROM mysql.global_priv WHERE User <> 'mariadb.sys';
        DELETE FROM mysql.proxies_priv;
        FLUSH PRIVILEGES;
        CREATE USER root@127.0.0.1 IDENTIFIED BY '%s';
        GRANT ALL ON *.* TO root@127.0.0.1;
        CREATE USER shop_ro@127.0.0.1 IDENTIFIED BY '%s';
        GRANT SELECT ON shop.* TO shop_ro@127.0.0.1;
        CREATE USER shop_rw@127.0.0.1 IDENTIFIED BY '%s';
        GRANT SELECT, INSERT, UPDATE, DELETE ON shop.* TO shop_rw@127.0.0.1;
        """;
    private static final Pattern COMPLAINT = Pattern.compile("ERROR|error while loading");
    private static final long PATIENCE_SECONDS = 180;
    private static final long STOP_SECONDS = 10;
    private static final long POLL_MILLIS = 20;

    private final Process server;
    private final int port;
    private final String adminPassword;

    private MariaDbShop(Process server, int port, String adminPassword) {
        this.server = server;
        this.port = port;
        this.adminPassword = adminPassword;
    }

    /**
     * Starts the server and loads the shop.
     *
     * @throws Absent if there is no MariaDB for this machine
     * @throws IOException if there is one that does not start; the message says why, as it said itself
     */
    static MariaDbShop start(DemoHome home) throws IOException, Absent {
        Path folder = folder(home.folder());
        MariaDbBinaries binaries = MariaDbBinaries.in(folder);
        Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("tmp"));
        String adminPassword = home.drawPassword("mysql_root");
        make(binaries, home, adminPassword);
        int port = freePort();
        List<String> command = command(binaries, folder);
        command.add("--port=" + port);
        command.add("--bind-address=127.0.0.1");
        command.add("--socket=");
        command.add("--pid-file=" + folder.resolve("pid"));
        command.add("--skip-name-resolve");
        // It would draw itself an RSA key, which takes seconds; the gateway is on the same machine.
        command.add("--skip-ssl");
        Process process = run(command, home);
        MariaDbShop shop = new MariaDbShop(process, port, adminPassword);
        try {
            shop.await(home);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
        return shop;
    }

    /** Stops what a killed demo left running in its folder; nothing when there is none. */
    static void stopIn(Path home) {
        String data = " --datadir=" + folder(home).resolve("data") + " ";
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(data))
                .forEach(MariaDbShop::stop);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public long count(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void change(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Override
    public void close() {
        stop(server.toHandle());
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/" + DATABASE, ADMIN, adminPassword);
    }

    private static Path folder(Path home) {
        return home.resolve("mariadb");
    }

    private static Path log(DemoHome home) {
        return home.folder().resolve("mariadb.log");
    }

    private static List<String> command(MariaDbBinaries binaries, Path folder) {
        return new ArrayList<>(List.of(
                binaries.server().toString(),
                "--no-defaults",
                // Taken only by root, and root may not do without.
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + folder,
                "--datadir=" + folder.resolve("data"),
                "--tmpdir=" + folder.resolve("tmp"),
                "--lc-messages-dir=" + binaries.share(),
                "--character-sets-dir=" + binaries.share().resolve("charsets"),
                "--innodb-buffer-pool-size=64M",
                "--innodb-log-file-size=8M",
                "--innodb-undo-tablespaces=0",
                "--innodb-data-file-path=ibdata1:2M:autoextend",
                "--innodb-autoextend-increment=1",
                "--innodb-flush-method=nosync",
                "--innodb-flush-log-at-trx-commit=0",
                "--skip-innodb-doublewrite"));
    }

    private static void make(MariaDbBinaries binaries, DemoHome home, String adminPassword) throws IOException {
        List<String> command = command(binaries, folder(home.folder()));
        command.add("--bootstrap");
        command.add("--skip-grant-tables");
        Process process = run(command, home);
        try (OutputStream statements = process.getOutputStream()) {
            write(statements, "CREATE DATABASE mysql;\nUSE mysql;\n");
            for (String file : binaries.systemTables()) {
                Files.copy(binaries.share().resolve(file), statements);
                write(statements, "\n");
            }
            write(statements, DemoHome.resource("mariadb.sql"));
            write(
                    statements,
                    USERS.formatted(
                            adminPassword, home.drawPassword("mysql_" + READER), home.drawPassword("mysql_" + WRITER)));
        } catch (IOException e) {
            ended(process);
            throw complaint(home, e);
        }
        if (ended(process) != 0) {
            throw complaint(home, null);
        }
    }

    private static void write(OutputStream statements, String text) throws IOException {
        statements.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Process run(List<String> command, DemoHome home) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder(home.folder()).toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(home).toFile()))
                .start();
    }

    /** Waits for a process's end, and answers its exit status; one that does not end is ended. */
    private static int ended(Process process) {
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return -1;
    }

    /** Waits until the server lets its administrator in. */
    private void await(DemoHome home) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try {
                connect().close();
                return;
            } catch (SQLException e) {
                if (hasEnded()) {
                    throw complaint(home, e);
                }
                if (System.nanoTime() > deadline) {
                    throw new IOException("it does not answer for " + PATIENCE_SECONDS + " s", e);
                }
            }
        }
    }

    private boolean hasEnded() throws IOException {
        try {
            return server.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What the server itself said that was wrong, in one line. */
    private static IOException complaint(DemoHome home, @Nullable Exception cause) throws IOException {
        List<String> said = Files.exists(log(home)) ? Files.readAllLines(log(home)) : List.of();
        String text = said.stream()
                .filter(line -> COMPLAINT.matcher(line).find())
                .findFirst()
                .orElse(said.isEmpty() ? "it said nothing" : said.get(said.size() - 1));
        return new IOException(text.replaceFirst("^[-0-9]+ [0-9:]+ [0-9]+ \\[ERROR\\] ", ""), cause);
    }

    private static void stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
