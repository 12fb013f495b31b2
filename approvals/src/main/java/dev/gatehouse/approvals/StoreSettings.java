package dev.gatehouse.approvals;

import dev.gatehouse.firewall.session.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** Where the store is. */
public sealed interface StoreSettings {

    /**
     * A database of the gateway's own, in files.
     *
     * @param dir their folder; made for this user alone if it is missing
     */
    record Embedded(Path dir) implements StoreSettings {}

    /**
     * A database that is gone with the process.
     *
     * @param name the same for those who share it
     */
    record Passing(String name) implements StoreSettings {}

    /**
     * A PostgreSQL server, which several gateways may share.
     *
     * @param address host and port
     * @param database the database, which must be there; its tables are made
     * @param username the server's user, who may make tables in the first schema of its search path
     * @param password that user's password
     * @param properties more properties of the driver, such as those of TLS
     */
    record Postgres(String address, String database, String username, Secret password, Map<String, String> properties)
            implements StoreSettings {

        public Postgres {
            properties = Map.copyOf(properties);
        }
    }

    /** Answers by case. */
    default <R> R match(Function<Embedded, R> embedded, Function<Passing, R> passing, Function<Postgres, R> postgres) {
        if (this instanceof Embedded e) {
            return embedded.apply(e);
        }
        if (this instanceof Passing p) {
            return passing.apply(p);
        }
        return postgres.apply((Postgres) this);
    }
}
