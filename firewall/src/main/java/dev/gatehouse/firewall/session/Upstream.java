package dev.gatehouse.firewall.session;

import dev.gatehouse.firewall.statement.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A database server behind the gateway.
 *
 * @param name what clients give as the database name to reach it
 * @param dialect the protocol and SQL dialect it speaks
 * @param host host name or address
 * @param port TCP port
 * @param defaultDatabase the database a session gets that names only the upstream
 * @param databases the databases a session may name; empty for any
 * @param tls how the connection to it is protected
 * @param labels free labels that rules refer to
 * @param logins the credentials held for it, least to most powerful; never empty
 * @param maxConnections how many sessions may be open to it at once; 0 for no limit
 * @param schemaRefresh how often its catalog is read again
 */
public record Upstream(
        String name,
        Dialect dialect,
        String host,
        int port,
        String defaultDatabase,
        List<String> databases,
        Tls tls,
        Map<String, String> labels,
        List<Login> logins,
        int maxConnections,
        Duration schemaRefresh) {

    public Upstream {
        databases = List.copyOf(databases);
        labels = Map.copyOf(labels);
        logins = List.copyOf(logins);
    }

    /** Whether a session may be opened in this database. */
    public boolean offers(String database) {
        return databases.isEmpty() || databases.contains(database) || database.equals(defaultDatabase);
    }

    /** The login of that name. */
    public Optional<Login> login(String login) {
        return logins.stream().filter(l -> l.name().equals(login)).findFirst();
    }

    /**
     * Protection of the connection to the server.
     *
     * @param mode what is asked for and checked
     * @param ca certificates to trust, in PEM; empty for the JDK's own
     */
    public record Tls(Mode mode, Optional<Path> ca) {

        /** As libpq's {@code sslmode}, without the values that fall back to clear text. */
        public enum Mode {
            /** Clear text. */
            DISABLE,
            /** TLS without any check of the certificate. */
            REQUIRE,
            /** TLS with a certificate of the trusted authority. */
            VERIFY_CA,
            /** TLS with a certificate of the trusted authority that names the host. */
            VERIFY_FULL
        }
    }
}
