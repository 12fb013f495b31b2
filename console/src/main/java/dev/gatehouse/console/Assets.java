package dev.gatehouse.console;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that pages refer to; there are no others, so that no path leads anywhere else. */
final class Assets {

    private static final Map<String, String> TYPES = Map.of(
            "console.css", "text/css; charset=utf-8",
            "console.js", "text/javascript; charset=utf-8",
            "theme.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private final Map<String, Reply> files = new HashMap<>();

    Assets() {
        TYPES.forEach((name, type) -> files.put(name, new Reply(HttpResponseStatus.OK, type, read(name), List.of())));
    }

    Optional<Reply> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** A resource beside this class. */
    static byte[] read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its own file " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
