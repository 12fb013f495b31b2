package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Scope;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is true of the analysis of every text, on texts that a grammar makes at random. */
@Timeout(300)
final class AnalysisLawsTest {

    private static final Duration ENOUGH = Duration.ofSeconds(5);
    private static final long SEED = 20_261_123;

    /**
     * A dialect, and how its texts are varied.
     *
     * @param blanks what may stand between two tokens
     */
    record Tongue(Sentences sentences, Modes modes, List<String> blanks) {

        private static final Tongue POSTGRESQL = new Tongue(
                Sentences.of("postgresql.txt"),
                new Modes.PostgreSql(true),
                List.of(" ", "\n", "\t ", " /* ' */ ", " -- \"\n", "/* a /* b */ $$ */", "\f"));

        private static final Tongue MYSQL = new Tongue(
                Sentences.of("mysql.txt"),
                Modes.MySql.of("10.11.6-MariaDB", "", 0),
                List.of(" ", "\n", "\t ", " /* ' */ ", " -- \"\n", "# '\n", "/* ` */"));

        private Scope scope() {
            return new Scope("shop", "shop", "app", Optional.of(List.of("$user", "public")), modes);
        }

        @Override
        public String toString() {
            return modes.dialect().toString();
        }

        private CommandReader.Reading read(String sql) {
            long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            CommandReader.Reading reading =
                    CommandReader.read(sql.getBytes(StandardCharsets.UTF_8), Shop.snapshot(), scope());
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
            assertThat(Duration.ofNanos(nanos)).as(sql).isLessThan(ENOUGH);
            return reading;
        }
    }

    static Stream<Tongue> tongues() {
        return Stream.of(Tongue.POSTGRESQL, Tongue.MYSQL);
    }

    @ParameterizedTest
    @MethodSource("tongues")
    void blanksAndCommentsBetweenTokensNeverChangeTheAnalysis(Tongue tongue) {
        walk(tongue, (tokens, random) -> {
            String plain = String.join(" ", tokens);
            StringBuilder spaced = new StringBuilder();
            for (String token : tokens) {
                spaced.append(token).append(tongue.blanks.get(random.nextInt(tongue.blanks.size())));
            }
            assertThat(meaning(tongue.read(spaced.toString()).analysis()))
                    .as("%s%nand%n%s", plain, spaced)
                    .isEqualTo(meaning(tongue.read(plain).analysis()));
        });
    }

    @ParameterizedTest
    @MethodSource("tongues")
    void textsThatShareAShapeAndMayBeRecalledForEachOtherMeanTheSame(Tongue tongue) {
        walk(tongue, (tokens, random) -> {
            String one = String.join(" ", tokens);
            String other = tokens.stream()
                    .map(token -> token.matches("\\d+") ? "7" : token.matches("'[a-z]*'") ? "'q'" : token)
                    .collect(Collectors.joining(" "));
            CommandReader.Reading reading = tongue.read(one);
            if (reading.blind() && shape(one, tongue).equals(shape(other, tongue))) {
                assertThat(meaning(tongue.read(other).analysis()))
                        .as("%s%nand%n%s", one, other)
                        .isEqualTo(meaning(reading.analysis()));
            }
        });
    }

    /** That the laws are not true only because nothing is understood. */
    @Test
    void mostOfWhatTheGrammarMakesIsUnderstood() {
        RandomGenerator random = new SplittableRandom(SEED);
        long understood = Stream.generate(() -> Tongue.POSTGRESQL.sentences.next(random))
                .limit(300)
                .map(tokens -> Tongue.POSTGRESQL.read(String.join(" ", tokens)).analysis())
                .filter(Analysis.Understood.class::isInstance)
                .count();
        assertThat(understood).isGreaterThan(200);
    }

    @ParameterizedTest
    @MethodSource("tongues")
    void depthAndLengthEndInAnAnalysisAndNotInAnError(Tongue tongue) {
        List<IntFunction<String>> texts = List.of(
                n -> "select " + "(".repeat(n) + "1" + ")".repeat(n),
                n -> "select " + "(select ".repeat(n) + "1" + ")".repeat(n),
                n -> "select " + "case when true then ".repeat(n) + "1" + " end".repeat(n),
                n -> "select " + "- ".repeat(n) + "1",
                n -> "select " + "not ".repeat(n) + "true",
                n -> "select 1" + " + 1".repeat(n),
                n -> "select 1 from t where a = 1" + " and a = 1".repeat(n),
                n -> "select 1" + " union select 1".repeat(n),
                n -> "select 1 from t" + " join t using (a)".repeat(n),
                n -> "select a" + " is null".repeat(n) + " from t",
                n -> "select " + "f(".repeat(n) + "1" + ")".repeat(n),
                n -> "insert into t values " + "(1),".repeat(n) + "(1)",
                n -> "explain ".repeat(n) + "select 1",
                n -> "select 1;".repeat(n),
                n -> "with a as (".repeat(n) + "select 1" + ") select 1".repeat(n),
                n -> "select * from " + "(select * from ".repeat(n) + "t" + ") x".repeat(n),
                n -> "select 1" + "::int".repeat(n),
                n -> "select a" + "[1]".repeat(n) + " from t",
                n -> "select " + "exists(select ".repeat(n) + "1" + ")".repeat(n),
                n -> "select a" + ".b".repeat(n),
                n -> "select '" + "x".repeat(n) + "'");
        Runnable all = () -> texts.forEach(text -> {
            for (int n : new int[] {40, 150, 5_000}) {
                assertThat(tongue.read(text.apply(n)).analysis()).isNotNull();
            }
        });
        runDeep(all);
    }

    /** On a stack like that of the analyzer's threads. */
    private static void runDeep(Runnable work) {
        Throwable[] thrown = {null};
        Thread thread = new Thread(null, work, "deep", 16L << 20);
        thread.setUncaughtExceptionHandler((t, error) -> thrown[0] = error);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(thrown[0]).isNull();
    }

    /** What is done with one statement. */
    private interface Step {
        void take(List<String> tokens, RandomGenerator random);
    }

    /** Walks for a while, always the same way at first. */
    private static void walk(Tongue tongue, Step step) {
        RandomGenerator random = new SplittableRandom(SEED);
        Instant end = Instant.now().plusSeconds(2);
        IntStream.range(0, Integer.getInteger("walks", 1_500))
                .takeWhile(i -> i < 200 || Instant.now().isBefore(end))
                .forEach(i -> step.take(tongue.sentences.next(random), random));
    }

    /** An analysis without its places. */
    private static List<String> meaning(Analysis analysis) {
        return analysis.match(
                understood -> understood.commands().stream()
                        .map(AnalysisLawsTest::meaning)
                        .toList(),
                opaque -> List.of(opaque.reason()));
    }

    private static String meaning(Command command) {
        String effects = command.effects().stream()
                .map(effect -> effect.toString().replaceFirst("position=\\d+", ""))
                .distinct()
                .sorted()
                .collect(Collectors.joining("\n"));
        return Stream.of(
                        command.verb(),
                        command.kinds().stream().sorted().toList(),
                        effects,
                        command.where(),
                        command.limited(),
                        command.output().map(outputs -> outputs.stream()
                                .map(AnalysisLawsTest::column)
                                .toList()),
                        command.complete(),
                        command.changes().stream().sorted().toList())
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
    }

    private static String column(Output output) {
        Stream<String> origins = output.origins().stream().map(String::valueOf).sorted();
        return output.name() + origins.toList() + output.accounted() + output.whole();
    }

    private static List<Long> shape(String sql, Tongue tongue) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        Fingerprint fingerprint = new Fingerprint();
        return fingerprint.shape(bytes, bytes.length, tongue.modes)
                ? List.of(fingerprint.first(), fingerprint.second())
                : List.of((long) sql.hashCode());
    }
}
