package dev.gatehouse.bench.compare;

import dev.gatehouse.bench.load.Access;
import dev.gatehouse.bench.load.PgConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts and ends the processes of a comparison. None of them outlives this one. */
final class Children {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long GRACE_SECONDS = 10;
    private static final long RETRY_MILLIS = 100;

    private Children() {}

    /** The command line of a Java child on our own class path. */
    static List<String> java(List<String> flags, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts a child; what it says goes to a file. */
    static Process start(List<String> command, Path log) throws IOException {
        return endWithUs(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    /** Starts a child that is spoken with; what it complains about is ours to show. */
    static Process converse(List<String> command) throws IOException {
        return endWithUs(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** A port nobody listens on. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /**
     * Waits until clients get in.
     *
     * @throws IOException if the child ends or takes too long; with the end of what it said
     */
    static void awaitLogin(Access access, Process child, Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        IOException last = new IOException("not tried");
        while (child.isAlive() && System.nanoTime() < deadline) {
            try {
                PgConnection.open(access).close();
                return;
            } catch (IOException e) {
                last = e;
                Thread.sleep(RETRY_MILLIS);
            }
        }
        String state = child.isAlive() ? "does not let clients in" : "ended with " + child.exitValue();
        end(child);
        throw new IOException("the child " + state + "; it said:\n" + tail(log), last);
    }

    /** Ends a child, gently first. */
    static void end(Process child) {
        child.destroy();
        try {
            if (!child.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                child.destroyForcibly();
            }
        } catch (InterruptedException e) {
            child.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Process endWithUs(Process child) {
        Runtime.getRuntime().addShutdownHook(new Thread(child::destroy));
        return child;
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
