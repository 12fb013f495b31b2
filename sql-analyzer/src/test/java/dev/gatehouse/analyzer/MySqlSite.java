package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Catalogs;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.testing.MySqlProduct;
import dev.gatehouse.testing.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** A database of its own on a real MySQL or MariaDB, and an analyzer that knows its catalog. */
final class MySqlSite implements AutoCloseable {

    private static final String NAME = "shop";

    private final MySqlProduct product;
    private final MySqlServer server;
    private final String database;
    private final String version;
    private final Catalogs catalogs;
    private final CalciteAnalyzer analyzer;

    /**
     * Makes the database.
     *
     * @throws org.opentest4j.TestAbortedException when there is no such server to be had
     */
    MySqlSite(MySqlProduct product) throws SQLException {
        this.product = product;
        this.server = product.server();
        this.database = server.createDatabase();
        try (Connection connection = connect("");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select version()")) {
            row.next();
            this.version = row.getString(1);
        }
        this.catalogs = new Catalogs(this::upstream);
        this.analyzer = new CalciteAnalyzer(catalogs, 1);
    }

    /** Opens a connection that may send several statements at once. */
    Connection connect(String sqlMode) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", server.username());
        properties.setProperty("password", server.password());
        properties.setProperty("allowPublicKeyRetrieval", "true");
        properties.setProperty("allowMultiQueries", "true");
        Connection connection = server.connect(database, properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set sql_mode = '" + sqlMode + "'");
        }
        return connection;
    }

    private Upstream upstream(String name) {
        return new Upstream(
                name,
                Dialect.MYSQL,
                server.host(),
                server.port(),
                database,
                List.of(),
                new Upstream.Tls(Upstream.Tls.Mode.DISABLE, Optional.empty()),
                Map.of(),
                List.of(new Login("ro", server.username(), new Secret(server.password()))),
                0,
                Duration.ofMinutes(10));
    }

    MySqlProduct product() {
        return product;
    }

    String database() {
        return database;
    }

    CalciteAnalyzer analyzer() {
        return analyzer;
    }

    /** How a session that has chosen the database reads text. */
    Scope scope(String sqlMode) {
        Modes modes = Modes.MySql.of(version, sqlMode, 0);
        return new Scope(NAME, database, "app", Optional.of(List.of()), modes);
    }

    /** The catalog as it is now. */
    Snapshot snapshot() {
        return catalogs.of(NAME, database).fresh().join().snapshot();
    }

    @Override
    public void close() {
        analyzer.close();
        catalogs.close();
    }
}
