package dev.gatehouse.gateway;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who sees masks learns nothing of a protected value, whatever they try. */
final class PgAttacksTest {

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
        return AttackTable.read("postgres.txt");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void anAttackTellsNothing(AttackTable.Line line) throws Exception {
        attacked.twins().check(line, false);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aPreparedAttackWithRowsInBinaryTellsNothing(AttackTable.Line line) throws Exception {
        attacked.twins().check(line, true);
    }
}
