package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.noninterference.Figures;
import dev.gatehouse.gateway.noninterference.Noninterference;
import dev.gatehouse.gateway.noninterference.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two databases of MySQL or MariaDB that differ in the values of masked columns alone are not told apart through the gateway,
 * whatever is asked.
 *
 * <p>{@code -Dgatehouse.noninterference.seed=N} begins with another seed, {@code -Dgatehouse.noninterference.scripts=N} runs so
 * many scripts.
 */
final class MySqlNoninterferenceTest {

    private static final int SCRIPTS = Integer.getInteger("gatehouse.noninterference.scripts", 240);
    private static final long SEED = Long.getLong("gatehouse.noninterference.seed", 1);
    /** The part of what is harmless that may be masked or refused all the same. */
    private static final double MOST_IN_VAIN = 0.05;

    @TempDir
    private static Path folder;

    private static final Map<MySqlProductUnderTest, MySqlTwins> TWINS = new EnumMap<>(MySqlProductUnderTest.class);

    private static synchronized MySqlTwins twins(MySqlProductUnderTest product) throws Exception {
        MySqlTwins twins = TWINS.get(product);
        if (twins == null) {
            twins = MySqlTwins.start(product, folder);
            TWINS.put(product, twins);
        }
        return twins;
    }

    @AfterAll
    static void stop() {
        TWINS.values().forEach(MySqlTwins::close);
    }

    static Stream<Arguments> lines() {
        return Stream.of(MySqlProductUnderTest.values())
                .flatMap(product -> MySqlChannels.lines(product == MySqlProductUnderTest.MARIADB).stream()
                        .map(script -> Arguments.of(product, script)));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void noChannelTellsThemApart(MySqlProductUnderTest product, Script script) throws Exception {
        assertThat(twins(product).law().leaks(script)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void noStatementTellsTwoWorldsApart(MySqlProductUnderTest product) throws Exception {
        MySqlTwins twins = twins(product);
        Figures figures = compare(twins, SCRIPTS, seed -> new MySqlStatements(seed, twins.isMariaDb()).script());
        assertThat(figures.answered()).isGreaterThan(figures.statements() / 4);
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void whatNamesNothingProtectedIsSeldomMaskedOrRefused(MySqlProductUnderTest product) throws Exception {
        MySqlTwins twins = twins(product);
        Figures figures =
                compare(twins, Math.max(SCRIPTS / 2, 120), seed -> MySqlStatements.open(seed, twins.isMariaDb()));
        assertThat(figures.refusedInVain()).isLessThan(MOST_IN_VAIN);
        assertThat(figures.maskedInVain()).isLessThan(MOST_IN_VAIN);
    }

    private static Figures compare(MySqlTwins twins, int scripts, LongFunction<Script> made) throws Exception {
        Noninterference law = twins.law();
        List<String> leaks = new ArrayList<>();
        for (int i = 0; i < scripts; i++) {
            long seed = SEED + i;
            Script script = made.apply(seed);
            List<String> found = law.leaks(script);
            found.forEach(leak -> leaks.add("seed " + seed + ", " + script.form() + ": " + leak));
            if (!found.isEmpty()) {
                // What one world did and the other did not must not be found again by those that come after.
                twins.renew();
            }
        }
        System.out.println(law.figures());
        if (Boolean.getBoolean("gatehouse.noninterference.examples")) {
            law.figures().examples().forEach((text, times) -> System.out.println(times + " " + text));
        }
        assertThat(leaks).isEmpty();
        return law.figures();
    }
}
