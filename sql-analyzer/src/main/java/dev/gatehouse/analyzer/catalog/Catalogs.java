package dev.gatehouse.analyzer.catalog;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;

/**
 * The catalogs of all databases behind the gateway, read with logins the gateway holds. A MySQL server has one for all its
 * databases, as a statement may name any of them.
 */
public final class Catalogs implements AutoCloseable {

    private static final int CONNECTIONS = 2;
    private static final long CONNECT_MILLIS = 5_000;
    private static final long IDLE_MILLIS = 30_000;

    /** Is told of what was read. */
    public interface Watcher {

        /**
         * What is there has changed, or was read for the first time.
         *
         * @param database empty where it is of a whole server
         */
        void read(Upstream upstream, String database, Snapshot snapshot);
    }

    private record Database(String upstream, String name) {}

    private final Function<String, Upstream> upstreams;
    private final Watcher watcher;
    private final Map<Database, DatabaseCatalog> catalogs = new ConcurrentHashMap<>();
    private final ScheduledExecutorService threads;

    /**
     * Keeps catalogs for these servers; nothing is read before it is asked for.
     *
     * @param upstreams finds a server by its name
     */
    public Catalogs(Function<String, Upstream> upstreams) {
        this(upstreams, (upstream, database, snapshot) -> {});
    }

    /**
     * Keeps catalogs for these servers; nothing is read before it is asked for.
     *
     * @param upstreams finds a server by its name
     * @param watcher is told in the background
     */
    public Catalogs(Function<String, Upstream> upstreams, Watcher watcher) {
        this.upstreams = upstreams;
        this.watcher = watcher;
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(CONNECTIONS, task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setName("catalog-reader");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.threads = executor;
    }

    /** The catalog that holds a database, which is read on first use. */
    public DatabaseCatalog of(String upstream, String database) {
        DatabaseCatalog known = catalogs.get(new Database(upstream, database));
        if (known != null) {
            return known;
        }
        boolean whole = upstreams.apply(upstream).dialect() == Dialect.MYSQL;
        return catalogs.computeIfAbsent(new Database(upstream, whole ? "" : database), this::open);
    }

    private DatabaseCatalog open(Database database) {
        Upstream upstream = upstreams.apply(database.upstream());
        return new DatabaseCatalog(
                database.upstream() + "/" + database.name(),
                new Pool(upstream, database.name()),
                upstream.schemaRefresh(),
                threads,
                snapshot -> watcher.read(upstreams.apply(database.upstream()), database.name(), snapshot));
    }

    private static HikariConfig settings(Upstream upstream, String database) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("catalog-" + upstream.name());
        config.setDataSource(Servers.of(upstream, database));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setIdleTimeout(IDLE_MILLIS);
        return config;
    }

    /** Reads over a pool that is opened on first use, and anew when the server is to be reached in another way. */
    private final class Pool implements DatabaseCatalog.Source {

        private final String database;
        private final CatalogReader reader = new CatalogReader();
        private Upstream upstream;
        private HikariDataSource connections;

        Pool(Upstream upstream, String database) {
            this.upstream = upstream;
            this.database = database;
            this.connections = new HikariDataSource(settings(upstream, database));
        }

        @Override
        public Snapshot read() throws SQLException {
            try (Connection connection = current().getConnection()) {
                return reader.read(connection);
            }
        }

        private synchronized HikariDataSource current() {
            Upstream wanted = upstreams.apply(upstream.name());
            if (!wanted.equals(upstream) && !connections.isClosed()) {
                connections.close();
                upstream = wanted;
                connections = new HikariDataSource(settings(wanted, database));
            }
            return connections;
        }

        @Override
        public synchronized void close() {
            connections.close();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        catalogs.values().forEach(DatabaseCatalog::close);
    }
}
