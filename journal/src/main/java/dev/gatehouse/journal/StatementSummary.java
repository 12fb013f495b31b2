package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.session.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One statement of a session with what became of it.
 *
 * @param at when it was ruled on
 * @param asked the statement and the ruling
 * @param settled what people decided, when it was held and they have
 * @param answered what the server answered, when it has
 */
public record StatementSummary(Instant at, Event.Asked asked, Optional<Settled> settled, Optional<Answered> answered) {

    /**
     * A decision of people.
     *
     * @param waited how long the statement waited for it
     */
    public record Settled(Instant at, Event.Decided event, Duration waited) {}

    /**
     * The server's answer.
     *
     * @param took from when the statement was let go to the server
     */
    public record Answered(Instant at, Event.Answered event, Duration took) {}

    /** The decision's id as people see it. */
    public String id() {
        return Id.text(Id.DECISION, asked.decision());
    }

    /** What became of it, in a word: {@code ok, error, blocked, held, approved, rejected, expired, withdrawn, sent}. */
    public String outcome() {
        if (answered.isPresent()) {
            return answered.get().event().failed() ? "error" : "ok";
        }
        if (settled.isPresent()) {
            return settled.get().event().outcome();
        }
        return asked.verdict() == Verdict.BLOCK ? "blocked" : asked.verdict() == Verdict.APPROVE ? "held" : "sent";
    }
}
