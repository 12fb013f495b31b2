package dev.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server run as a process of its own, with a folder of its own that it leaves with it. */
final class ServerProcess {

    /** How long a server may take until it answers. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Below the ports that systems give to connections that go out. */
    private static final int FIRST_OUTGOING_PORT = 32_000;

    private static final int FIRST_PORT = 15_000;

    private static final long SECONDS_TO_STOP = 20;
    private static final long MILLIS_TO_WAIT = 50;

    private final Path home;
    private final List<String> command;
    private Process process;

    /**
     * Starts a server; it does not answer at once.
     *
     * @param home its folder, and where it says what it has to say
     */
    ServerProcess(Path home, List<String> command) throws IOException {
        this.home = home;
        this.command = List.copyOf(command);
        this.process = command(home, command).start();
    }

    /** Sends it a signal, by name. */
    void signal(String name) throws IOException {
        finish(
                home,
                command(home, List.of("kill", "-" + name, Long.toString(process.pid())))
                        .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it has ended, and starts it again on the same data; it does not answer at once. */
    void startAgain() throws IOException {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        process = command(home, command).start();
    }

    /** A command whose output goes to the log of a folder. */
    static ProcessBuilder command(Path home, List<String> command) {
        ProcessBuilder.Redirect log =
                ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile());
        return new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
    }

    /** Waits until a command ends well. */
    static void finish(Path home, Process process) throws IOException {
        try {
            if (process.waitFor() != 0) {
                throw new IOException("it ended with " + process.exitValue() + ": " + log(home));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** A port that nobody has, nor gets for a connection of his own before the server has it. */
    static int freePort() throws IOException {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_OUTGOING_PORT);
        } while (!isFree(port));
        return port;
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        }
    }

    /** Waits until it lets the administrator in. */
    void await(MySqlServer server) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection connection = server.connect("mysql")) {
                connection.isValid(1);
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new SQLException(log(home), e);
                }
                waitABit();
            }
        }
    }

    private void waitABit() {
        try {
            process.waitFor(MILLIS_TO_WAIT, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String log(Path home) {
        try {
            return Files.readString(home.resolve("log"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    /** Ends the server and takes its data away. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            delete(home);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes away a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
