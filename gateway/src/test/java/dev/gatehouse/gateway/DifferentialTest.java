package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RealPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What policy allows is answered with the same frames as on a connection straight to the server. */
final class DifferentialTest {

    private static final String TABLES = """
            create table item (id int primary key, name text unique, price numeric(10,2) default 1);
            create table line (item int references item, amount int);
            create schema other;
            create table other.item (id int, note text);
            create function fails(text) returns int language plpgsql as $$ begin raise exception 'no %', $1; end $$;
            create function tells(text) returns int language plpgsql as $$ begin raise notice 'yes %', $1; return 1; end $$;
            """;

    private static final String ROWS = """
            truncate item, line;
            insert into item select i, 'item ' || i, i * 1.5 from generate_series(1, 20) i;
            """;

    private static final int PIPELINES = 40;
    private static final int BATCHES = 20;

    @TempDir
    private static Path folder;

    private static String beside;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        beside = database();
        gateway = TestGateway.ruledBy(TestGateway.EVERYTHING, folder, database());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String database() throws SQLException {
        String name = RealPostgres.shared().createDatabase();
        try (Connection connection = RealPostgres.shared().connect(name);
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
        return name;
    }

    static Stream<Arguments> scripts() {
        return MessageScripts.all().entrySet().stream()
                .map(script -> Arguments.of(Named.of(script.getKey(), script.getValue())));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptOfMessagesIsAnsweredAlike(List<Batch> script) throws Exception {
        answeredAlike(script);
    }

    @TestFactory
    Stream<DynamicTest> aRandomPipelineIsAnsweredAlike() {
        return LongStream.rangeClosed(1, PIPELINES)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
                    beginAnew();
                    answeredAlike(new RandomPipeline(seed).batches(BATCHES));
                }));
    }

    @BeforeEach
    void beginAnew() throws Exception {
        for (String database : List.of(beside, gateway.database())) {
            try (Connection connection = RealPostgres.shared().connect(database);
                    Statement statement = connection.createStatement()) {
                statement.execute(ROWS);
            }
        }
    }

    private static void answeredAlike(List<Batch> script) throws Exception {
        List<List<String>> direct = new ArrayList<>();
        try (Connection connection = RealPostgres.shared().connect(beside)) {
            RawFrames raw = new RawFrames(connection);
            for (Batch batch : script) {
                batch.add(raw);
                direct.add(raw.exchange());
            }
        }
        try (Connection connection = gateway.connect("erik")) {
            RawFrames raw = new RawFrames(connection);
            for (int i = 0; i < script.size(); i++) {
                script.get(i).add(raw);
                assertThat(raw.exchange()).as("batch %s", i).isEqualTo(direct.get(i));
            }
        }
    }
}
