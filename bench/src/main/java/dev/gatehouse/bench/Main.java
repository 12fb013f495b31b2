package dev.gatehouse.bench;

import dev.gatehouse.bench.capture.CaptureMain;
import dev.gatehouse.bench.capture.VectorsMain;
import dev.gatehouse.bench.compare.CompareMain;
import dev.gatehouse.bench.corpora.CorporaMain;
import dev.gatehouse.bench.load.LoadMain;
import dev.gatehouse.bench.micro.MicroMain;
import dev.gatehouse.bench.relay.RelayMain;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bench}: compares, measures, records. */
@Command(
        name = "bench",
        description = "Measures the gateway against its peers, and records test vectors.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CompareMain.class,
            MicroMain.class,
            CorporaMain.class,
            RelayMain.class,
            LoadMain.class,
            CaptureMain.class,
            VectorsMain.class
        })
public final class Main {

    private static final Set<String> OF_COMPARE = Set.of("--quick", "--full", "--guard", "--targets", "--rounds");

    private Main() {}

    /** Runs one command and exits with its code; the options of {@code compare} alone mean that. */
    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", "bench-logback.xml");
        boolean compares = args.length > 0 && OF_COMPARE.contains(args[0]);
        Stream<String> words = compares ? Stream.concat(Stream.of("compare"), Stream.of(args)) : Stream.of(args);
        System.exit(new CommandLine(new Main()).execute(words.toArray(String[]::new)));
    }
}
