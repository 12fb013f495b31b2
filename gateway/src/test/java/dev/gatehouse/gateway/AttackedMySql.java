package dev.gatehouse.gateway;

import dev.gatehouse.testing.MySqlServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The twins on MySQL or MariaDB. */
final class AttackedMySql implements AutoCloseable {

    private final List<MySqlGateway> gateways = new ArrayList<>();
    private final Twins twins;

    private AttackedMySql(MySqlServer server, Path folder) throws Exception {
        Twins.Place[] guarded = new Twins.Place[2];
        Twins.Place[] bare = new Twins.Place[2];
        for (int i = 0; i < 2; i++) {
            String behind = database(server, i);
            MySqlGateway gateway =
                    MySqlGateway.ruledBy(AttackedShop.mySqlPolicy(), server, folder.resolve("twin" + i), behind);
            gateways.add(gateway);
            // Whose password is known is let in without TLS.
            gateway.connect("maya").close();
            gateway.connect("erik").close();
            guarded[i] = user -> new MySqlTalk("127.0.0.1", gateway.port(), user, TestGateway.PASSWORD, behind);
            String database = database(server, i);
            bare[i] =
                    user -> new MySqlTalk(server.host(), server.port(), server.username(), server.password(), database);
        }
        twins = new Twins(guarded, bare);
    }

    static AttackedMySql start(MySqlProductUnderTest product, Path folder) throws Exception {
        return new AttackedMySql(product.server(), folder.resolve(product.name()));
    }

    private static String database(MySqlServer server, int twin) throws SQLException {
        String database = server.createDatabase();
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (String command : AttackedShop.mySql(Secrets.of(twin))) {
                statement.execute(command);
            }
        }
        return database;
    }

    Twins twins() {
        return twins;
    }

    @Override
    public void close() {
        gateways.forEach(MySqlGateway::close);
    }
}
