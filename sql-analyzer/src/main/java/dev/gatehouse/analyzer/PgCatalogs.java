package dev.gatehouse.analyzer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Catalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
import org.postgresql.PGProperty;

/** The catalogs of all PostgreSQL databases behind the gateway, read with logins the gateway holds. */
public final class PgCatalogs implements Catalog.Library, AutoCloseable {

    private static final int CONNECTIONS = 2;
    private static final long CONNECT_MILLIS = 5_000;
    private static final long IDLE_MILLIS = 30_000;

    private record Database(String upstream, String name) {}

    private final Function<String, Upstream> upstreams;
    private final Map<Database, DatabaseCatalog> catalogs = new ConcurrentHashMap<>();
    private final ScheduledExecutorService threads;

    /**
     * Keeps catalogs for these servers; nothing is read before it is asked for.
     *
     * @param upstreams finds a server by its name
     */
    public PgCatalogs(Function<String, Upstream> upstreams) {
        this.upstreams = upstreams;
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(CONNECTIONS, task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setName("catalog-reader");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.threads = executor;
    }

    @Override
    public Catalog catalog(String upstream, String database) {
        return of(upstream, database).snapshot();
    }

    @Override
    public void changed(String upstream, String database) {
        of(upstream, database).changed();
    }

    DatabaseCatalog of(String upstream, String database) {
        return catalogs.computeIfAbsent(new Database(upstream, database), this::open);
    }

    private DatabaseCatalog open(Database database) {
        Upstream upstream = upstreams.apply(database.upstream());
        return new DatabaseCatalog(
                database.upstream() + "/" + database.name(),
                new Pool(settings(upstream, database.name())),
                upstream.schemaRefresh(),
                threads);
    }

    private static HikariConfig settings(Upstream upstream, String database) {
        Login login = upstream.logins().get(0);
        HikariConfig config = new HikariConfig();
        config.setPoolName("catalog-" + upstream.name());
        config.setDataSourceClassName("org.postgresql.ds.PGSimpleDataSource");
        config.addDataSourceProperty("serverNames", new String[] {upstream.host()});
        config.addDataSourceProperty("portNumbers", new int[] {upstream.port()});
        config.addDataSourceProperty("databaseName", database);
        config.setUsername(login.username());
        config.setPassword(login.password().reveal());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setIdleTimeout(IDLE_MILLIS);
        protect(upstream.tls(), config);
        return config;
    }

    private static void protect(Upstream.Tls tls, HikariConfig config) {
        String mode =
                switch (tls.mode()) {
                    case DISABLE -> "disable";
                    case REQUIRE -> "require";
                    case VERIFY_CA -> "verify-ca";
                    case VERIFY_FULL -> "verify-full";
                };
        config.addDataSourceProperty(PGProperty.SSL_MODE.getName(), mode);
        boolean verifies = tls.mode() == Upstream.Tls.Mode.VERIFY_CA || tls.mode() == Upstream.Tls.Mode.VERIFY_FULL;
        if (tls.ca().isPresent()) {
            config.addDataSourceProperty(
                    PGProperty.SSL_ROOT_CERT.getName(), tls.ca().get().toString());
        } else if (verifies) {
            config.addDataSourceProperty(PGProperty.SSL_FACTORY.getName(), "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
    }

    /** Reads over a pool that is opened on first use. */
    private static final class Pool implements DatabaseCatalog.Source {

        private final HikariDataSource connections;

        Pool(HikariConfig config) {
            this.connections = new HikariDataSource(config);
        }

        @Override
        public Snapshot read() throws SQLException {
            try (Connection connection = connections.getConnection()) {
                return CatalogReader.read(connection);
            }
        }

        @Override
        public void close() {
            connections.close();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        catalogs.values().forEach(DatabaseCatalog::close);
    }
}
