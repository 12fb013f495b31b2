package dev.gatehouse.bench.compare;

import dev.gatehouse.bench.load.Mode;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds times every target has its turn
 * @param modes the ways queries are sent
 * @param clients clients at once
 * @param queries queries of one measurement
 * @param warmSliceSeconds length of a slice of warm-up, in one of the modes
 * @param leastWarmSlices slices each JVM is loaded for before anything is measured
 * @param mostWarmSlices where warm-up ends even if a JVM still compiles
 * @param sideRounds rounds of the streamed answer and of the paced queries
 * @param rows rows of the streamed answer
 * @param logins logins of one measurement
 * @param pgbench whether pgbench has its say as well
 * @param paceSeconds length of each paced measurement; its rate is {@link #PACE}
 */
record Plan(
        int rounds,
        List<Mode> modes,
        int clients,
        long queries,
        int warmSliceSeconds,
        int leastWarmSlices,
        int mostWarmSlices,
        int sideRounds,
        long rows,
        int logins,
        boolean pgbench,
        int paceSeconds) {

    /** Queries per second of a paced measurement. */
    static final int PACE = 1000;

    /** Everything, as the tables of {@code docs/performance.md} show it. */
    static Plan full(boolean pgbench) {
        return new Plan(5, List.of(Mode.values()), 8, 60_000, 5, 6, 24, 5, 1_000_000, 400, pgbench, 10);
    }

    /** What the guard needs, in under three minutes on a quiet machine. */
    static Plan quick(boolean pgbench) {
        return new Plan(7, List.of(Mode.SIMPLE, Mode.PREPARED), 8, 30_000, 2, 4, 12, 2, 300_000, 200, pgbench, 2);
    }

    /** What the guard judges and nothing else, in many rounds. */
    static Plan guarded(int rounds) {
        return new Plan(rounds, List.of(Mode.SIMPLE, Mode.PREPARED), 8, 20_000, 2, 6, 30, 0, 100_000, 200, false, 0);
    }
}
