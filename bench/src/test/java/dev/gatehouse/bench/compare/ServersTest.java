package dev.gatehouse.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.bench.load.Access;
import dev.gatehouse.bench.load.Mode;
import dev.gatehouse.bench.load.PgConnection;
import dev.gatehouse.bench.load.ServerError;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The load generator and the relay, each a process of its own, against a real server. */
class ServersTest {

    private static final long ROWS = 500;

    @TempDir
    static Path work;

    private static Database database;
    private static LoadGenerator load;
    private static Middle relay;

    @BeforeAll
    static void start() throws Exception {
        database = Database.start(work, ROWS);
        load = LoadGenerator.start();
        relay = RelayUnderTest.start(work, database.access(), List.of());
    }

    @AfterAll
    static void end() throws Exception {
        relay.close();
        load.close();
        database.close();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void everyModeIsAnsweredThroughTheRelay(Mode mode) throws Exception {
        load.open(relay.access(), mode, 3);

        assertThat(load.rush(300)).isPositive();
        assertThat(load.pace(100, 1).p50()).isPositive();
        load.dismiss();
        assertThat(relay.cpuMicros()).isPositive();
    }

    @Test
    void aStreamCountsItsRows() throws Exception {
        LoadGenerator.Streamed streamed = load.stream(relay.access(), Database.stream(Database.OPEN));

        assertThat(streamed.rows()).isEqualTo(ROWS);
        assertThat(streamed.bytes()).isGreaterThan(ROWS * 90);
    }

    @Test
    void whatTheServerRefusesIsSaidAndTheNextOrderWorks() throws Exception {
        assertThatThrownBy(() -> load.stream(relay.access(), "select 1/0")).hasMessageContaining("22012");
        assertThat(load.stream(relay.access(), "select 1").rows()).isEqualTo(1);
    }

    @Test
    void aWrongPasswordIsRefused() {
        Access right = database.access();
        Access wrong = new Access(right.host(), right.port(), right.user(), "wrong", right.database());

        assertThatThrownBy(() -> PgConnection.open(wrong))
                .isInstanceOf(ServerError.class)
                .hasMessageContaining("28P01");
    }
}
