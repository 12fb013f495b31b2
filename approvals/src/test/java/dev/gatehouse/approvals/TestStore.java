package dev.gatehouse.approvals;

import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.session.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The databases that every test of the desk runs on, each time with a store of its own. */
enum TestStore {
    H2 {
        @Override
        StoreSettings settings() {
            return new StoreSettings.Passing(UUID.randomUUID().toString());
        }
    },
    POSTGRES {
        @Override
        StoreSettings settings() {
            String schema = "s" + UUID.randomUUID().toString().replace("-", "");
            try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA " + schema);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return new StoreSettings.Postgres(
                    "localhost:" + Server.RUNNING.getPort(),
                    "postgres",
                    "postgres",
                    new Secret("postgres"),
                    Map.of("sslmode", "disable", "currentSchema", schema));
        }
    };

    /** Where a new store is. */
    abstract StoreSettings settings();

    /** A desk over a store that keeps time by this clock, and does all on its callers' threads. */
    static ApprovalDesk desk(StoreSettings settings, Recorder recorder, InstantSource clock) {
        return desk(settings, recorder, Optional.of(clock), clock);
    }

    /** A desk at a gateway whose clock differs from the store's. */
    static ApprovalDesk desk(
            StoreSettings settings, Recorder recorder, Optional<InstantSource> time, InstantSource clock) {
        try {
            return ApprovalDesk.open(settings, recorder, time, clock, Runnable::run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Started with the first test that needs it; ends with the process. */
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().setCleanDataDirectory(true).start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
