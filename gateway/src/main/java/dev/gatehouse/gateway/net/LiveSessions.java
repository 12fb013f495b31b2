package dev.gatehouse.gateway.net;

import dev.gatehouse.firewall.session.Session;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The sessions that were let in and have not ended, and a way to end them. Safe for many threads. */
public final class LiveSessions {

    private final Map<Long, Live> sessions = new ConcurrentHashMap<>();
    private final InstantSource clock;

    private record Live(Session session, SocketRelay relay) {}

    /** @param clock by which sessions end that are limited */
    public LiveSessions(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes a session in; answers how long it may last, empty where nothing limits it. */
    Optional<Duration> enter(Session session, SocketRelay relay) {
        sessions.put(session.number(), new Live(session, relay));
        return session.until().map(until -> Duration.between(clock.instant(), until));
    }

    void leave(Session session) {
        sessions.remove(session.number());
    }

    /** All of them, the eldest first. */
    public List<Session> list() {
        return sessions.values().stream()
                .map(Live::session)
                .sorted(Comparator.comparingLong(Session::number))
                .toList();
    }

    /**
     * Ends sessions: what they run is cancelled, and their clients are told why.
     *
     * @return which were told to
     */
    public List<Session> end(Predicate<Session> which, String why) {
        List<Live> ended = sessions.values().stream()
                .filter(live -> which.test(live.session()))
                .toList();
        ended.forEach(live -> live.relay().end(live.session(), why, Duration.ZERO));
        return ended.stream().map(Live::session).toList();
    }
}
