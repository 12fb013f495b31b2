package dev.gatehouse.bench.compare;

import dev.gatehouse.bench.load.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Starts our own bytes-only relay, on the JVM flags the gateway runs with. */
final class RelayUnderTest {

    private RelayUnderTest() {}

    static Middle start(Path work, Access server, List<String> flags) throws IOException, InterruptedException {
        int port = Children.freePort();
        Path log = work.resolve("relay.log");
        Process process = Children.start(
                Children.java(
                        flags,
                        "dev.gatehouse.bench.Main",
                        "relay",
                        "--port",
                        Integer.toString(port),
                        "--server-port",
                        Integer.toString(server.port())),
                log);
        Access access = server.through(port);
        Children.awaitLogin(access, process, log);
        return new Middle(Middle.RELAY, access, Optional.of(process), true);
    }
}
