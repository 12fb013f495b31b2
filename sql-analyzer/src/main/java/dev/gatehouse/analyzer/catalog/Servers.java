package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Upstream;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** How servers are reached for their catalogs: with the least powerful login, over TLS as the upstream says. */
public final class Servers {

    private static final int READ_SECONDS = 60;

    private static final String AUTHENTICATION = "mysql_native_password,caching_sha2_password,client_ed25519,parsec";

    private Servers() {}

    /** Connects to a database. */
    public static DataSource of(Upstream upstream, String database) {
        return switch (upstream.dialect()) {
            case POSTGRESQL -> postgres(upstream, database);
            case MYSQL -> mysql(upstream, database);
        };
    }

    /** Connects to a PostgreSQL database. */
    public static PGSimpleDataSource postgres(Upstream upstream, String database) {
        Login login = upstream.logins().get(0);
        PGSimpleDataSource server = new PGSimpleDataSource();
        server.setServerNames(new String[] {upstream.host()});
        server.setPortNumbers(new int[] {upstream.port()});
        server.setDatabaseName(database);
        server.setUser(login.username());
        server.setPassword(login.password().reveal());
        server.setApplicationName("gatehouse");
        server.setSocketTimeout(READ_SECONDS);
        Upstream.Tls.Mode mode = upstream.tls().mode();
        server.setSslMode(mode.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        boolean verifies = mode == Upstream.Tls.Mode.VERIFY_CA || mode == Upstream.Tls.Mode.VERIFY_FULL;
        if (upstream.tls().ca().isPresent()) {
            server.setSslRootCert(upstream.tls().ca().get().toString());
        } else if (verifies) {
            server.setSslfactory(DefaultJavaSSLFactory.class.getName());
        }
        if (mode != Upstream.Tls.Mode.DISABLE) {
            server.setSslNegotiation(upstream.tls().negotiation().name().toLowerCase(Locale.ROOT));
        }
        upstream.tls().certificate().ifPresent(own -> {
            server.setSslfactory(CertifiedSocketFactory.class.getName());
            server.setSslFactoryArg(CertifiedSocketFactory.argument(own));
        });
        return server;
    }

    private static MariaDbDataSource mysql(Upstream upstream, String database) {
        try {
            Login login = upstream.logins().get(0);
            MariaDbDataSource server = new MariaDbDataSource(url(upstream, database));
            server.setUser(login.username());
            server.setPassword(login.password().reveal());
            return server;
        } catch (SQLException e) {
            throw new IllegalStateException("the server " + upstream.name() + " has an address that is none", e);
        }
    }

    /**
     * The URL of a MySQL database. Nothing that a server asks the driver for is sent: no file, and no password in clear
     * text, not even to be enciphered with a key of the server's own.
     */
    static String url(Upstream upstream, String database) {
        Upstream.Tls.Mode mode = upstream.tls().mode();
        String tls =
                switch (mode) {
                    case DISABLE -> "disable";
                    case REQUIRE -> "trust";
                    case VERIFY_CA -> "verify-ca";
                    case VERIFY_FULL -> "verify-full";
                };
        String ca = upstream.tls().ca().map(file -> "&serverSslCert=" + file).orElse("");
        String host = upstream.host().contains(":") ? "[" + upstream.host() + "]" : upstream.host();
        return "jdbc:mariadb://" + host + ":" + upstream.port() + "/" + database + "?sslMode=" + tls + ca
                + "&allowLocalInfile=false&allowPublicKeyRetrieval=false&socketTimeout=" + READ_SECONDS * 1000
                + "&restrictedAuth=" + AUTHENTICATION + "&connectionAttributes=program_name:gatehouse";
    }
}
