package dev.gatehouse.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.bench.load.Mode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private final Figures figures = new Figures();

    @Test
    void aSpreadIsMedianAndExtremes() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 3));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
        assertThat(new Spread(2.25, 1, 3).text(1)).isEqualTo("2.3 (1.0–3.0)");
    }

    @Test
    void ratiosAreTakenWithinARound() {
        measure("simple", 10, 20, 30);
        measureRelay("simple", 10, 10, 10);

        assertThat(figures.ratio(Middle.GATEWAY, Middle.RELAY, "simple")).contains(new Spread(2, 1, 3));
        assertThat(figures.difference(Middle.GATEWAY, Middle.RELAY, "simple")).contains(new Spread(10, 0, 20));
    }

    @Test
    void aRoundOnlyOneOfThemHasCountsForNothing() {
        measure("simple", 10, 99);
        measureRelay("simple", 10);

        assertThat(figures.ratio(Middle.GATEWAY, Middle.RELAY, "simple")).contains(new Spread(1, 1, 1));
        assertThat(figures.ratio(Middle.GATEWAY, "nobody", "simple")).isEmpty();
    }

    @Test
    void theGuardPassesAtItsLimitAndNotAboveIt() {
        for (Mode mode : List.of(Mode.SIMPLE, Mode.PREPARED)) {
            measure(Comparison.cpu(mode), 24, 24, 24);
            measureRelay(Comparison.cpu(mode), 20, 20, 20);
        }

        assertThat(new Guard(1.20).violations(figures)).isEmpty();
        assertThat(new Guard(1.19).violations(figures))
                .containsExactly(
                        "simple: CPU µs per query: gateway ÷ relay is 1.20, more than 1.19",
                        "prepared: CPU µs per query: gateway ÷ relay is 1.20, more than 1.19");
    }

    @Test
    void aGuardThatWasNotMeasuredHasNotPassed() {
        measure(Comparison.cpu(Mode.SIMPLE), 1);
        measureRelay(Comparison.cpu(Mode.SIMPLE), 1);

        assertThatThrownBy(() -> new Guard(1.2).violations(figures)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theTableShowsMedianSpreadAndRatio() {
        measure("simple", 24, 25, 26);
        measureRelay("simple", 20, 20, 20);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        Table.print(
                figures, List.of(Middle.RELAY, Middle.GATEWAY), new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        | figure | relay | gateway |
                        | --- | --- | --- |
                        | simple | 20.0 (20.0–20.0) | 25.0 (24.0–26.0) · 1.25 (1.20–1.30)× |

                        """);
    }

    private void measure(String figure, double... values) {
        measure(Middle.GATEWAY, figure, values);
    }

    private void measureRelay(String figure, double... values) {
        measure(Middle.RELAY, figure, values);
    }

    private void measure(String target, String figure, double[] values) {
        for (int round = 0; round < values.length; round++) {
            figures.add(new Sample(target, figure, round, values[round]));
        }
    }
}
