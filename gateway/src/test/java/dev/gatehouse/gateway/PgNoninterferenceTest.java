package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.noninterference.Figures;
import dev.gatehouse.gateway.noninterference.Noninterference;
import dev.gatehouse.gateway.noninterference.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two databases that differ in the values of masked columns alone are not told apart through the gateway, whatever is asked.
 *
 * <p>{@code -Dgatehouse.noninterference.seed=N} begins with another seed, {@code -Dgatehouse.noninterference.scripts=N} runs so
 * many scripts.
 */
final class PgNoninterferenceTest {

    private static final int SCRIPTS = Integer.getInteger("gatehouse.noninterference.scripts", 400);
    private static final long SEED = Long.getLong("gatehouse.noninterference.seed", 1);
    /** The part of what is harmless that may be masked or refused all the same. */
    private static final double MOST_IN_VAIN = 0.05;

    @TempDir
    private static Path folder;

    private static PgTwins twins;

    @BeforeAll
    static void start() throws Exception {
        twins = PgTwins.start(folder);
    }

    @AfterAll
    static void stop() {
        twins.close();
    }

    static Stream<Script> lines() {
        return PgChannels.lines().stream();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void noChannelTellsThemApart(Script script) throws Exception {
        try {
            assertThat(twins.law().leaks(script)).isEmpty();
        } finally {
            twins.renew();
        }
    }

    @Test
    void noStatementTellsTwoWorldsApart() throws Exception {
        Figures figures = compare(SCRIPTS, seed -> new PgStatements(seed).script());
        assertThat(figures.answered()).isGreaterThan(figures.statements() / 2);
    }

    @Test
    void whatNamesNothingProtectedIsSeldomMaskedOrRefused() throws Exception {
        Figures figures = compare(Math.max(SCRIPTS / 2, 200), PgStatements::open);
        assertThat(figures.refusedInVain()).isLessThan(MOST_IN_VAIN);
        assertThat(figures.maskedInVain()).isLessThan(MOST_IN_VAIN);
    }

    private static Figures compare(int scripts, LongFunction<Script> made) throws Exception {
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
