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
     * @param certificate what the gateway shows a server that asks who it is
     * @param negotiation how TLS begins
     */
    public record Tls(Mode mode, Optional<Path> ca, Optional<ClientCertificate> certificate, Negotiation negotiation) {

        /** Protection that begins as every server understands it, without a certificate of the gateway's own. */
        public Tls(Mode mode, Optional<Path> ca) {
            this(mode, ca, Optional.empty(), Negotiation.POSTGRES);
        }

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

        /** As libpq's {@code sslnegotiation}. */
        public enum Negotiation {
            /** The protocol's own request comes first. */
            POSTGRES,
            /** The connection begins with TLS: one round trip less, for PostgreSQL 17 and later. */
            DIRECT
        }
    }

    /**
     * The gateway's own certificate, for servers that ask for one.
     *
     * @param chain the certificate and those that vouch for it, in PEM
     * @param key its private key, in PEM (PKCS #8)
     */
    public record ClientCertificate(String chain, Secret key) {}
}
