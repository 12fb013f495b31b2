package dev.gatehouse.gateway;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What has nothing to do with protected values is to who sees masks as if there were no gateway. */
final class PgHarmlessTest {

    @TempDir
    private static Path folder;

    private static AttackedPostgres attacked;

    @BeforeAll
    static void start() throws Exception {
        attacked = AttackedPostgres.start(folder);
    }

    @AfterAll
    static void stop() {
        attacked.close();
    }

    static List<AttackTable.Line> lines() {
        return AttackTable.read("postgres-harmless.txt");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void itIsAnsweredAsTheServerDoes(AttackTable.Line line) throws Exception {
        attacked.twins().check(line, false);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void itIsAnsweredAsTheServerDoesWhenPrepared(AttackTable.Line line) throws Exception {
        attacked.twins().check(line, true);
    }
}
