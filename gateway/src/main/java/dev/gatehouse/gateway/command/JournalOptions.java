package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.audit.Event;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options that say which journal is meant, and the reading of it. */
final class JournalOptions {

    private final Parts parts;
    private final Places places;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration that names the journal.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The journal's folder. Default: the configuration's, a running demo's.")
    private Optional<Path> dir = Optional.empty();

    JournalOptions(Parts parts, Places places) {
        this.parts = parts;
        this.places = places;
    }

    /** Shows every entry from the first to the last. */
    void forEach(Consumer<Event.Entry> action) {
        Path folder = places.journal(dir, config);
        if (!java.nio.file.Files.isDirectory(folder)) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "no_journal",
                    "there is no journal in " + folder,
                    "name another with --dir DIR");
        }
        try (Parts.Reading reading = parts.journal(folder)) {
            reading.forEachRemaining(action);
        }
    }
}
