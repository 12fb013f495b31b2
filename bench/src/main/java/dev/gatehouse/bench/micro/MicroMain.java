package dev.gatehouse.bench.micro;

import dev.gatehouse.bench.compare.GatewayUnderTest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
        List<String> jvm =
                Stream.concat(GatewayUnderTest.FLAGS.stream(), flags.stream()).toList();
        options.include(pattern).addProfiler(GCProfiler.class).jvmArgsAppend(jvm.toArray(String[]::new));
        options.forks(quick ? 1 : 3).warmupIterations(quick ? 3 : 5).measurementIterations(quick ? 3 : 5);
        TimeValue iteration = TimeValue.milliseconds(quick ? 600 : 1000);
        options.warmupTime(iteration).measurementTime(iteration);
        new Runner(options.build()).run();
        return 0;
    }
}
