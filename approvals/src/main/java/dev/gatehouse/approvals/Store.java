package dev.gatehouse.approvals;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.firewall.approval.Approvals.Unavailable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database behind the desk, H2 or PostgreSQL, and its clock. What a transaction has changed outlives the process, and on
 * a shared server is seen by every gateway, from the moment {@link #transact} returns.
 */
final class Store implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private final HikariDataSource pool;
    private final StoreSettings settings;
    private final Optional<InstantSource> clock;
    private final AtomicBoolean down = new AtomicBoolean();

    private Store(HikariDataSource pool, StoreSettings settings, Optional<InstantSource> clock) {
        this.pool = pool;
        this.settings = settings;
        this.clock = clock;
    }

    /** Work in one transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Opens the store and brings its tables up to date.
     *
     * @param clock in place of the store's own, for tests
     * @throws IOException if it cannot be reached or used
     */
    static Store open(StoreSettings settings, Optional<InstantSource> clock) throws IOException {
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(Pools.of(settings));
        } catch (RuntimeException e) {
            throw refused(e);
        }
        try {
            Flyway.configure(Store.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:dev/gatehouse/approvals/migrations")
                    .table("approval_schema_history")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .loggers("slf4j")
                    .load()
                    .migrate();
            return new Store(pool, settings, clock);
        } catch (RuntimeException e) {
            pool.close();
            throw refused(e);
        }
    }

    private static IOException refused(RuntimeException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new IOException("the store of the approvals cannot be opened: " + cause.getMessage(), e);
    }

    /**
     * Does work in one transaction, all of it or nothing.
     *
     * @throws Unavailable if the store does not answer, or not for certain: the last thing asked of it, the commit, may then
     *     have happened or not
     */
    <T> T transact(Work<T> work) {
        return transact(work, settings instanceof StoreSettings.Embedded);
    }

    /**
     * Reads.
     *
     * @throws Unavailable if the store does not answer
     */
    <T> T read(Work<T> work) {
        return transact(work, false);
    }

    private <T> T transact(Work<T> work, boolean toDisk) {
        try (Connection connection = pool.getConnection()) {
            T made = inTransaction(connection, work, toDisk);
            if (down.getAndSet(false)) {
                LOG.info("the store of the approvals answers again");
            }
            return made;
        } catch (SQLException e) {
            if (!down.getAndSet(true)) {
                LOG.error("the store of the approvals does not answer", e);
            }
            throw new Unavailable("the store of the approvals does not answer");
        }
    }

    private static <T> T inTransaction(Connection connection, Work<T> work, boolean toDisk) throws SQLException {
        boolean done = false;
        try {
            T made = work.on(connection);
            connection.commit();
            if (toDisk) {
                toDisk(connection);
            }
            done = true;
            return made;
        } finally {
            if (!done && !connection.isClosed()) {
                connection.rollback();
            }
        }
    }

    /** H2 would write a moment later, which the process may not live to see. */
    private static void toDisk(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
        connection.commit();
    }

    /** What the store's clock says, which is the same for all gateways; to the microsecond. */
    Instant now(Connection connection) throws SQLException {
        if (clock.isPresent()) {
            return clock.get().instant().truncatedTo(ChronoUnit.MICROS);
        }
        if (!(settings instanceof StoreSettings.Postgres)) {
            return Instant.now().truncatedTo(ChronoUnit.MICROS);
        }
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT clock_timestamp()")) {
            result.next();
            return result.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
