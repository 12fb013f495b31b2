package dev.gatehouse.bench.compare;

import dev.gatehouse.bench.load.Access;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts the peers that are installed: found on the path, or else left out. */
final class Peers {

    private static final int POOL = 100;

    private Peers() {}

    /** A program on the path. */
    static Optional<Path> program(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** pgbouncer in one of its pool modes, {@code session} or {@code transaction}. */
    static Middle pgbouncer(Path program, String poolMode, Path work, Access server)
            throws IOException, InterruptedException {
        int port = Children.freePort();
        Path home = Files.createDirectories(work.resolve("pgbouncer-" + poolMode));
        Path users = home.resolve("users.txt");
        Files.writeString(users, "\"" + server.user() + "\" \"" + server.password() + "\"\n");
        Path settings = home.resolve("pgbouncer.ini");
        Files.writeString(settings, """
                [databases]
                %1$s = host=127.0.0.1 port=%2$d dbname=%1$s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %3$d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %4$s
                pool_mode = %5$s
                default_pool_size = %6$d
                max_client_conn = 1000
                log_connections = 0
                log_disconnections = 0
                """.formatted(server.database(), server.port(), port, users, poolMode, POOL));
        return start(asNobody(home, program, settings.toString()), "pgbouncer " + poolMode, work, server.through(port));
    }

    /** haproxy as a relay of TCP. */
    static Middle haproxy(Path program, Path work, Access server) throws IOException, InterruptedException {
        int port = Children.freePort();
        Path settings = work.resolve("haproxy.cfg");
        Files.writeString(settings, """
                global
                    maxconn 1000
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 1h
                    timeout server 1h
                listen bench
                    bind 127.0.0.1:%d
                    server database 127.0.0.1:%d
                """.formatted(port, server.port()));
        return start(
                List.of(program.toString(), "-db", "-f", settings.toString()), "haproxy", work, server.through(port));
    }

    private static Middle start(List<String> command, String name, Path work, Access access)
            throws IOException, InterruptedException {
        Path log = work.resolve(name.replace(' ', '-') + ".log");
        Process process = Children.start(command, log);
        Children.awaitLogin(access, process, log);
        return new Middle(name, access, Optional.of(process), false);
    }

    /** pgbouncer will not run as root; then it runs as nobody, who must be able to read its files. */
    private static List<String> asNobody(Path home, Path program, String argument) throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            for (Path path = home; path != null && path.startsWith(home.getParent()); path = path.getParent()) {
                if (!path.toFile().setExecutable(true, false) || !path.toFile().setReadable(true, false)) {
                    throw new IOException("cannot let others read " + path);
                }
            }
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        command.add(program.toString());
        command.add(argument);
        return command;
    }
}
