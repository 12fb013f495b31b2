package dev.gatehouse.bench.capture;

import dev.gatehouse.bench.load.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The clients a scenario may use, all of them led through the tee.
 *
 * @param access the login, through the tee
 */
record Stage(Access access) {

    /** Runs psql on a script; an error in it is part of the scenario. */
    void psql(String... lines) throws IOException, InterruptedException {
        psqlTo(access.database() + " sslmode=disable", access, String.join("\n", lines) + "\n");
    }

    /** Runs psql as another user, with connection options of one's own such as {@code sslmode=prefer}. */
    void psqlAs(String user, String password, String options, String script) throws IOException, InterruptedException {
        Access other = new Access(access.host(), access.port(), user, password, access.database());
        psqlTo(access.database() + " " + options, other, script);
    }

    /** Runs psql on one {@code -c} argument, which goes out as one message. */
    void psqlCommand(String command) throws IOException, InterruptedException {
        run(List.of("psql", "-X", "-q", "-c", command, conninfo(access, access.database() + " sslmode=disable")), "");
    }

    /** Runs pgbench for two transactions of a script, in one of its query modes. */
    void pgbench(String mode, String... lines) throws IOException, InterruptedException {
        Path file = Files.createTempFile("gatehouse-bench", ".sql");
        try {
            Files.write(file, List.of(lines));
            run(
                    List.of(
                            "pgbench",
                            "-n",
                            "-M",
                            mode,
                            "-c",
                            "1",
                            "-t",
                            "2",
                            "-f",
                            file.toString(),
                            conninfo(access, access.database() + " sslmode=disable")),
                    "");
        } finally {
            Files.delete(file);
        }
    }

    /** Opens a pgjdbc connection; the settings are pairs of name and value. */
    Connection jdbc(String... settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", access.user());
        properties.setProperty("password", access.password());
        properties.setProperty("sslmode", "disable");
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        return DriverManager.getConnection(
                "jdbc:postgresql://" + access.host() + ":" + access.port() + "/" + access.database(), properties);
    }

    private static void psqlTo(String database, Access access, String script) throws IOException, InterruptedException {
        run(List.of("psql", "-X", "-q", conninfo(access, database)), script);
    }

    private static String conninfo(Access access, String database) {
        return "host=" + access.host() + " port=" + access.port() + " user=" + access.user() + " password="
                + access.password() + " dbname=" + database;
    }

    private static void run(List<String> command, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        process.waitFor();
    }
}
