package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.session.Id;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells from the journal what happened: which sessions there were, what they ran, and how it went, at its own pace. */
public final class Replay {

    private final Function<Selection, Iterator<Event.Entry>> journal;

    /** Tells from a journal; the reader stays the caller's. */
    public Replay(JournalReader reader) {
        this(reader::entries);
    }

    Replay(Function<Selection, Iterator<Event.Entry>> journal) {
        this.journal = journal;
    }

    /** The sessions in the order of their begin. */
    public List<SessionSummary> sessions(SessionFilter filter) {
        Selection selection = filter.since().map(Selection.WITHOUT_FRAMES::from).orElse(Selection.WITHOUT_FRAMES);
        Map<Long, SessionTally> tallies = new LinkedHashMap<>();
        journal.apply(selection).forEachRemaining(entry -> tallies.computeIfAbsent(
                        entry.event().session(), number -> new SessionTally(entry))
                .add(entry));
        tallies.values().removeIf(tally -> !filter.takes(tally));
        if (tallies.values().stream().anyMatch(tally -> !tally.isNamed())) {
            name(tallies);
        }
        return tallies.values().stream()
                .filter(tally -> filter.takes(tally.user()))
                .map(SessionTally::summary)
                .toList();
    }

    /** Gives sessions that began before the filter's instant what their begin tells. */
    private void name(Map<Long, SessionTally> tallies) {
        journal.apply(Selection.WITHOUT_FRAMES).forEachRemaining(entry -> {
            SessionTally tally = tallies.get(entry.event().session());
            if (tally != null && entry.event() instanceof Event.Opened opened) {
                tally.name(opened);
            }
        });
    }

    /**
     * One session.
     *
     * @throws NoSuchElementException if the journal does not know it
     */
    public SessionSummary session(long number) {
        SessionTally tally = null;
        Iterator<Event.Entry> entries = journal.apply(Selection.WITHOUT_FRAMES.of(number));
        while (entries.hasNext()) {
            Event.Entry entry = entries.next();
            tally = tally == null ? new SessionTally(entry) : tally;
            tally.add(entry);
        }
        if (tally == null) {
            throw new NoSuchElementException("the journal knows no session " + Id.text(Id.SESSION, number));
        }
        return tally.summary();
    }

    /** A session's statements in their order. */
    public List<StatementSummary> statements(long session) {
        Map<Long, StatementSummary> statements = new LinkedHashMap<>();
        Map<Long, Long> released = new LinkedHashMap<>();
        journal.apply(Selection.WITHOUT_FRAMES.of(session)).forEachRemaining(entry -> {
            Event event = entry.event();
            if (event instanceof Event.Asked asked) {
                statements.put(
                        asked.decision(), new StatementSummary(entry.at(), asked, Optional.empty(), Optional.empty()));
                released.put(asked.decision(), entry.nanos());
            } else if (event instanceof Event.Decided decided) {
                Duration waited = since(released.get(decided.decision()), entry);
                statements.computeIfPresent(
                        decided.decision(),
                        (id, s) -> new StatementSummary(
                                s.at(),
                                s.asked(),
                                Optional.of(new StatementSummary.Settled(entry.at(), decided, waited)),
                                s.answered()));
                released.put(decided.decision(), entry.nanos());
            } else if (event instanceof Event.Answered answered) {
                Duration took = since(released.get(answered.decision()), entry);
                statements.computeIfPresent(
                        answered.decision(),
                        (id, s) -> new StatementSummary(
                                s.at(),
                                s.asked(),
                                s.settled(),
                                Optional.of(new StatementSummary.Answered(entry.at(), answered, took))));
            }
        });
        return List.copyOf(statements.values());
    }

    private static Duration since(@Nullable Long nanos, Event.Entry entry) {
        return nanos == null ? Duration.ZERO : Duration.ofNanos(entry.nanos() - nanos);
    }

    /**
     * Prints a session's statements and what became of them, with the pauses there were.
     *
     * @param speed how many times faster than it happened; more than 0
     * @param maxIdle the longest pause that is made; what is left out is said
     * @param zone the zone of the times shown
     * @throws NoSuchElementException if the journal does not know the session
     */
    public void play(long session, double speed, Optional<Duration> maxIdle, ZoneId zone, Pacer pacer, Appendable out)
            throws IOException, InterruptedException {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("a speed is more than 0, not " + speed);
        }
        ReplayLines lines = new ReplayLines(session(session).who(), zone);
        Iterator<Event.Entry> entries = journal.apply(Selection.WITHOUT_FRAMES.of(session));
        Event.Entry entry = entries.hasNext() ? entries.next() : null;
        while (entry != null) {
            Event.Entry following = entries.hasNext() ? entries.next() : null;
            Duration gap = following == null ? Duration.ZERO : gap(entry, following);
            Duration pause = Duration.ofNanos(Math.round(gap.toNanos() / speed));
            boolean skipped = maxIdle.isPresent() && pause.compareTo(maxIdle.get()) > 0;
            out.append(lines.line(entry, skipped ? Optional.of(gap) : Optional.empty()))
                    .append('\n');
            if (!gap.isZero()) {
                pacer.pause(skipped ? maxIdle.get() : pause);
            }
            entry = following;
        }
    }

    private static Duration gap(Event.Entry from, Event.Entry to) {
        Duration gap = Duration.ofNanos(to.nanos() - from.nanos());
        return gap.isNegative() ? Duration.ZERO : gap;
    }
}
