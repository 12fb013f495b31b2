package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.audit.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Puts the journal's events together into statements, keeping the latest that pass a filter. */
final class Ledger implements Consumer<Event.Entry> {

    private final Predicate<Exchange> filter;
    private final int most;
    private final Map<Long, Event.Opened> sessions = new HashMap<>();
    private final Map<Long, Exchange> kept = new LinkedHashMap<>();
    private long dropped;

    /**
     * @param filter which statements are wanted
     * @param most how many are kept, the latest; 0 for all
     */
    Ledger(Predicate<Exchange> filter, int most) {
        this.filter = filter;
        this.most = most;
    }

    @Override
    public void accept(Event.Entry entry) {
        Event event = entry.event();
        if (event instanceof Event.Opened opened) {
            sessions.put(opened.session(), opened);
        } else if (event instanceof Event.Closed closed) {
            sessions.remove(closed.session());
        } else if (event instanceof Event.Asked asked) {
            keep(asked.decision(), new Exchange(entry, asked, sessions.get(asked.session())));
        } else if (event instanceof Event.Decided decided && kept.containsKey(decided.decision())) {
            kept.get(decided.decision()).decided(entry);
        } else if (event instanceof Event.Answered answered && kept.containsKey(answered.decision())) {
            kept.get(answered.decision()).answered(entry);
        }
    }

    /** The statements, in the order they were asked. */
    List<Exchange> exchanges() {
        return new ArrayList<>(kept.values());
    }

    /** How many passed the filter and were too many. */
    long dropped() {
        return dropped;
    }

    private void keep(long decision, Exchange exchange) {
        if (!filter.test(exchange)) {
            return;
        }
        kept.put(decision, exchange);
        if (most > 0 && kept.size() > most) {
            kept.remove(kept.keySet().iterator().next());
            dropped++;
        }
    }
}
