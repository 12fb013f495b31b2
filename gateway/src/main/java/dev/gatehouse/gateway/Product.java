package dev.gatehouse.gateway;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.gateway.analyze.PolicyExplainer;
import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import dev.gatehouse.gateway.command.Inquiry;
import dev.gatehouse.gateway.command.Parts;
import dev.gatehouse.gateway.settings.Configuration;
import dev.gatehouse.gateway.settings.Loaded;
import dev.gatehouse.journal.JournalException;
import dev.gatehouse.journal.JournalReader;
import dev.gatehouse.journal.Selection;
import dev.gatehouse.journal.Verification;
import dev.gatehouse.journal.seal.Hash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the commands the product's parts. The only place where the two meet. */
final class Product implements Parts {

    private static final Logger LOG = LoggerFactory.getLogger(Product.class);

    private final Map<String, String> environment;

    /** @param environment what a configuration's variables look at */
    Product(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Report check(Path config, boolean strict, boolean live) {
        Loaded loaded = load(config, strict, live);
        return new Report(!loaded.hasErrors(), loaded.report());
    }

    @Override
    public Explained explain(Path config, Inquiry inquiry) {
        Configuration configuration = configuration(config, Loaded.load(config, false, environment));
        return new PolicyExplainer(configuration).explain(inquiry);
    }

    private Loaded load(Path config, boolean strict, boolean live) {
        Loaded loaded = Loaded.load(config, strict, environment);
        return live
                ? loaded.configuration()
                        .map(found -> loaded.with(
                                MaskFit.ask(found, config.getFileName().toString())))
                        .orElse(loaded)
                : loaded;
    }

    private static Configuration configuration(Path config, Loaded loaded) {
        return loaded.configuration()
                .orElseThrow(() -> new Failure(
                        ExitCode.INVALID,
                        "configuration",
                        loaded.report(),
                        "correct it, then: gatehouse check -c " + config));
    }

    @Override
    public Running serve(Path config, boolean live) {
        Loaded loaded = load(config, false, live);
        Configuration configuration = configuration(config, loaded);
        Logging.apply(configuration.settings().log(), environment);
        if (!loaded.problems().isEmpty()) {
            LOG.warn("{}", loaded.report());
        }
        try {
            return new Serving(Gateway.start(configuration));
        } catch (IOException | JournalException e) {
            throw new Failure(ExitCode.FAILED, "start", String.valueOf(e.getMessage()), "").because(e);
        }
    }

    @Override
    public Reading journal(Path folder) {
        try {
            JournalReader reader = JournalReader.open(folder);
            return new Records(reader);
        } catch (JournalException e) {
            throw new Failure(
                            ExitCode.NOT_FOUND,
                            "journal",
                            String.valueOf(e.getMessage()),
                            "--dir names the folder that journal.dir of the server file names")
                    .because(e);
        }
    }

    private record Serving(Gateway gateway) implements Running {

        /** Below the 30 s after which Kubernetes kills what was told to end. */
        private static final Duration PATIENCE = Duration.ofSeconds(25);

        @Override
        public List<String> listeners() {
            return gateway.listeners();
        }

        @Override
        public void drain() {
            gateway.drain(PATIENCE);
        }

        @Override
        public void close() {
            gateway.close();
        }
    }

    private record Records(JournalReader reader) implements Reading {

        @Override
        public Verification verify(Optional<Hash> trusted, List<Path> checkpoints) {
            return reader.verify(
                    trusted,
                    checkpoints.stream()
                            .flatMap(file -> JournalReader.checkpoints(file).stream())
                            .toList());
        }

        @Override
        public Iterator<Event.Entry> entries(Selection selection) {
            return reader.entries(selection);
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
