package dev.gatehouse.gateway;

import dev.gatehouse.testing.RealPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A real server that speaks TLS and asks some roles for other proofs than a password, until it is closed. */
final class TaughtServer implements AutoCloseable {

    private static final int TRIES = 200;
    private static final int PAUSE_NANOS = 20_000_000;

    private final RealPostgres server;
    private final Path rules;
    private final String before;

    private TaughtServer(RealPostgres server, Path rules, String before) {
        this.server = server;
        this.rules = rules;
        this.before = before;
    }

    /**
     * Teaches a server; empty where its files are out of reach, as in a container.
     *
     * @param certificate the server's own
     * @param trusted whom it believes about clients
     * @param moreRules lines that come before those of its {@code pg_hba.conf}
     */
    static Optional<TaughtServer> teach(
            RealPostgres server, TestCertificate certificate, TestCertificate trusted, String moreRules)
            throws Exception {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            Path data = Path.of(shown(statement, "data_directory"));
            if (!Files.isWritable(data)) {
                return Optional.empty();
            }
            place(certificate.certificate(), data, "taught.crt");
            place(certificate.key(), data, "taught.key");
            place(trusted.certificate(), data, "trusted.crt");
            Path rules = Path.of(shown(statement, "hba_file"));
            String before = Files.readString(rules);
            Files.writeString(rules, moreRules + before);
            for (String setting : new String[] {
                "ssl_cert_file = 'taught.crt'", "ssl_key_file = 'taught.key'", "ssl_ca_file = 'trusted.crt'", "ssl = on"
            }) {
                statement.execute("alter system set " + setting);
            }
            TaughtServer taught = new TaughtServer(server, rules, before);
            taught.reload("on");
            return Optional.of(taught);
        }
    }

    private static void place(Path file, Path data, String name) throws IOException {
        Path copy = data.resolve(name);
        Files.deleteIfExists(copy);
        Files.copy(file, copy);
        Files.setOwner(copy, Files.getOwner(data.resolve("PG_VERSION")));
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
    }

    private static String shown(Statement statement, String setting) throws SQLException {
        try (ResultSet row = statement.executeQuery("show " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    private void reload(String ssl) throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            connection.createStatement().execute("select pg_reload_conf()");
        }
        for (int i = 0; i < TRIES; i++) {
            try (Connection connection = server.connect("postgres")) {
                if (shown(connection.createStatement(), "ssl").equals(ssl)) {
                    return;
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("the server does not take up its settings");
    }

    @Override
    public void close() throws IOException, SQLException {
        Files.writeString(rules, before);
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String setting : new String[] {"ssl_cert_file", "ssl_key_file", "ssl_ca_file", "ssl"}) {
                statement.execute("alter system reset " + setting);
            }
        }
        reload("off");
    }
}
