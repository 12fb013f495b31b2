package dev.gatehouse.gateway;

import dev.gatehouse.testing.RealPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The twins on PostgreSQL. */
final class AttackedPostgres implements AutoCloseable {

    private final List<TestGateway> gateways = new ArrayList<>();
    private final Twins twins;

    private AttackedPostgres(Path folder) throws Exception {
        Twins.Place[] guarded = new Twins.Place[2];
        Twins.Place[] bare = new Twins.Place[2];
        RealPostgres server = RealPostgres.shared();
        for (int i = 0; i < 2; i++) {
            TestGateway gateway = TestGateway.ruledBy(AttackedShop.POLICY, folder.resolve("twin" + i), database(i));
            gateways.add(gateway);
            guarded[i] = user -> new PgTalk(gateway.port(), user, TestGateway.PASSWORD, "shop");
            String database = database(i);
            bare[i] = user -> new PgTalk(server.port(), server.username(), server.password(), database);
        }
        twins = new Twins(guarded, bare);
    }

    static AttackedPostgres start(Path folder) throws Exception {
        return new AttackedPostgres(folder);
    }

    private static String database(int twin) throws SQLException {
        String database = RealPostgres.shared().createDatabase();
        try (Connection connection = RealPostgres.shared().connect(database);
                Statement statement = connection.createStatement()) {
            for (String command : AttackedShop.postgres(Secrets.of(twin))) {
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
        gateways.forEach(TestGateway::close);
    }
}
