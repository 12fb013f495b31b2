package dev.gatehouse.bench.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code bench relay}: the relay as a process of its own, so that its CPU can be read. */
@Command(name = "relay", description = "Relays TCP bytes to a server and looks at none of them.")
public final class RelayMain implements Callable<Integer> {

    @Option(names = "--port", defaultValue = "0", description = "Port on loopback; 0 takes a free one.")
    private int port;

    @Option(names = "--server-port", required = true, description = "The server's port on loopback.")
    private int serverPort;

    @Option(names = "--threads", defaultValue = "0", description = "Event loops; 0 for one per core.")
    private int threads;

    @Override
    public Integer call() {
        if (threads < 0) {
            throw new ParameterException(new picocli.CommandLine(this), "--threads must not be negative: " + threads);
        }
        int loops = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (BytesRelay relay = BytesRelay.start(
                new InetSocketAddress(loopback, port), new InetSocketAddress(loopback, serverPort), loops)) {
            System.out.println("listening " + relay.address().getPort());
            relay.awaitClose();
        }
        return 0;
    }
}
