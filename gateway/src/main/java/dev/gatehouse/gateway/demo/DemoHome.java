package dev.gatehouse.gateway.demo;

import dev.gatehouse.firewall.session.NativeHash;
import dev.gatehouse.firewall.session.ScramVerifier;
import dev.gatehouse.gateway.command.PasswordHash;
import dev.gatehouse.wire.mysql.auth.NativePassword;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The folder a demo lives in: configuration, policy, secrets, journal, databases. For this user alone. */
final class DemoHome {

    static final String PASSWORD = "demo";

    private static final int PASSWORD_BYTES = 18;
    private static final int SALT_BYTES = 16;

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    private DemoHome(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder.
     *
     * @throws IOException if it is there already and not empty
     */
    static DemoHome make(Path folder) throws IOException {
        Path home = folder.toAbsolutePath().normalize();
        Files.createDirectories(
                home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (Stream<Path> inside = Files.list(home)) {
            if (inside.findAny().isPresent()) {
                throw new IOException(home + " is not empty");
            }
        }
        return new DemoHome(home);
    }

    Path folder() {
        return folder;
    }

    Path config() {
        return folder.resolve("gatehouse.yaml");
    }

    /** Draws a password for a database user and keeps it where the configuration finds it. */
    String drawPassword(String user) throws IOException {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        String password = HexFormat.of().formatHex(bytes);
        writeSecret(user, password);
        return password;
    }

    /**
     * Writes the server file, the policy, the users' password and the gateway's certificate.
     *
     * @param mysqlPort where MariaDB listens; empty when there is none
     */
    void configure(Ports ports, int postgresPort, OptionalInt mysqlPort, Path adminSocket) throws IOException {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        writeSecret(
                "demo_hash",
                PasswordHash.of(PASSWORD, salt, ScramVerifier.MIN_ITERATIONS).text());
        writeSecret("demo_native_hash", new NativeHash(NativePassword.hash(PASSWORD)).text());
        SelfMadeCertificate made = SelfMadeCertificate.make(Instant.now(), random);
        Files.writeString(folder.resolve("tls.crt"), made.certificate());
        writeSecret("tls.key", made.key());
        String config = resource("gatehouse.yaml")
                .replace("@MYSQL_LISTENER@\n", mysqlPort.isPresent() ? resource("mysql-listener.yaml") : "")
                .replace("@MYSQL_UPSTREAM@\n", mysqlPort.isPresent() ? resource("mysql-upstream.yaml") : "");
        Map<String, String> values = Map.of(
                "@POSTGRES_LISTENER_PORT@", Integer.toString(ports.postgres()),
                "@MYSQL_LISTENER_PORT@", Integer.toString(ports.mysql()),
                "@WEB_PORT@", Integer.toString(ports.web()),
                "@POSTGRES_PORT@", Integer.toString(postgresPort),
                "@MYSQL_PORT@", Integer.toString(mysqlPort.orElse(0)),
                "@ADMIN_SOCKET@", adminSocket.toAbsolutePath().toString(),
                "@HOME@", folder.toString());
        for (Map.Entry<String, String> value : values.entrySet()) {
            config = config.replace(value.getKey(), value.getValue());
        }
        Files.writeString(config(), config);
        Path policy = Files.createDirectories(folder.resolve("policy.d"));
        Files.writeString(policy.resolve("demo.yaml"), resource("demo.yaml"));
    }

    /** Removes the folder and all that is in it. */
    void remove() throws IOException {
        remove(folder);
    }

    /** Removes a folder and all that is in it; one that is not there is removed already. */
    static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> inside;
        try (Stream<Path> all = Files.walk(folder)) {
            inside = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inside) {
            Files.deleteIfExists(path);
        }
    }

    static String resource(String name) throws IOException {
        try (InputStream in = DemoHome.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the program lacks its resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void writeSecret(String name, String secret) throws IOException {
        Path secrets = folder.resolve("secrets");
        Files.createDirectories(
                secrets, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = Files.createFile(
                secrets.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret);
    }
}
