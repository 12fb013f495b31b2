package dev.gatehouse.bench.compare;

import dev.gatehouse.bench.load.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds the gateway to the price of being a firewall: its CPU per query over that of a relay that looks at nothing.
 *
 * <p>This ratio is guarded, and no other, because it is the least noisy: both are JVMs on the same Netty, on the same
 * sockets, in the same round, so that what the machine's mood does to one it does to the other.
 *
 * @param limit the greatest ratio that passes
 */
record Guard(double limit) {

    /** A fifth on top of the hop: some 5 µs a query for parsing, policy, journal and masks together. */
    static final double MUST = 1.20;
    /** The limit of one run: the must, and what the median of a run's few rounds strays by on a shared machine. */
    static final double ONE_RUN = 1.35;
    /** A tenth: some 2 to 3 µs a query, in the range of what pgbouncer adds to a bare relay. */
    static final double GOAL = 1.10;

    private static final List<Mode> MODES = List.of(Mode.SIMPLE, Mode.PREPARED);

    /**
     * Judges what was measured.
     *
     * @return one line per violation; empty if the gateway passes
     * @throws IllegalStateException if there is nothing to judge: a guard that was not measured has not passed
     */
    List<String> violations(Figures figures) {
        List<String> violations = new ArrayList<>();
        for (Mode mode : MODES) {
            String figure = Comparison.cpu(mode);
            Optional<Spread> ratio = figures.ratio(Middle.GATEWAY, Middle.RELAY, figure);
            double median = ratio.orElseThrow(() -> new IllegalStateException("not measured: " + figure))
                    .median();
            if (median > limit) {
                violations.add(String.format(
                        Locale.ROOT, "%s: gateway ÷ relay is %.2f, more than %.2f", figure, median, limit));
            }
        }
        return violations;
    }
}
