package dev.gatehouse.bench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BytesRelayTest {

    private static final int MANY = 20_000_000;

    @Test
    void manyBytesComeBackUnchangedThroughASlowReader() throws Exception {
        byte[] sent = new byte[MANY];
        new Random(7).nextBytes(sent);
        try (ServerSocket echo = listen();
                BytesRelay relay = relayTo(echo);
                Socket client = new Socket(
                        InetAddress.getLoopbackAddress(), relay.address().getPort())) {
            CompletableFuture<Void> echoing = CompletableFuture.runAsync(() -> echo(echo));
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client, sent));

            assertThat(client.getInputStream().readNBytes(MANY)).isEqualTo(sent);
            sending.get();
            client.shutdownOutput();
            echoing.get();
        }
    }

    @Test
    void aServerThatHangsUpEndsTheClient() throws Exception {
        try (ServerSocket server = listen();
                BytesRelay relay = relayTo(server);
                Socket client = new Socket(
                        InetAddress.getLoopbackAddress(), relay.address().getPort())) {
            try (Socket accepted = server.accept()) {
                accepted.getOutputStream().write('x');
            }

            assertThat(client.getInputStream().readAllBytes()).containsExactly('x');
        }
    }

    @Test
    void aClientIsHungUpOnWhenTheServerCannotBeReached() throws Exception {
        InetSocketAddress nowhere;
        try (ServerSocket gone = listen()) {
            nowhere = (InetSocketAddress) gone.getLocalSocketAddress();
        }
        try (BytesRelay relay =
                        BytesRelay.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), nowhere, 1);
                Socket client = new Socket(
                        InetAddress.getLoopbackAddress(), relay.address().getPort())) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    }

    private static BytesRelay relayTo(ServerSocket server) {
        return BytesRelay.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                (InetSocketAddress) server.getLocalSocketAddress(),
                1);
    }

    private static void echo(ServerSocket server) {
        try (Socket accepted = server.accept()) {
            accepted.getInputStream().transferTo(accepted.getOutputStream());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
