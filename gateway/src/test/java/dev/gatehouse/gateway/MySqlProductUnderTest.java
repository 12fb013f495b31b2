package dev.gatehouse.gateway;

import dev.gatehouse.testing.MySqlServer;
import dev.gatehouse.testing.RealMariaDb;
import dev.gatehouse.testing.RealMySql;
import java.util.function.Supplier;

/** The servers that a test holds for. */
@SuppressWarnings("ImmutableEnumChecker") // The suppliers are methods without a state.
enum MySqlProductUnderTest {
    MARIADB(RealMariaDb::shared),
    MYSQL(RealMySql::shared);

    private final Supplier<MySqlServer> server;

    MySqlProductUnderTest(Supplier<MySqlServer> server) {
        this.server = server;
    }

    MySqlServer server() {
        return server.get();
    }

    MySqlWireClient client(int capabilities) throws Exception {
        return MySqlWireClient.to(server(), "mysql", capabilities);
    }
}
