package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.wire.mysql.message.HandshakeV10;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the servers said first when they were last heard. The gateway greets its clients with it, before it knows which
 * server they want: with the version of the first one, and with what all of them can do. Thread-safe.
 */
final class Greetings {

    private final List<Upstream> upstreams;
    private final Map<String, HandshakeV10> heard = new ConcurrentHashMap<>();

    /** @param upstreams the servers, first the one that a client gets which names none; never empty */
    Greetings(List<Upstream> upstreams) {
        this.upstreams = List.copyOf(upstreams);
    }

    /** The server whose version clients are told. */
    Upstream first() {
        return upstreams.get(0);
    }

    void heard(Upstream upstream, HandshakeV10 handshake) {
        heard.put(upstream.name(), handshake);
    }

    /** What the first server said; null while it has not been heard. */
    @Nullable
    HandshakeV10 ofFirst() {
        return heard.get(first().name());
    }

    /** What all servers can do that have been heard. */
    long capabilities() {
        long all = -1;
        for (HandshakeV10 handshake : heard.values()) {
            all &= handshake.capabilities();
        }
        return all;
    }
}
