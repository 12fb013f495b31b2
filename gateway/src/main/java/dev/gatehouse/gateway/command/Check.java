package dev.gatehouse.gateway.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse check}: whether a configuration and its policy could be served. */
@Command(name = "check", description = "Check the configuration and the policy; exits 3 when they cannot be served.")
final class Check implements Callable<Integer> {

    private final Parts parts;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ConfigOption config;

    @Option(names = "--strict", description = "Take warnings for errors.")
    private boolean strict;

    @Option(
            names = "--live",
            description = "Ask the upstreams too: a mask that knows nothing of its column's type is an error.")
    private boolean live;

    Check(Parts parts, Places places) {
        this.parts = parts;
        this.config = new ConfigOption(places);
    }

    @Override
    public Integer call() {
        Path file = config.file();
        Parts.Report report = parts.check(file, strict, live);
        report.text().lines().forEach(spec.commandLine().getOut()::println);
        return (report.valid() ? ExitCode.DONE : ExitCode.INVALID).status();
    }
}
