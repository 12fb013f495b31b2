package dev.gatehouse.gateway;

import dev.gatehouse.gateway.settings.Configuration;
import dev.gatehouse.gateway.settings.Loaded;
import dev.gatehouse.testing.MySqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** A gateway in front of a real server that speaks MySQL's protocol, configured by files as an operator would. */
final class MySqlGateway implements AutoCloseable {

    static final String[] SHOP = {
        "create table customers (id int primary key, name varchar(60) not null, email varchar(60) unique, card varchar(19),"
                + " salary int)",
        "create table orders (id int primary key, customer int, status varchar(10), total decimal(10,2),"
                + " placed datetime default current_timestamp)",
        "insert into customers select seq, concat('Name ', seq), concat('user', seq, '@acme.test'),"
                + " concat('4111 1111 1111 ', 1000 + seq), 1000 + seq from (" + numbers() + ") n where seq <= 200",
        "insert into orders select seq, 1 + seq % 200, 'new', seq, '2026-01-01 00:00:00' + interval seq hour from ("
                + numbers() + ") n where seq <= 3000",
        "create view contacts as select id as contact, lower(email) as mail, name from customers",
        "create procedure two_results() begin select 1 as a; select 2 as b, 3 as c; end",
    };

    private final Gateway gateway;
    private final Path folder;
    private final MySqlServer server;
    private final String database;

    private MySqlGateway(Gateway gateway, Path folder, MySqlServer server, String database) {
        this.gateway = gateway;
        this.folder = folder;
        this.server = server;
        this.database = database;
    }

    private static String numbers() {
        String digits =
                "(select 0 d union select 1 union select 2 union select 3 union select 4 union select 5 union select 6"
                        + " union select 7 union select 8 union select 9)";
        return "select 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d as seq from " + digits + " a, " + digits + " b, "
                + digits + " c, (select 0 d union select 1 union select 2) e";
    }

    /** Makes a database with the shop in it. */
    static String shop(MySqlServer server) throws SQLException {
        String database = server.createDatabase();
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (String command : SHOP) {
                statement.execute(command);
            }
        }
        return database;
    }

    /** Starts a gateway with the usual policy in front of a shop of its own. */
    static MySqlGateway start(MySqlServer server, Path folder) throws IOException, SQLException {
        return start(server, folder, TestGateway.POLICY);
    }

    /** Starts a gateway with a policy of its own in front of a shop of its own. */
    static MySqlGateway start(MySqlServer server, Path folder, String policy) throws IOException, SQLException {
        return start(server, folder, policy, "");
    }

    /** The same, with more upstreams. */
    static MySqlGateway start(MySqlServer server, Path folder, String policy, String upstreams)
            throws IOException, SQLException {
        return start(server, folder, policy, upstreams, shop(server));
    }

    /** Starts a gateway with a policy of its own in front of a database that is there. */
    static MySqlGateway ruledBy(String policy, MySqlServer server, Path folder, String database) throws IOException {
        return start(server, folder, policy, "", database);
    }

    private static MySqlGateway start(MySqlServer server, Path folder, String policy, String upstreams, String database)
            throws IOException {
        Files.createDirectories(folder.resolve("policy.d"));
        Files.writeString(folder.resolve("policy.d/test.yaml"), policy);
        Path file = Files.writeString(folder.resolve("gatehouse.yaml"), """
                apiVersion: gatehouse/v1
                kind: Server
                name: test
                listen:
                  mysql: { addr: "127.0.0.1:0" }
                  admin_socket: %s/admin.sock
                upstreams:
                  - name: shop
                    protocol: mysql
                    address: "%s:%d"
                    default_database: %s
                    databases: [%s]
                    tls: { mode: disable }
                    logins:
                      - { name: rw, username: %s, password: "%s" }
                %s
                identity:
                  local_users:
                    - { name: maya, password_hash: "%s", groups: [analysts] }
                    - { name: erik, password_hash: "%s", groups: [engineers] }
                    - { name: lead, password_hash: "%s", groups: [leads] }
                keys:
                  digits: { type: ff1, secret: "of the tests alone" }
                  hashes: { type: hmac-sha256, secret: "of the tests alone, and long enough" }
                policy: { dir: policy.d }
                journal: { dir: journal, disk: { min_free: 1MiB } }
                """.formatted(
                        folder,
                        server.host(),
                        server.port(),
                        database,
                        database,
                        server.username(),
                        server.password(),
                        upstreams.stripTrailing(),
                        TestGateway.verifier(),
                        TestGateway.verifier(),
                        TestGateway.verifier()));
        Loaded loaded = Loaded.load(file, false, Map.of());
        Configuration configuration =
                loaded.configuration().orElseThrow(() -> new IllegalStateException(loaded.report()));
        return new MySqlGateway(Gateway.start(configuration), folder, server, database);
    }

    Gateway gateway() {
        return gateway;
    }

    /** The database as the server names it. */
    String database() {
        return database;
    }

    Path journal() {
        return folder.resolve("journal");
    }

    int port() {
        return gateway.mysql().orElseThrow().getPort();
    }

    /** A connection past the gateway. */
    Connection direct(String... properties) throws SQLException {
        Properties all = properties(server.username(), server.password(), properties);
        return server.connect(database, all);
    }

    /** A connection through the gateway. */
    Connection connect(String user, String... properties) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + port() + "/" + database,
                properties(user, TestGateway.PASSWORD, properties));
    }

    private static Properties properties(String user, String password, String... properties) {
        Properties all = new Properties();
        all.setProperty("user", user);
        all.setProperty("password", password);
        all.setProperty("allowPublicKeyRetrieval", "true");
        // A machine that does much else besides takes its time over the first connection.
        all.setProperty("connectTimeout", "180000");
        for (int i = 0; i < properties.length; i += 2) {
            all.setProperty(properties[i], properties[i + 1]);
        }
        return all;
    }

    @Override
    public void close() {
        gateway.close();
    }
}
