package dev.gatehouse.gateway.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says which configuration is meant. */
final class ConfigOption {

    private final Places places;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "The configuration. Default: $GATEHOUSE_CONFIG, ./gatehouse.yaml, /etc/gatehouse/gatehouse.yaml.")
    private Optional<Path> config = Optional.empty();

    ConfigOption(Places places) {
        this.places = places;
    }

    /** The file, which must be readable. */
    Path file() {
        Path file = places.config(config);
        if (!java.nio.file.Files.isReadable(file)) {
            throw new Failure(
                    ExitCode.INVALID,
                    "no_config",
                    "the configuration " + file + " cannot be read",
                    "name it with -c FILE");
        }
        return file;
    }
}
