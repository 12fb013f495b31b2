package dev.gatehouse.gateway;

import dev.gatehouse.gateway.settings.Loaded;
import dev.gatehouse.testing.RealPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** A gateway whose server file differs from that of {@link TestGateway} in a few places. */
final class Configured {

    private static final String LISTEN = "  admin_socket: ";
    private static final String CLEAR = "tls: { mode: disable }";

    private final Path file;
    private String text;

    private Configured(Path file) throws IOException {
        this.file = file;
        this.text = Files.readString(file);
    }

    /** The usual file, in front of a database. */
    static Configured in(Path folder, String database) throws IOException {
        return new Configured(TestGateway.write(folder, database, "127.0.0.1:0"));
    }

    /** Puts another text in the place of one that must be there. */
    Configured with(String before, String after) {
        if (!text.contains(before)) {
            throw new AssertionError("the server file has no " + before);
        }
        text = text.replace(before, after);
        return this;
    }

    /** Adds to {@code listen}. */
    Configured listening(String line) {
        return with(LISTEN, "  " + line + "\n" + LISTEN);
    }

    /** Offers TLS to clients. */
    Configured offeringTls(TestCertificate certificate, String mode) {
        return listening("tls: { cert: " + certificate.certificate() + ", key: " + certificate.key() + ", client_mode: "
                + mode + " }");
    }

    /** Reaches the server as these settings say. */
    Configured upstreamTls(String settings) {
        return with(CLEAR, "tls: { " + settings + " }");
    }

    /** Reaches the server somewhere else. */
    Configured upstreamAt(int port) {
        RealPostgres server = RealPostgres.shared();
        return with(server.host() + ":" + server.port(), "127.0.0.1:" + port);
    }

    /** Uses another login on the server. */
    Configured login(String username, String password) {
        RealPostgres server = RealPostgres.shared();
        return with(
                "username: " + server.username() + ", password: \"" + server.password() + "\"",
                "username: " + username + ", password: \"" + password + "\"");
    }

    /** Writes the server file; answers where it is. */
    Path write() throws IOException {
        return Files.writeString(file, text);
    }

    Gateway start() throws IOException {
        write();
        Loaded loaded = Loaded.load(file, false, Map.of());
        return Gateway.start(loaded.configuration().orElseThrow(() -> new AssertionError(loaded.report())));
    }

    static int port(Gateway gateway) {
        return gateway.postgres().orElseThrow().getPort();
    }

    /** A driver's connection as {@code erik}, who may do everything. */
    static Connection connect(Gateway gateway, String options) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port(gateway) + "/shop?user=erik&password="
                + TestGateway.PASSWORD + options);
    }
}
