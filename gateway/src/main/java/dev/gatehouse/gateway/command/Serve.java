package dev.gatehouse.gateway.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse serve}: the main job, in the foreground until a signal ends it. */
@Command(
        name = "serve",
        description = "Run the gateway in the foreground; logs go to stderr, SIGTERM drains and ends it.")
final class Serve implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

    private final Parts parts;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ConfigOption config;

    @Option(names = "--check-only", description = "Check the configuration and the policy, and serve nothing.")
    private boolean checkOnly;

    @Option(
            names = "--live",
            description = "Ask the upstreams first, and do not start where `check --live` finds an error.")
    private boolean live;

    Serve(Parts parts, Places places) {
        this.parts = parts;
        this.config = new ConfigOption(places);
    }

    @Override
    public Integer call() throws InterruptedException {
        Path file = config.file();
        if (checkOnly) {
            Parts.Report report = parts.check(file, false, live);
            report.text().lines().forEach(spec.commandLine().getOut()::println);
            return (report.valid() ? ExitCode.DONE : ExitCode.INVALID).status();
        }
        Parts.Running running = parts.serve(file, live);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(running), "shutdown"));
        LOG.info("gatehouse {} serves {}", Version.text(), String.join(", ", running.listeners()));
        new CountDownLatch(1).await();
        return ExitCode.DONE.status();
    }

    private static void end(Parts.Running running) {
        running.drain();
        running.close();
        LOG.info("gatehouse has ended");
    }
}
