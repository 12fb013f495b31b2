package dev.gatehouse.bench.compare;

import dev.gatehouse.bench.load.Access;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The server at the end of every way: embedded PostgreSQL with what {@code pgbench -i} makes, and two equal wide tables to
 * stream, one of which policy protects.
 */
public final class Database implements AutoCloseable {

    /** A wide table nothing protects. */
    static final String OPEN = "parcel";
    /** The same rows, two of whose five columns are masked. */
    static final String PROTECTED = "patient";

    private static final String NAME = "bench";
    private static final String USER = "bench";
    private static final String PASSWORD = "bench-secret";
    private static final String HBA = """
            local all all trust
            host all postgres 127.0.0.1/32 trust
            host all all 127.0.0.1/32 scram-sha-256
            """;

    private final EmbeddedPostgres server;

    private Database(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts and fills it.
     *
     * @param rows rows of each wide table, of about 107 bytes
     */
    public static Database start(Path work, long rows) throws IOException, SQLException {
        Path data = work.resolve("database");
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_connections", "300")
                .setServerConfig("autovacuum", "off")
                .setServerConfig("jit", "off")
                .start();
        Files.writeString(data.resolve("pg_hba.conf"), HBA);
        Database database = new Database(server);
        database.run(
                "postgres",
                "select pg_reload_conf()",
                "create role " + USER + " login password '" + PASSWORD + "'",
                "create database " + NAME + " owner " + USER);
        database.run(
                NAME,
                "set role " + USER,
                "create table pgbench_accounts (aid int primary key, bid int, abalance int, filler char(84))",
                "insert into pgbench_accounts select i, 1, 0, '' from generate_series(1, 100000) i",
                "create table pgbench_branches (bid int primary key, bbalance int, filler char(88))",
                "insert into pgbench_branches values (1, 0, '')",
                "create table " + OPEN + " (id int, name text, email text, city text, note text)",
                "insert into " + OPEN + " select i, 'Customer Number ' || i, 'customer' || i || '@example.test', "
                        + "'Springfield ' || i % 100, repeat(chr(97 + i % 26), 30) from generate_series(1, " + rows
                        + ") i",
                "create table " + PROTECTED + " as table " + OPEN,
                "reset role",
                "vacuum analyze",
                "checkpoint");
        return database;
    }

    /** A login straight to the server. */
    public Access access() {
        return new Access("127.0.0.1", server.getPort(), USER, PASSWORD, NAME);
    }

    /** A query that streams a whole wide table. */
    static String stream(String table) {
        return "select id, name, email, city, note from " + table;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void run(String database, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database + "?user=postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
