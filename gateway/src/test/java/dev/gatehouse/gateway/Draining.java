package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.journal.JournalReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A gateway that is told to end. */
final class Draining {

    /** Longer than any test: what ends under it did not wait for its time to be over. */
    static final Duration LONG = Duration.ofHours(1);

    static final Duration SHORT = Duration.ofSeconds(1);

    private Draining() {}

    /** Begins to drain, and comes back when nobody is let in any more; what it answers is done when all have ended. */
    static CompletableFuture<Void> begin(Gateway gateway, int port, Duration patience) throws IOException {
        CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> gateway.drain(patience));
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
            } catch (ConnectException e) {
                return drained;
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("reset");
            }
        }
    }

    /** Checks that a journal tells of this many sessions, and of the end of each. */
    static void checkThatAllHaveEnded(Path journal, int sessions) {
        Set<Long> opened = new HashSet<>();
        Set<Long> closed = new HashSet<>();
        try (JournalReader reader = JournalReader.open(journal)) {
            for (Iterator<Event.Entry> entries = reader.entries(); entries.hasNext(); ) {
                Event event = entries.next().event();
                if (event instanceof Event.Opened begun) {
                    opened.add(begun.session());
                } else if (event instanceof Event.Closed ended) {
                    closed.add(ended.session());
                }
            }
        }
        assertThat(opened).hasSizeGreaterThanOrEqualTo(sessions);
        assertThat(closed).isEqualTo(opened);
    }
}
