package dev.gatehouse.bench.capture;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server of our own, thrown away afterwards: the embedded one, or one the system has installed. */
interface PostgresServer extends AutoCloseable {

    /** Its TCP port on the loopback. */
    int port();

    /** The folder of its data. */
    Path data();

    /** Says who may log in how; takes effect at the next reload. */
    default void writeHba(String hba) {
        try {
            Files.writeString(data().resolve("pg_hba.conf"), hba);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void close();

    /** Starts the embedded server. */
    static PostgresServer embedded() throws IOException {
        Path data = Files.createTempDirectory("gatehouse-embedded");
        EmbeddedPostgres server =
                EmbeddedPostgres.builder().setDataDirectory(data).start();
        return new PostgresServer() {
            @Override
            public int port() {
                return server.getPort();
            }

            @Override
            public Path data() {
                return data;
            }

            @Override
            public void close() {
                try {
                    server.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    /** Starts a server from installed programs, as the user {@code postgres} when we are root. */
    static PostgresServer installed(Path bin) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("gatehouse-installed");
        Path data = home.resolve("data");
        if ("root".equals(System.getProperty("user.name"))) {
            run(List.of("chown", "postgres:", home.toString()));
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        run(asServer(bin.resolve("initdb"), "-D", data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8"));
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c fsync=off -k " + home;
        String log = home.resolve("log").toString();
        run(asServer(bin.resolve("pg_ctl"), "-D", data.toString(), "-l", log, "-w", "-o", options, "start"));
        return new PostgresServer() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public Path data() {
                return data;
            }

            @Override
            public void close() {
                try {
                    run(asServer(bin.resolve("pg_ctl"), "-D", data.toString(), "-m", "fast", "-w", "stop"));
                    run(List.of("rm", "-r", home.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private static List<String> asServer(Path program, String... arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(command.get(0) + " ended with " + code + ": " + command);
        }
    }
}
