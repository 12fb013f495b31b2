package dev.gatehouse.gateway.command;

import dev.gatehouse.journal.JournalException;
import java.nio.file.Files;
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

    /** Opens the journal, has it read, and closes it. */
    void read(Consumer<Parts.Reading> action) {
        Path folder = places.journal(dir, config);
        if (!Files.isDirectory(folder)) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "no_journal",
                    "there is no journal in " + folder,
                    "name another with --dir DIR");
        }
        try (Parts.Reading reading = parts.journal(folder)) {
            action.accept(reading);
        } catch (JournalException e) {
            throw new Failure(
                            ExitCode.JOURNAL,
                            "journal_broken",
                            String.valueOf(e.getMessage()),
                            "keep a copy of " + folder + " before anything is changed there")
                    .because(e);
        }
    }
}
