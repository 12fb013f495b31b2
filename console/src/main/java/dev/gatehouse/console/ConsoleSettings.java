package dev.gatehouse.console;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How the console is served.
 *
 * @param gateway the appliance's own name
 * @param address where it listens
 * @param tls how connections are encrypted; empty for clear text alone
 * @param clear whether clear text is taken too, as loopback addresses alone may
 * @param publicUrl how browsers reach it, where that is not by its own address
 * @param lifetime after which everybody signs in again
 * @param idle after which whoever did nothing does so too
 */
public record ConsoleSettings(
        String gateway,
        InetSocketAddress address,
        Optional<SslContext> tls,
        boolean clear,
        Optional<URI> publicUrl,
        Duration lifetime,
        Duration idle) {}
