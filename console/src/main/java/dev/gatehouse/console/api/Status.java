package dev.gatehouse.console.api;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * How the gateway is, for {@code GET /v1/status}.
 *
 * @param name the appliance's name
 * @param version the program's version
 * @param policy the version of the policy in force
 * @param started when it began to serve
 * @param listeners the addresses it listens on, such as {@code postgres 127.0.0.1:6432}
 * @param journal the journal's folder
 * @param sessions how many clients are connected
 * @param unauthenticated how many of them have not logged in yet
 * @param turnedAway how many found no place among those, since it began to serve
 */
public record Status(
        String name,
        String version,
        String policy,
        Instant started,
        List<String> listeners,
        Path journal,
        int sessions,
        int unauthenticated,
        long turnedAway) {

    public Status {
        listeners = List.copyOf(listeners);
    }
}
