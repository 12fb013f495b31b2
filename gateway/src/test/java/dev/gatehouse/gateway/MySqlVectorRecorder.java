package dev.gatehouse.gateway;

import dev.gatehouse.testing.MySqlServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Records the sessions that the MySQL engine is tested with, between real clients and real servers. It is no test, and runs
 * where it is told a folder; {@code wire-mysql/src/test/vectors/README.md} says how.
 */
final class MySqlVectorRecorder {

    private static final String FOLDER = "gatehouse.vectors";
    /** A pattern of the names of those to be recorded. */
    private static final Pattern ONLY = Pattern.compile(System.getProperty("gatehouse.only", ".*"));

    private static final long MULTI_STATEMENTS = 1 << 16;
    private static final long LOCAL_FILES = 1 << 7;
    private static final long SESSION_TRACK = 1 << 23;
    private static final long DEPRECATE_EOF = 1 << 24;
    private static final long MARIADB_PROGRESS = 1L << 32;

    /** What a client of each kind agrees on besides the usual. */
    private static final Map<String, Long> KINDS = Map.of(
            "raw", MULTI_STATEMENTS | LOCAL_FILES,
            "raw-new", MULTI_STATEMENTS | LOCAL_FILES | DEPRECATE_EOF | SESSION_TRACK);

    /** Commands at once are played to the engine one behind the other, so what depends on that is not recorded. */
    private static final Set<String> LEFT_OUT =
            Set.of("large results", "commands at once", "the statement prepared last");

    /** What a client does on a connection of its own. */
    private interface Act {
        void play(Connection connection) throws SQLException, IOException;
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    @EnabledIfSystemProperty(named = FOLDER, matches = ".+")
    void record(MySqlProductUnderTest product) throws Exception {
        MySqlServer server = product.server();
        String version;
        try (Connection connection = server.connect("mysql");
                Statement statement = connection.createStatement()) {
            // A thread that is used again counts its statements on.
            statement.execute("set global thread_cache_size = 0");
            version = connection.getMetaData().getDatabaseProductVersion().replaceAll("^(\\d+\\.\\d+).*", "$1");
        }
        Path folder =
                Path.of(System.getProperty(FOLDER)).resolve(product.name().toLowerCase(Locale.ROOT) + "-" + version);
        Files.createDirectories(folder);
        for (Map.Entry<String, Long> kind : KINDS.entrySet()) {
            for (Map.Entry<String, List<MySqlBatch>> script :
                    MySqlScripts.all(product).entrySet()) {
                if (!LEFT_OUT.contains(script.getKey())) {
                    record(server, folder, kind.getKey(), kind.getValue(), script.getKey(), script.getValue());
                }
            }
        }
        drivers(server, folder);
        moments(product, folder);
    }

    /** What takes time, or another client, than the scripts have. */
    private static void moments(MySqlProductUnderTest product, Path folder) throws Exception {
        MySqlServer server = product.server();
        moment(server, folder, "somebody-else", 0, client -> {
            client.run("select current_user()");
            client.changeUser(server.username(), server.password(), "mysql");
            client.run("select current_user()");
        });
        if (product == MySqlProductUnderTest.MYSQL) {
            moment(server, folder, "idle-for-too-long", 0, client -> {
                client.run("set wait_timeout = 1");
                client.end();
            });
        } else {
            moment(server, folder, "progress", MARIADB_PROGRESS, client -> {
                client.run(
                        "create table much engine = aria as select seq, repeat('m', 300) text from seq_1_to_1500000");
                client.run("set progress_report_time = 1");
                client.begin("alter table much add key (text), add key (seq, text), engine = innodb");
                client.receive(new ArrayList<>());
            });
            jdbc(
                    server,
                    folder,
                    "mariadb",
                    "bulk",
                    MySqlVectorRecorder::batch,
                    "useBulkStmts",
                    "true",
                    "useServerPrepStmts",
                    "true",
                    "allowMultiQueries",
                    "true");
        }
    }

    /** What a client does of which every byte is its own. */
    private interface Moment {
        void play(MySqlWireClient client) throws IOException;
    }

    private static void moment(MySqlServer server, Path folder, String name, long capabilities, Moment moment)
            throws Exception {
        String file = "raw-" + name;
        if (!ONLY.matcher(file).matches()) {
            return;
        }
        try (MySqlTee tee = new MySqlTee(server.host(), server.port())) {
            try (MySqlWireClient client = MySqlWireClient.to(
                    "127.0.0.1", tee.port(), server.username(), server.password(), database(server), capabilities)) {
                moment.play(client);
            }
            write(folder.resolve(file + ".wire"), name.replace('-', ' '), tee.lines());
        }
    }

    private static void record(
            MySqlServer server, Path folder, String kind, long capabilities, String name, List<MySqlBatch> script)
            throws Exception {
        String file = kind + "-" + name.replaceAll("[^a-zA-Z]+", "-");
        if (!ONLY.matcher(file).matches()) {
            return;
        }
        String database = database(server);
        try (MySqlTee tee = new MySqlTee(server.host(), server.port())) {
            try (MySqlRawPackets raw = MySqlRawPackets.patient(
                    MySqlWireClient.to(
                            "127.0.0.1", tee.port(), server.username(), server.password(), database, capabilities),
                    database)) {
                for (MySqlBatch batch : script) {
                    batch.add(raw);
                }
                if (!name.equals(MySqlScripts.END)) {
                    raw.quit();
                }
            }
            write(folder.resolve(file + ".wire"), name, tee.lines());
        }
    }

    private static String database(MySqlServer server) throws SQLException {
        String database = MySqlGateway.shop(server);
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (String command : MySqlDifferentialTest.TABLES) {
                statement.execute(command);
            }
            for (String command : MySqlDifferentialTest.ROWS) {
                statement.execute(command);
            }
        }
        return database;
    }

    private static void write(Path file, String about, List<String> lines) throws IOException {
        List<String> all = new ArrayList<>();
        all.add("# " + about);
        all.addAll(lines);
        Files.write(file, all, StandardCharsets.US_ASCII);
    }

    private static void drivers(MySqlServer server, Path folder) throws Exception {
        for (String driver : List.of("mariadb", "mysql")) {
            jdbc(server, folder, driver, "plain", MySqlVectorRecorder::plain);
            jdbc(server, folder, driver, "prepared", MySqlVectorRecorder::prepared, "useServerPrepStmts", "true");
            jdbc(
                    server,
                    folder,
                    driver,
                    "cursor",
                    MySqlVectorRecorder::cursor,
                    "useServerPrepStmts",
                    "true",
                    "useCursorFetch",
                    "true",
                    "defaultFetchSize",
                    "3");
            jdbc(
                    server,
                    folder,
                    driver,
                    "batch",
                    MySqlVectorRecorder::batch,
                    "rewriteBatchedStatements",
                    "true",
                    "allowMultiQueries",
                    "true",
                    "useServerPrepStmts",
                    "true");
            jdbc(server, folder, driver, "procedure", MySqlVectorRecorder::procedure);
            jdbc(
                    server,
                    folder,
                    driver,
                    "file",
                    MySqlVectorRecorder::file,
                    "allowLocalInfile",
                    "true",
                    "allowLoadLocalInfile",
                    "true");
            jdbc(server, folder, driver, "transaction", MySqlVectorRecorder::transaction);
        }
    }

    private static void jdbc(MySqlServer server, Path folder, String driver, String name, Act act, String... settings)
            throws Exception {
        String file = "jdbc-" + driver + "-" + name;
        if (!ONLY.matcher(file).matches()) {
            return;
        }
        String database = database(server);
        try (MySqlTee tee = name.equals("bulk")
                ? new MySqlTee(server.host(), server.port(), MySqlTee.BULK_SHOWN)
                : new MySqlTee(server.host(), server.port())) {
            Properties properties = new Properties();
            properties.setProperty("user", server.username());
            properties.setProperty("password", server.password());
            properties.setProperty("sslMode", driver.equals("mysql") ? "DISABLED" : "disable");
            properties.setProperty("allowPublicKeyRetrieval", "true");
            for (int i = 0; i < settings.length; i += 2) {
                properties.setProperty(settings[i], settings[i + 1]);
            }
            String url = "jdbc:" + driver + "://127.0.0.1:" + tee.port() + "/" + database;
            try (Connection connection = DriverManager.getConnection(url, properties)) {
                act.play(connection);
            }
            write(folder.resolve(file + ".wire"), driver + "'s driver: " + name, tee.lines());
        }
    }

    private static void read(ResultSet rows) throws SQLException {
        int width = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int i = 1; i <= width; i++) {
                rows.getString(i);
            }
        }
    }

    private static void plain(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            read(statement.executeQuery("select * from item where id < 4"));
            statement.executeUpdate("update item set price = 2 where id = 1");
            statement.executeUpdate("insert into counted (note) values ('x')", Statement.RETURN_GENERATED_KEYS);
            read(statement.getGeneratedKeys());
            fails(() -> statement.execute("select * from nowhere"));
            statement.execute("select cast('x' as signed)");
            statement.getWarnings();
        }
        connection.isValid(1);
        connection.setCatalog("mysql");
        read(connection.getMetaData().getTypeInfo());
    }

    private interface Attempt {
        void run() throws SQLException;
    }

    /** Has something refused, which is a part of what is recorded. */
    private static void fails(Attempt attempt) throws SQLException {
        try {
            attempt.run();
        } catch (SQLException expected) {
            return;
        }
        throw new SQLException("this was to be refused");
    }

    private static void prepared(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table everything (" + MySqlScripts.TYPES + ")");
            statement.execute("insert into everything values (" + MySqlScripts.VALUES + ")");
            statement.execute("insert into everything (i4) values (null)");
        }
        try (PreparedStatement all = connection.prepareStatement("select * from everything")) {
            read(all.executeQuery());
            read(all.executeQuery());
        }
        try (PreparedStatement one =
                connection.prepareStatement("select name, ? from item where id = ? and price > ?")) {
            one.setString(1, "text");
            one.setInt(2, 3);
            one.setBigDecimal(3, new java.math.BigDecimal("1.5"));
            read(one.executeQuery());
            one.setNull(1, Types.VARCHAR);
            one.setLong(2, 4);
            read(one.executeQuery());
        }
        try (PreparedStatement big = connection.prepareStatement("select length(?)")) {
            big.setBinaryStream(1, new ByteArrayInputStream(new byte[30_000]));
            read(big.executeQuery());
        }
    }

    private static void cursor(Connection connection) throws SQLException {
        try (PreparedStatement items = connection.prepareStatement("select * from item where id > ?")) {
            items.setFetchSize(3);
            items.setInt(1, 2);
            read(items.executeQuery());
        }
    }

    private static void batch(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1; select 2");
            statement.getMoreResults();
        }
        try (PreparedStatement lines = connection.prepareStatement("insert into line values (?, ?)")) {
            for (int i = 1; i < 5; i++) {
                lines.setInt(1, i);
                lines.setInt(2, i);
                lines.addBatch();
            }
            lines.executeBatch();
        }
    }

    private static void procedure(Connection connection) throws SQLException {
        try (CallableStatement gives = connection.prepareCall("{call gives(?, ?)}")) {
            gives.setInt(1, 21);
            gives.registerOutParameter(2, Types.INTEGER);
            gives.execute();
            gives.getInt(2);
        }
    }

    private static void file(Connection connection) throws SQLException, IOException {
        Path rows = Files.writeString(Files.createTempFile("rows", ".txt"), "1\t5\n2\t6\n");
        try (Statement statement = connection.createStatement()) {
            statement.execute("load data local infile '" + rows + "' into table line");
            read(statement.executeQuery("select * from line"));
        } finally {
            Files.delete(rows);
        }
    }

    private static void transaction(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into line values (1, 1)");
            fails(() -> statement.executeUpdate("insert into line values (99, 1)"));
            connection.rollback();
            statement.executeUpdate("insert into line values (1, 1)");
            connection.commit();
        }
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        connection.setReadOnly(true);
    }
}
