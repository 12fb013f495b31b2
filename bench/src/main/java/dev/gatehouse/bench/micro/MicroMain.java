package dev.gatehouse.bench.micro;

import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench jmh}: the parts by themselves, with what each operation allocates. */
@Command(name = "jmh", description = "Runs the JMH benchmarks of the parts, with allocation per operation.")
public final class MicroMain implements Callable<Integer> {

    @Parameters(arity = "0..1", defaultValue = ".*", description = "Pattern of the benchmarks to run.")
    private String pattern = ".*";

    @Option(
            names = "--quick",
            description = "One fork and few, short iterations: orders of magnitude, exact allocation.")
    private boolean quick;

    @Option(names = "--flag", description = "A JVM flag for the forks; may be repeated.")
    private List<String> flags = List.of();

    @Override
    public Integer call() throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(pattern).addProfiler(GCProfiler.class).jvmArgsAppend(flags.toArray(String[]::new));
        options.forks(quick ? 1 : 3).warmupIterations(quick ? 3 : 5).measurementIterations(quick ? 3 : 5);
        options.warmupTime(TimeValue.seconds(1)).measurementTime(TimeValue.seconds(1));
        new Runner(options.build()).run();
        return 0;
    }
}
