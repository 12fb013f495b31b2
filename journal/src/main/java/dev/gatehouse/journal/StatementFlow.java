package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Verdict;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts the journal's entries together into statements, and gives each away when nothing more is to come of it: holds those
 * under way and those that wait for people, and nothing else.
 */
public final class StatementFlow implements Consumer<Event.Entry> {

    /** What ends a request. */
    private static final Set<String> FINAL = Set.of("rejected", "expired", "withdrawn");

    private final Consumer<StatementSummary> sink;
    private final Map<Long, Event.Opened> sessions = new HashMap<>();
    private final Map<Long, GatheredStatement> open = new LinkedHashMap<>();

    /** @param sink gets the statements in the order in which they were finished */
    public StatementFlow(Consumer<StatementSummary> sink) {
        this.sink = sink;
    }

    /** Takes the next entry of the journal; they come in its order. */
    @Override
    public void accept(Event.Entry entry) {
        Event event = entry.event();
        if (event instanceof Event.Opened opened) {
            sessions.put(opened.session(), opened);
        } else if (event instanceof Event.Asked asked) {
            asked(entry, asked);
        } else if (event instanceof Event.Decided decided && open.containsKey(decided.decision())) {
            open.get(decided.decision()).decided(entry, decided);
            if (FINAL.contains(decided.outcome())) {
                give(decided.decision());
            }
        } else if (event instanceof Event.Answered answered && open.containsKey(answered.decision())) {
            open.get(answered.decision()).answered(entry, answered);
            give(answered.decision());
        } else if (event instanceof Event.Closed closed) {
            closed(closed.session());
        }
    }

    /** Gives away what was still under way when the journal ended, in the order it was asked. */
    public void finish() {
        open.values().forEach(statement -> sink.accept(statement.summary()));
        open.clear();
    }

    private void asked(Event.Entry entry, Event.Asked asked) {
        open.put(asked.decision(), new GatheredStatement(entry, asked, sessions.get(asked.session())));
        if (asked.verdict() == Verdict.BLOCK) {
            give(asked.decision());
        }
    }

    /** People may still decide about what the session has left waiting. */
    private void closed(long session) {
        sessions.remove(session);
        for (Iterator<GatheredStatement> left = open.values().iterator(); left.hasNext(); ) {
            GatheredStatement statement = left.next();
            if (statement.session() == session && !statement.isHeld()) {
                left.remove();
                sink.accept(statement.summary());
            }
        }
    }

    private void give(long decision) {
        GatheredStatement statement = open.remove(decision);
        if (statement != null) {
            sink.accept(statement.summary());
        }
    }
}
