package dev.gatehouse.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes a MySQL server of Debian's binaries, run by the loader and with the libraries that came with them. */
final class MySqlBinaries {

    private static final String SERVER = "usr/sbin/mysqld";
    private static final String LIBRARIES = "usr/lib/x86_64-linux-gnu";
    private static final String LOADER = LIBRARIES + "/ld-linux-x86-64.so.2";

    private MySqlBinaries() {}

    /** Where they are looked for. */
    static Path folder() {
        return Path.of(Objects.requireNonNullElseGet(
                System.getenv("GATEHOUSE_MYSQL_HOME"),
                () -> System.getProperty("java.io.tmpdir") + "/gatehouse-" + System.getProperty("user.name")
                        + "-mysql"));
    }

    /** Whether they are there, and nobody else could have put them there. */
    static boolean areIn(Path folder) {
        try {
            return Files.isExecutable(folder.resolve(SERVER))
                    && Files.getOwner(folder).getName().equals(System.getProperty("user.name"));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Starts a server; it does not answer at once.
     *
     * @param commands what it runs before it lets anybody in
     */
    static ServerProcess start(Path binaries, int port, String[] commands) throws IOException {
        Path home = Files.createTempDirectory("gatehouse-mysql-");
        Path first = home.resolve("first.sql");
        Files.writeString(first, String.join(";\n", commands) + ";\n", StandardCharsets.UTF_8);
        List<String> making = options(binaries, home);
        making.add("--initialize-insecure");
        ServerProcess.finish(home, ServerProcess.command(home, making).start());
        List<String> options = options(binaries, home);
        options.add("--init-file=" + first);
        options.add("--port=" + port);
        options.add("--bind-address=127.0.0.1");
        options.add("--socket=" + home.resolve("socket"));
        options.add("--pid-file=" + home.resolve("pid"));
        options.add("--mysqlx=OFF");
        options.add("--skip-name-resolve");
        options.add("--skip-log-bin");
        options.add("--local-infile=ON");
        options.add("--max-connections=500");
        return new ServerProcess(home, options);
    }

    private static List<String> options(Path binaries, Path home) {
        Path share = binaries.resolve("usr/share/mysql");
        return new ArrayList<>(List.of(
                binaries.resolve(LOADER).toString(),
                "--library-path",
                binaries.resolve(LIBRARIES).toString(),
                binaries.resolve(SERVER).toString(),
                "--no-defaults",
                // Taken only by root, and root may not do without.
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + binaries.resolve("usr"),
                "--datadir=" + home.resolve("data"),
                "--tmpdir=" + home,
                "--lc-messages-dir=" + share,
                "--character-sets-dir=" + share.resolve("charsets"),
                "--plugin-dir=" + binaries.resolve("usr/lib/mysql/plugin"),
                "--secure-file-priv=" + home,
                "--innodb-buffer-pool-size=64M",
                "--innodb-redo-log-capacity=32M",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-doublewrite=OFF"));
    }
}
