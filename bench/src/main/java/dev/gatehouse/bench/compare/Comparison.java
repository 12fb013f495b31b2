package dev.gatehouse.bench.compare;

import dev.gatehouse.bench.load.Mode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/** Measures every target in turn, round after round, so that the machine's mood falls on all alike. Used by one thread. */
final class Comparison {

    static final String STREAM_CPU = "stream: CPU ms per answer";
    static final String STREAM_RATE = "stream: 1000 rows/s";
    static final String MASKED = "gateway, 2 of 5 masked";
    static final String P50 = "paced 1000/s: p50 µs";
    static final String P99 = "paced 1000/s: p99 µs";
    private static final String LOGIN_CPU = "login: CPU ms each";
    private static final String PACED_CPU = "paced 1000/s: CPU µs per query";

    /** Queries before each measurement, for the server's caches of a fresh connection. */
    private static final long SETTLE = 400;

    private static final long COLD = 1000;
    /** A JVM is warm once this share of its CPU, or less, goes into compiling, in so many slices on end. */
    private static final double QUIET = 0.03;

    private static final int QUIET_SLICES = 2;
    private static final int WARM_STREAMS = 8;

    private final Plan plan;
    private final LoadGenerator load;
    private final List<Middle> middles;
    private final PrintStream out;
    private final Figures figures = new Figures();
    private final List<String> notes = new ArrayList<>();

    Comparison(Plan plan, LoadGenerator load, List<Middle> middles, PrintStream out) {
        this.plan = plan;
        this.load = load;
        this.middles = middles;
        this.out = out;
    }

    /** The name of a mode's CPU figure. */
    static String cpu(Mode mode) {
        return mode.word() + ": CPU µs per query";
    }

    /** The name of a mode's throughput figure. */
    static String rate(Mode mode) {
        return mode.word() + ": queries/s";
    }

    /** What was measured. */
    Figures figures() {
        return figures;
    }

    /** What could not be measured, and why. */
    List<String> notes() {
        return notes;
    }

    /** Loads every JVM until it hardly compiles any more, and shows that by its CPU per query. */
    void warm() throws IOException {
        for (Middle middle : middles) {
            if (middle.warms()) {
                out.println("warm-up of " + middle.name() + ", CPU µs per query in the first " + COLD
                        + " queries, then in slices of " + plan.warmSliceSeconds() + " s (of which compiling): "
                        + String.join(" → ", warm(middle)));
            }
        }
    }

    private List<String> warm(Middle middle) throws IOException {
        List<String> slices = new ArrayList<>();
        slices.add(String.format(Locale.ROOT, "%.0f", cold(middle)));
        int quiet = 0;
        for (int i = 0; i < plan.leastWarmSlices() || (quiet < QUIET_SLICES && i < plan.mostWarmSlices()); i++) {
            double before = middle.cpuMicros();
            double compilingBefore = middle.compilingMicros();
            double perQuery =
                    warmSlice(middle, plan.modes().get(i % plan.modes().size()));
            double share = (middle.compilingMicros() - compilingBefore) / (middle.cpuMicros() - before);
            quiet = share < QUIET ? quiet + 1 : 0;
            slices.add(String.format(Locale.ROOT, "%.0f (%.0f %%)", perQuery, 100 * Math.max(0, share)));
            if (i == 0) {
                warmAside(middle);
            }
        }
        return slices;
    }

    private void warmAside(Middle middle) throws IOException {
        for (int i = 0; i < WARM_STREAMS; i++) {
            load.stream(middle.access(), Database.stream(Database.OPEN));
            load.stream(middle.access(), Database.stream(Database.PROTECTED));
            load.churn(middle.access(), plan.logins() / WARM_STREAMS);
        }
    }

    /** Runs all rounds of closed-loop queries. */
    void rush() throws IOException {
        for (int round = 0; round < plan.rounds(); round++) {
            for (Mode mode : plan.modes()) {
                for (Middle middle : turn(round)) {
                    int number = round;
                    attempt(middle, mode.word(), () -> rush(middle, mode, number));
                    if (plan.pgbench()) {
                        attempt(middle, "pgbench " + mode.word(), () -> pgbench(middle, mode, number));
                    }
                }
            }
            out.println("round " + (round + 1) + " of " + plan.rounds());
        }
    }

    /** Streams the wide tables, one answer at a time. */
    void stream() throws IOException {
        for (int round = 0; round < plan.sideRounds(); round++) {
            for (Middle middle : turn(round)) {
                int number = round;
                attempt(middle, "stream", () -> {
                    stream(middle, middle.name(), Database.OPEN, number);
                    if (middle.name().equals(Middle.GATEWAY)) {
                        stream(middle, MASKED, Database.PROTECTED, number);
                    }
                });
            }
        }
    }

    /** Measures latency at a rate nobody finds hard. */
    void pace() throws IOException {
        for (int round = 0; round < plan.sideRounds(); round++) {
            for (Middle middle : turn(round)) {
                int number = round;
                attempt(middle, "paced", () -> pace(middle, number));
            }
        }
    }

    /** Measures what a login costs. */
    void churn() throws IOException {
        for (int round = 0; round < plan.sideRounds(); round++) {
            for (Middle middle : turn(round)) {
                int number = round;
                attempt(middle, "logins", () -> churn(middle, number));
            }
        }
    }

    private void churn(Middle middle, int round) throws IOException {
        double before = middle.cpuMicros();
        load.churn(middle.access(), plan.logins());
        add(middle.name(), LOGIN_CPU, round, (middle.cpuMicros() - before) / 1000 / plan.logins());
    }

    private void rush(Middle middle, Mode mode, int round) throws IOException {
        load.open(middle.access(), mode, plan.clients());
        load.rush(SETTLE);
        double before = middle.cpuMicros();
        double seconds = load.rush(plan.queries());
        double used = middle.cpuMicros() - before;
        load.dismiss();
        add(middle.name(), cpu(mode), round, used / plan.queries());
        add(middle.name(), rate(mode), round, plan.queries() / seconds);
    }

    private void pgbench(Middle middle, Mode mode, int round) throws IOException {
        double before = middle.cpuMicros();
        double perSecond = Pgbench.run(middle.access(), mode, plan.clients(), plan.queries());
        double used = middle.cpuMicros() - before;
        add(middle.name(), "pgbench " + cpu(mode), round, used / plan.queries());
        add(middle.name(), "pgbench " + rate(mode), round, perSecond);
    }

    private void stream(Middle middle, String name, String table, int round) throws IOException {
        double before = middle.cpuMicros();
        LoadGenerator.Streamed streamed = load.stream(middle.access(), Database.stream(table));
        double used = middle.cpuMicros() - before;
        if (streamed.rows() != plan.rows()) {
            throw new IOException(name + " streamed " + streamed.rows() + " rows of " + plan.rows());
        }
        add(name, STREAM_CPU, round, used / 1000);
        add(name, STREAM_RATE, round, streamed.rows() / streamed.seconds() / 1000);
    }

    private void pace(Middle middle, int round) throws IOException {
        load.open(middle.access(), Mode.PREPARED, plan.clients());
        load.pace(Plan.PACE, 1);
        double before = middle.cpuMicros();
        LoadGenerator.Latency latency = load.pace(Plan.PACE, plan.paceSeconds());
        double used = middle.cpuMicros() - before;
        load.dismiss();
        add(middle.name(), P50, round, latency.p50());
        add(middle.name(), P99, round, latency.p99());
        add(middle.name(), PACED_CPU, round, used / Plan.PACE / plan.paceSeconds());
    }

    private double cold(Middle middle) throws IOException {
        load.open(middle.access(), plan.modes().get(0), plan.clients());
        return cpuPerQuery(middle, COLD, queries -> queries < COLD);
    }

    private double warmSlice(Middle middle, Mode mode) throws IOException {
        load.open(middle.access(), mode, plan.clients());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(plan.warmSliceSeconds());
        return cpuPerQuery(middle, COLD, queries -> System.nanoTime() < end);
    }

    private double cpuPerQuery(Middle middle, long step, LongPredicate goesOn) throws IOException {
        double before = middle.cpuMicros();
        long queries = 0;
        do {
            load.rush(step);
            queries += step;
        } while (goesOn.test(queries));
        double used = middle.cpuMicros() - before;
        load.dismiss();
        return used / queries;
    }

    private void add(String target, String figure, int round, double value) {
        figures.add(new Sample(target, figure, round, value));
    }

    private List<Middle> turn(int round) {
        List<Middle> turn = new ArrayList<>(middles);
        Collections.rotate(turn, -round);
        return turn;
    }

    /** A peer that cannot do something is noted; our own two must do everything. */
    private void attempt(Middle middle, String what, Measurement measurement) throws IOException {
        try {
            measurement.run();
        } catch (IOException e) {
            if (middle.warms() || middle.name().equals(Middle.DIRECT)) {
                throw e;
            }
            String note = middle.name() + ", " + what + ": " + e.getMessage();
            if (!notes.contains(note)) {
                notes.add(note);
            }
        }
    }

    /** One measurement of one target. */
    private interface Measurement {
        void run() throws IOException;
    }
}
