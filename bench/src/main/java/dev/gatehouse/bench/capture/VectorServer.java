package dev.gatehouse.bench.capture;

import dev.gatehouse.bench.load.Access;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A real server made ready for recording: its users, how they log in, and one small table.
 *
 * @param server the server itself
 */
record VectorServer(PostgresServer server) implements AutoCloseable {

    static final String USER = "app";
    static final String PASSWORD = "app-secret";

    private static final String HBA = """
            local all all trust
            host all postgres 127.0.0.1/32 trust
            host all trusting 127.0.0.1/32 trust
            host all hashed 127.0.0.1/32 md5
            host all plain 127.0.0.1/32 password
            host all all 127.0.0.1/32 scram-sha-256
            """;

    /** Makes a fresh server ready. */
    static VectorServer prepare(PostgresServer server) throws SQLException {
        server.writeHba(HBA);
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?user=postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_reload_conf()");
            statement.execute("create database shop");
            for (String sql : new String[] {
                "create user app password 'app-secret'",
                "create user trusting",
                "set password_encryption = 'md5'",
                "create user hashed password 'hashed-secret'",
                "set password_encryption = 'scram-sha-256'",
                "create user plain password 'plain-secret'",
                "alter database shop owner to app"
            }) {
                statement.execute(sql);
            }
        }
        VectorServer ready = new VectorServer(server);
        ready.fill();
        return ready;
    }

    /** The recorded user's login, direct. */
    Access access() {
        return new Access("127.0.0.1", server.port(), USER, PASSWORD, "shop");
    }

    @Override
    public void close() {
        server.close();
    }

    private void fill() throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/shop", USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("create table person (id int primary key, name text not null, email text)");
            statement.execute("insert into person values (1, 'Ada', 'ada@example.test'), "
                    + "(2, 'Grace', 'grace@example.test'), (3, 'Edsger', null)");
        }
    }
}
