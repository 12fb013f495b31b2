package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Verdict;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts one session's entries. */
final class SessionTally {

    private final long session;
    private final Instant started;
    private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    private Instant last;
    private @Nullable Instant asked;
    private @Nullable String end;
    private Event.Opened opened;
    private boolean named;

    SessionTally(Event.Entry first) {
        this.session = first.event().session();
        this.started = first.at();
        this.last = started;
        this.opened = unknown("", "");
    }

    void add(Event.Entry entry) {
        last = entry.at();
        Event event = entry.event();
        if (event instanceof Event.Opened e) {
            name(e);
        } else if (event instanceof Event.TurnedAway e) {
            name(unknown(e.source(), e.user()));
            end = "turned away: " + e.reason();
        } else if (event instanceof Event.Asked e) {
            asked = entry.at();
            verdicts.merge(e.verdict(), 1L, Long::sum);
        } else if (event instanceof Event.Closed e) {
            end = e.reason();
        }
    }

    /** Learns what the session's begin tells. */
    void name(Event.Opened begin) {
        opened = begin;
        named = true;
    }

    boolean isNamed() {
        return named;
    }

    private Event.Opened unknown(String source, String user) {
        return new Event.Opened(session, user, "", List.of(), source, "", "", "", "", "");
    }

    boolean has(Verdict verdict) {
        return count(verdict) > 0;
    }

    private long count(Verdict verdict) {
        return verdicts.getOrDefault(verdict, 0L);
    }

    String user() {
        return opened.user();
    }

    SessionSummary summary() {
        return new SessionSummary(
                session,
                started,
                last,
                Optional.ofNullable(asked),
                Optional.ofNullable(end),
                opened.user(),
                opened.kind(),
                opened.groups(),
                opened.source(),
                opened.application(),
                opened.protocol(),
                opened.upstream(),
                opened.database(),
                opened.login(),
                verdicts.values().stream().mapToLong(Long::longValue).sum(),
                count(Verdict.BLOCK),
                count(Verdict.APPROVE));
    }
}
