package dev.gatehouse.approvals;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** How the store of each kind is connected to. */
final class Pools {

    /** How long anybody waits for the store before it counts as down. */
    private static final int PATIENCE_MILLIS = 2000;

    private static final int CONNECTIONS = 4;
    private static final String FILE = "approvals";

    private Pools() {}

    /**
     * The pool's configuration.
     *
     * @throws IOException if the folder of an embedded store cannot be used
     */
    static HikariConfig of(StoreSettings settings) throws IOException {
        if (settings instanceof StoreSettings.Embedded embedded) {
            makeFolder(embedded.dir());
        }
        HikariConfig config = settings.match(Pools::embedded, Pools::passing, Pools::postgres);
        config.setPoolName("approvals");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setValidationTimeout(PATIENCE_MILLIS / 2);
        config.setInitializationFailTimeout(PATIENCE_MILLIS);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return config;
    }

    private static HikariConfig embedded(StoreSettings.Embedded embedded) {
        String file = embedded.dir().toAbsolutePath().resolve(FILE).toString();
        return h2("file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    }

    private static HikariConfig passing(StoreSettings.Passing passing) {
        return h2("mem:" + passing.name() + ";DB_CLOSE_DELAY=-1");
    }

    private static HikariConfig h2(String place) {
        HikariConfig config = new HikariConfig();
        config.setDriverClassName("org.h2.Driver");
        config.setJdbcUrl("jdbc:h2:" + place + ";LOCK_TIMEOUT=" + PATIENCE_MILLIS);
        return config;
    }

    private static HikariConfig postgres(StoreSettings.Postgres postgres) {
        HikariConfig config = new HikariConfig();
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl("jdbc:postgresql://" + postgres.address() + "/");
        config.addDataSourceProperty("PGDBNAME", postgres.database());
        config.setUsername(postgres.username());
        config.setPassword(postgres.password().reveal());
        config.addDataSourceProperty("ApplicationName", "gatehouse approvals");
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("loginTimeout", "2");
        config.addDataSourceProperty("socketTimeout", "5");
        config.addDataSourceProperty("cancelSignalTimeout", "1");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty(
                "options",
                "-c lock_timeout=" + PATIENCE_MILLIS + " -c statement_timeout=" + 2 * PATIENCE_MILLIS
                        + " -c idle_in_transaction_session_timeout=" + 10 * PATIENCE_MILLIS
                        + " -c synchronous_commit=on");
        postgres.properties().forEach(config::addDataSourceProperty);
        return config;
    }

    /** The folder holds what statements say, so it is for this user alone. */
    private static void makeFolder(Path dir) throws IOException {
        if (dir.toAbsolutePath().toString().contains(";")) {
            throw new IOException("the store's folder cannot have a semicolon in its name: " + dir);
        }
        if (Files.notExists(dir, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(
                    dir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}
