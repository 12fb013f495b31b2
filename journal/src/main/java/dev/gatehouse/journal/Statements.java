package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Event;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Puts the journal's entries together into statements, keeping the latest that pass a filter. */
public final class Statements implements Consumer<Event.Entry> {

    private final Predicate<StatementSummary> filter;
    private final int most;
    private final Map<Long, Event.Opened> sessions = new HashMap<>();
    private final Map<Long, GatheredStatement> kept = new LinkedHashMap<>();
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
            keep(new GatheredStatement(entry, asked, sessions.get(asked.session())));
        } else if (event instanceof Event.Decided decided && kept.containsKey(decided.decision())) {
            kept.get(decided.decision()).decided(entry, decided);
        } else if (event instanceof Event.Answered answered && kept.containsKey(answered.decision())) {
            kept.get(answered.decision()).answered(entry, answered);
        }
    }

    /** The statements, in the order they were asked. */
    public List<StatementSummary> summaries() {
        return kept.values().stream().map(GatheredStatement::summary).toList();
    }

    /** How many passed the filter and were too many. */
    public long dropped() {
        return dropped;
    }

    private void keep(GatheredStatement statement) {
        if (!filter.test(statement.summary())) {
            return;
        }
        kept.put(statement.decision(), statement);
        if (most > 0 && kept.size() > most) {
            kept.remove(kept.keySet().iterator().next());
            dropped++;
        }
    }
}
