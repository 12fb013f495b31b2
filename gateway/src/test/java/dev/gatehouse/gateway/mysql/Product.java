package dev.gatehouse.gateway.mysql;

import dev.gatehouse.testing.MySqlServer;
import dev.gatehouse.testing.RealMariaDb;
import dev.gatehouse.testing.RealMySql;
import java.util.function.Supplier;

/** The servers that a test holds for. */
@SuppressWarnings("ImmutableEnumChecker") // The suppliers are methods without a state.
enum Product {
    MARIADB(RealMariaDb::shared),
    MYSQL(RealMySql::shared);

    private final Supplier<MySqlServer> server;

    Product(Supplier<MySqlServer> server) {
        this.server = server;
    }

    MySqlServer server() {
        return server.get();
    }

    WireClient client(int capabilities) throws Exception {
        return WireClient.to(server(), "mysql", capabilities);
    }
}
