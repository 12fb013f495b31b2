package dev.gatehouse.gateway.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Finds the admin socket and the journal in a server file without its secrets, so that a person who may not read those can
 * still use the commands that talk to a running gateway. It checks nothing: {@code gatehouse check} does.
 */
final class ConfigGlance {

    private final Path file;
    private final Object document;

    private ConfigGlance(Path file, Object document) {
        this.file = file;
        this.document = document;
    }

    static ConfigGlance at(Path file) {
        try {
            Object document = new Load(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
            return new ConfigGlance(file, document == null ? Map.of() : document);
        } catch (IOException | YamlEngineException e) {
            throw new Failure(
                            ExitCode.INVALID,
                            "config_unreadable",
                            file + " cannot be read: "
                                    + String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse(""),
                            "gatehouse check -c " + file)
                    .because(e);
        }
    }

    Optional<Path> adminSocket() {
        return path("listen", "admin_socket");
    }

    Optional<Path> journal() {
        return Optional.of(path("journal", "dir").orElse(file.toAbsolutePath().resolveSibling("journal")));
    }

    /** A path in the file; a relative one starts at the file's folder. */
    private Optional<Path> path(String section, String key) {
        if (document instanceof Map<?, ?> top
                && top.get(section) instanceof Map<?, ?> inner
                && inner.get(key) instanceof String text) {
            if (text.contains("${")) {
                throw new Failure(
                        ExitCode.INVALID,
                        "config_indirect",
                        section + "." + key + " in " + file + " is not a plain path",
                        "name it on the command line: --addr or --dir");
            }
            return Optional.of(file.toAbsolutePath().resolveSibling(text).normalize());
        }
        return Optional.empty();
    }
}
