package dev.gatehouse.gateway.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code psql} of this machine. */
final class PsqlClient implements Client {

    private static final long PATIENCE_SECONDS = 90;

    private final int port;

    PsqlClient(int port) {
        this.port = port;
    }

    /** Whether this machine has one. */
    static boolean isInstalled() {
        try {
            Process probe = new ProcessBuilder("psql", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The command a person would type. */
    static String command(int port, String user, String sql) {
        return "psql \"" + conninfo(port, user) + "\" -c \"" + sql + '"';
    }

    @Override
    public String name() {
        return "psql";
    }

    @Override
    public Seen run(String user, String sql) {
        try {
            Process psql = new ProcessBuilder(List.of("psql", "-X", conninfo(port, user), "-c", sql))
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .start();
            String text = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Seen(psql.waitFor() == 0, text.stripTrailing());
        } catch (IOException e) {
            throw new UncheckedIOException("psql cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Seen(false, "interrupted");
        }
    }

    private static String conninfo(int port, String user) {
        return "host=127.0.0.1 port=" + port + " dbname=shop user=" + user + " password=" + DemoHome.PASSWORD;
    }
}
