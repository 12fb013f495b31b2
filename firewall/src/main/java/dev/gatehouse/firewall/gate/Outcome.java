package dev.gatehouse.firewall.gate;

import dev.gatehouse.firewall.approval.Ticket;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What the gate says to a statement. */
public sealed interface Outcome {

    /**
     * It is recorded and may go to the server.
     *
     * @param decision the decision's number
     */
    record Proceed(long decision) implements Outcome {}

    /** It may not; this is the answer. */
    record Stop(Refusal refusal) implements Outcome {}

    /**
     * It waits for a person.
     *
     * @param pending what the client is told
     * @param until how long it waits; where that is before the request's deadline, the request stays
     * @param decided completes with any outcome but this one, on any thread, never exceptionally
     */
    record Wait(Ticket.Pending pending, Instant until, CompletionStage<Settled> decided) implements Outcome {}

    /**
     * The desk is being asked, which takes a moment.
     *
     * @param answer completes with any outcome but this one, on any thread, never exceptionally
     */
    record Asking(CompletionStage<Outcome> answer) implements Outcome {}

    /**
     * How a wait ended.
     *
     * @param outcome {@link Proceed} or {@link Stop}
     * @param ticket the ticket as it ended
     */
    record Settled(Outcome outcome, Ticket ticket) {}

    /** Answers by case. */
    default <R> R match(
            Function<Proceed, R> proceed, Function<Stop, R> stop, Function<Wait, R> wait, Function<Asking, R> asking) {
        if (this instanceof Proceed p) {
            return proceed.apply(p);
        }
        if (this instanceof Stop s) {
            return stop.apply(s);
        }
        if (this instanceof Wait w) {
            return wait.apply(w);
        }
        return asking.apply((Asking) this);
    }
}
