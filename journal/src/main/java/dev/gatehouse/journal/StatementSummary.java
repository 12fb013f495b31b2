package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.session.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One statement with all that became of it.
 *
 * @param at when it was ruled on
 * @param opened how its session began; empty when that is not in the journal (any more)
 * @param asked the statement and the ruling
 * @param decisions what people decided about it, in their order
 * @param answer what the server answered, when it has
 */
public record StatementSummary(
        Instant at,
        Optional<Event.Opened> opened,
        Event.Asked asked,
        List<Decision> decisions,
        Optional<Answer> answer) {

    public StatementSummary {
        decisions = List.copyOf(decisions);
    }

    /**
     * A decision of people, or the end of their time for it.
     *
     * @param waited how long the statement had waited by then
     */
    public record Decision(Instant at, Event.Decided event, Duration waited) {}

    /**
     * The server's answer.
     *
     * @param took from when the statement was let go to the server
     */
    public record Answer(Instant at, Event.Answered event, Duration took) {}

    /** The decision's id as people see it. */
    public String id() {
        return Id.text(Id.DECISION, asked.decision());
    }

    /** Who asked; empty when the journal does not know. */
    public String user() {
        return opened.map(Event.Opened::user).orElse("");
    }
}
