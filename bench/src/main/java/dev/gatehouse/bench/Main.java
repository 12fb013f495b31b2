package dev.gatehouse.bench;

import dev.gatehouse.bench.capture.CaptureMain;
import dev.gatehouse.bench.capture.VectorsMain;
import dev.gatehouse.bench.compare.CompareMain;
import dev.gatehouse.bench.load.LoadMain;
import dev.gatehouse.bench.micro.MicroMain;
import dev.gatehouse.bench.relay.RelayMain;
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
            RelayMain.class,
            LoadMain.class,
            CaptureMain.class,
            VectorsMain.class
        })
public final class Main {

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", "bench-logback.xml");
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
