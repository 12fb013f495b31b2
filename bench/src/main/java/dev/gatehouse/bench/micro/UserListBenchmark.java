package dev.gatehouse.bench.micro;

import dev.gatehouse.firewall.session.ScramVerifier;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What one local user costs when the configuration is read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UserListBenchmark {

    private final String text = "SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0$" + "A".repeat(43) + "=:" + "B".repeat(42) + "A=";

    /** Reads one password hash. */
    @Benchmark
    public ScramVerifier readVerifier() {
        return ScramVerifier.parse(text);
    }
}
