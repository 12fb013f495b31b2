package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Event;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Puts the journal's entries together into sessions. */
public final class Sessions {

    private Sessions() {}

    /**
     * The sessions in the order of their begin.
     *
     * @param journal reads a selection of the journal; asked a second time when a session began before the filter's instant
     */
    public static List<SessionSummary> of(Function<Selection, Iterator<Event.Entry>> journal, SessionFilter filter) {
        Selection selection = filter.since().map(Selection.WITHOUT_FRAMES::from).orElse(Selection.WITHOUT_FRAMES);
        Map<Long, SessionTally> tallies = new LinkedHashMap<>();
        journal.apply(selection).forEachRemaining(entry -> tallies.computeIfAbsent(
                        entry.event().session(), number -> new SessionTally(entry))
                .add(entry));
        tallies.values().removeIf(tally -> !filter.takes(tally));
        if (tallies.values().stream().anyMatch(tally -> !tally.isNamed())) {
            name(tallies, journal);
        }
        return tallies.values().stream()
                .filter(tally -> filter.takes(tally.user()))
                .map(SessionTally::summary)
                .toList();
    }

    /** Gives sessions that began before the filter's instant what their begin tells. */
    private static void name(Map<Long, SessionTally> tallies, Function<Selection, Iterator<Event.Entry>> journal) {
        journal.apply(Selection.WITHOUT_FRAMES).forEachRemaining(entry -> {
            SessionTally tally = tallies.get(entry.event().session());
            if (tally != null && entry.event() instanceof Event.Opened opened) {
                tally.name(opened);
            }
        });
    }
}
