package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.MySqlServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What policy allows is answered with the same packets as on a connection straight to the server, of either product. */
final class MySqlDifferentialTest {

    private static final long MULTI_STATEMENTS = 1 << 16;
    private static final long LOCAL_FILES = 1 << 7;
    private static final long SESSION_TRACK = 1 << 23;
    private static final long DEPRECATE_EOF = 1 << 24;
    private static final long FOUND_ROWS = 1 << 1;
    private static final long PROOF_OF_ANY_LENGTH = 1 << 21;
    private static final long EXTENDED_METADATA = 1L << 35;

    /** What clients agree on besides the usual, one choice for each way in which packets differ. */
    private static final List<Long> CAPABILITIES = List.of(
            MULTI_STATEMENTS | LOCAL_FILES,
            MULTI_STATEMENTS | LOCAL_FILES | DEPRECATE_EOF | SESSION_TRACK | PROOF_OF_ANY_LENGTH,
            LOCAL_FILES | SESSION_TRACK | FOUND_ROWS,
            MULTI_STATEMENTS | DEPRECATE_EOF | EXTENDED_METADATA);

    static final String[] TABLES = {
        "create table item (id int primary key, name varchar(60) unique, price decimal(10,2) default 1) engine=innodb",
        "create table line (item int, amount int, foreign key (item) references item (id)) engine=innodb",
        "create table counted (id int auto_increment primary key, note text)",
        "create view priced as select id as number, name, price * 2 as doubled from item where id < 3",
        "create procedure both_results() begin select 1 as a; select id, name from item where id < 3 order by id; end",
        "create procedure nothing() begin end",
        "create procedure gives(in n int, out o int) begin set o = n * 2; select n; end",
        "create procedure twice(inout n int) begin set n = n * 2; end",
        "create procedure fails(in what text) signal sqlstate '45000' set message_text = what",
        "create procedure fails_behind_a_result() begin select 1; signal sqlstate '45000' set message_text = 'no'; end",
        "create procedure rows_and_change() begin select 1; update item set price = 1 where id = 1; select 2; end",
    };

    static final String[] ROWS = {
        "drop table if exists made, other_made, changing, everything, in_transaction, by_prepared",
        "delete from line",
        "delete from item",
        "truncate counted",
        "insert into item select a.d * 5 + b.d, concat('item ', a.d * 5 + b.d), (a.d * 5 + b.d) * 1.5 from"
                + " (select 0 d union select 1 union select 2 union select 3) a,"
                + " (select 1 d union select 2 union select 3 union select 4 union select 5) b",
    };

    private static final int PIPELINES = 150;
    private static final int BATCHES = 12;

    @TempDir
    private static Path folder;

    private static final Map<MySqlProductUnderTest, Pair> PAIRS = new EnumMap<>(MySqlProductUnderTest.class);

    /** A server with two databases alike: one is reached directly, the other through a gateway. */
    private record Pair(MySqlServer server, String beside, MySqlGateway gateway) {

        static Pair of(MySqlProductUnderTest product) {
            try {
                MySqlServer server = product.server();
                String beside = MySqlGateway.shop(server);
                MySqlGateway gateway =
                        MySqlGateway.start(server, folder.resolve(product.name()), TestGateway.EVERYTHING);
                Pair pair = new Pair(server, beside, gateway);
                pair.run(TABLES);
                pair.run("set global innodb_flush_log_at_trx_commit = 0", "set global sync_binlog = 0");
                if (product == MySqlProductUnderTest.MARIADB) {
                    // A thread that is used again counts its statements on.
                    pair.run("set global thread_cache_size = 0");
                }
                // Who is let in without TLS has told the password lately.
                gateway.connect("erik").close();
                return pair;
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        void run(String... commands) throws SQLException {
            for (String database : List.of(beside, gateway.database())) {
                try (Connection connection = server.connect(database);
                        Statement statement = connection.createStatement()) {
                    for (String command : commands) {
                        statement.execute(command);
                    }
                }
            }
        }

        MySqlRawPackets direct(long capabilities) throws Exception {
            return new MySqlRawPackets(
                    MySqlWireClient.to(
                            server.host(), server.port(), server.username(), server.password(), beside, capabilities),
                    beside);
        }

        MySqlRawPackets through(long capabilities) throws Exception {
            return new MySqlRawPackets(
                    MySqlWireClient.to(
                            "127.0.0.1",
                            gateway.port(),
                            "erik",
                            TestGateway.PASSWORD,
                            gateway.database(),
                            capabilities),
                    gateway.database());
        }
    }

    @AfterAll
    static void stop() {
        PAIRS.values().forEach(pair -> pair.gateway.close());
    }

    private static Pair pair(MySqlProductUnderTest product) {
        return PAIRS.computeIfAbsent(product, Pair::of);
    }

    @TestFactory
    Stream<DynamicTest> aScriptOfCommandsIsAnsweredAlike() {
        return Stream.of(MySqlProductUnderTest.values()).flatMap(product -> CAPABILITIES.stream()
                .flatMap(capabilities -> MySqlScripts.all(product).entrySet().stream()
                        .map(script -> DynamicTest.dynamicTest(
                                product + " " + Long.toHexString(capabilities) + ": " + script.getKey(),
                                () -> answeredAlike(product, capabilities, script.getValue())))));
    }

    @TestFactory
    Stream<DynamicTest> aRandomPipelineIsAnsweredAlike() {
        return Stream.of(MySqlProductUnderTest.values()).flatMap(product -> LongStream.rangeClosed(1, PIPELINES)
                .mapToObj(seed -> DynamicTest.dynamicTest(
                        product + " seed " + seed,
                        () -> answeredAlike(
                                product,
                                CAPABILITIES.get((int) (seed % CAPABILITIES.size())),
                                new MySqlRandomPipeline(seed).batches(BATCHES)))));
    }

    private static void answeredAlike(MySqlProductUnderTest product, long capabilities, List<MySqlBatch> script)
            throws Exception {
        Pair pair = pair(product);
        pair.run(ROWS);
        List<List<String>> direct = new ArrayList<>();
        try (MySqlRawPackets raw = pair.direct(capabilities)) {
            raw.exchange();
            for (MySqlBatch batch : script) {
                batch.add(raw);
                direct.add(raw.exchange());
            }
        }
        try (MySqlRawPackets raw = pair.through(capabilities)) {
            raw.exchange();
            for (int i = 0; i < script.size(); i++) {
                script.get(i).add(raw);
                assertThat(raw.exchange()).as("batch %s, %s", i, raw.said()).isEqualTo(direct.get(i));
            }
        }
    }
}
