package dev.gatehouse.gateway;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who sees masks learns nothing of a protected value, whatever they try. */
final class MySqlAttacksTest {

    @TempDir
    private static Path folder;

    private static final Map<MySqlProductUnderTest, AttackedMySql> ATTACKED =
            new EnumMap<>(MySqlProductUnderTest.class);

    private static synchronized Twins twins(MySqlProductUnderTest product) throws Exception {
        AttackedMySql attacked = ATTACKED.get(product);
        if (attacked == null) {
            attacked = AttackedMySql.start(product, folder);
            ATTACKED.put(product, attacked);
        }
        return attacked.twins();
    }

    @AfterAll
    static void stop() {
        ATTACKED.values().forEach(AttackedMySql::close);
    }

    static Stream<Arguments> lines() {
        return Stream.of(MySqlProductUnderTest.values()).flatMap(product -> {
            List<AttackTable.Line> lines =
                    AttackTable.read("mysql.txt", product.name().toLowerCase(Locale.ROOT));
            return lines.stream().map(line -> Arguments.of(product, line));
        });
    }

    @ParameterizedTest
    @MethodSource("lines")
    void anAttackTellsNothing(MySqlProductUnderTest product, AttackTable.Line line) throws Exception {
        twins(product).check(line, false);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aPreparedAttackTellsNothing(MySqlProductUnderTest product, AttackTable.Line line) throws Exception {
        twins(product).check(line, true);
    }
}
