package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Puts the journal's entries together into statements, keeping the latest that pass a filter. */
public final class Statements implements Consumer<Event.Entry> {

    private final Predicate<StatementSummary> filter;
    private final int most;
    private final Map<Long, Event.Opened> sessions = new HashMap<>();
    private final Map<Long, Gathered> kept = new LinkedHashMap<>();
    private long dropped;

    /**
     * @param filter which statements are wanted, by what is known when they are ruled on
     * @param most how many are kept, the latest; 0 for all
     */
    public Statements(Predicate<StatementSummary> filter, int most) {
        this.filter = filter;
        this.most = most;
    }

    /** Takes the next entry of the journal; they come in its order. */
    @Override
    public void accept(Event.Entry entry) {
        Event event = entry.event();
        if (event instanceof Event.Opened opened) {
            sessions.put(opened.session(), opened);
        } else if (event instanceof Event.Closed closed) {
            sessions.remove(closed.session());
        } else if (event instanceof Event.Asked asked) {
            keep(new Gathered(entry, asked, sessions.get(asked.session())));
        } else if (event instanceof Event.Decided decided && kept.containsKey(decided.decision())) {
            kept.get(decided.decision()).decided(entry, decided);
        } else if (event instanceof Event.Answered answered && kept.containsKey(answered.decision())) {
            kept.get(answered.decision()).answered(entry, answered);
        }
    }

    /** The statements, in the order they were asked. */
    public List<StatementSummary> summaries() {
        return kept.values().stream().map(Gathered::summary).toList();
    }

    /** How many passed the filter and were too many. */
    public long dropped() {
        return dropped;
    }

    private void keep(Gathered statement) {
        if (!filter.test(statement.summary())) {
            return;
        }
        kept.put(statement.asked.decision(), statement);
        if (most > 0 && kept.size() > most) {
            kept.remove(kept.keySet().iterator().next());
            dropped++;
        }
    }

    /** A statement whose events are still being read. */
    private static final class Gathered {

        private final Event.Entry entry;
        private final Event.Asked asked;
        private final Optional<Event.Opened> opened;
        private final List<StatementSummary.Decision> decisions = new ArrayList<>();
        private Optional<StatementSummary.Answer> answer = Optional.empty();
        /** The monotonic time at which it was let go to the server. */
        private long released;

        Gathered(Event.Entry entry, Event.Asked asked, Event.@Nullable Opened opened) {
            this.entry = entry;
            this.asked = asked;
            this.opened = Optional.ofNullable(opened);
            this.released = entry.nanos();
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
}
