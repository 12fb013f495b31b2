package dev.gatehouse.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The product as an operator runs it: {@code gatehouse serve}, a process of its own. */
final class GatewayProcess implements AutoCloseable {

    private static final Pattern SERVES = Pattern.compile("serves postgres \\S+:(\\d+)(?:, mysql \\S+:(\\d+))?");

    private final Process process;
    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
    private final Thread reader;
    private final int port;
    private final int mysqlPort;

    private GatewayProcess(Process process) throws IOException {
        this.process = process;
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Matcher serves = serves(lines);
        this.port = Integer.parseInt(serves.group(1));
        this.mysqlPort = serves.group(2) == null ? 0 : Integer.parseInt(serves.group(2));
        this.reader = new Thread(() -> lines.lines().forEach(said::add));
        reader.setDaemon(true);
        reader.start();
    }

    static GatewayProcess serve(Path config) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("gatehouse.jvm").trim().split("\\s+")));
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.gatehouse.gateway.Main",
                "serve",
                "-c",
                config.toString()));
        return new GatewayProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** The ports the process tells that it listens on. */
    private Matcher serves(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            Matcher matcher = SERVES.matcher(line);
            if (matcher.find()) {
                return matcher;
            }
        }
        throw new AssertionError("the gateway did not start: " + said);
    }

    int port() {
        return port;
    }

    /** The port for MySQL's protocol; 0 where it has none. */
    int mysqlPort() {
        return mysqlPort;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has written to its log so far. */
    String log() {
        return String.join("\n", said);
    }

    /** Sends it SIGTERM; what it says behind that is still read. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Sends it SIGKILL and waits. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        status();
    }

    /** Waits until it has ended; answers its exit status. */
    int status() throws InterruptedException {
        reader.join();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }
}
