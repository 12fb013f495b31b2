package dev.gatehouse.bench.compare;

import dev.gatehouse.bench.load.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Starts the gateway as it is shipped: a process of its own with parsing, policy, journal and masks all on.
 */
public final class GatewayUnderTest {

    /** The flags the launcher starts {@code serve} with, and a bound on the heap; the relay runs on the same. */
    public static final List<String> FLAGS = List.of(
            "-Xmx512m",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "-Dchronicle.analytics.disable=true",
            "-Dchronicle.announcer.disable=true");

    private static final String MAIN = "dev.gatehouse.gateway.Main";

    private GatewayUnderTest() {}

    static Middle start(Path work, Access server, List<String> flags) throws IOException, InterruptedException {
        Path home = work.resolve("gateway");
        Path log = work.resolve("gateway.log");
        int port = Children.freePort();
        Path settings = ShippedConfiguration.write(home, port, server);
        Process process = Children.start(Children.java(flags, MAIN, "serve", "-c", settings.toString()), log);
        Access access = server.through(port);
        Children.awaitLogin(access, process, log);
        return new Middle(Middle.GATEWAY, access, Optional.of(process), true);
    }
}
