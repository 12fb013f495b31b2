package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement whose events are still being read. */
final class GatheredStatement {

    private final Event.Entry entry;
    private final Event.Asked asked;
    private final Optional<Event.Opened> opened;
    private final List<StatementSummary.Decision> decisions = new ArrayList<>();
    private Optional<StatementSummary.Answer> answer = Optional.empty();
    /** The monotonic time at which it was let go to the server. */
    private long released;

    GatheredStatement(Event.Entry entry, Event.Asked asked, Event.@Nullable Opened opened) {
        this.entry = entry;
        this.asked = asked;
        this.opened = Optional.ofNullable(opened);
        this.released = entry.nanos();
    }

    long decision() {
        return asked.decision();
    }

    long session() {
        return asked.session();
    }

    /** Whether people have to do with it. */
    boolean isHeld() {
        return asked.verdict() == Verdict.APPROVE;
    }

    void decided(Event.Entry at, Event.Decided event) {
        Duration waited = Duration.ofNanos(at.nanos() - entry.nanos());
        decisions.add(new StatementSummary.Decision(at.at(), event, waited));
        released = at.nanos();
    }

    void answered(Event.Entry at, Event.Answered event) {
        Duration took = Duration.ofNanos(at.nanos() - released);
        answer = Optional.of(new StatementSummary.Answer(at.at(), event, took));
    }

    StatementSummary summary() {
        return new StatementSummary(entry.at(), opened, asked, decisions, answer);
    }
}
