package dev.gatehouse.firewall.approval;

import dev.gatehouse.firewall.approval.Answer.Moved;
import dev.gatehouse.firewall.approval.Answer.Reason;
import dev.gatehouse.firewall.approval.Answer.Refused;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The desk where statements wait for people. Safe for many threads: one lock guards everything, nothing waits under it,
 * and those who asked are told outside it.
 *
 * <p>An approval or rejection is recorded before the ticket moves; when it cannot be recorded, it does not count. An
 * expiry or withdrawal ends the ticket in any case, since all that follows from it is that a statement does not run.
 */
public final class Approvals {

    static final int MOST_PENDING = 1000;
    static final int MOST_ENDED = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);

    private final Object lock = new Object();
    private final Recorder recorder;
    private final InstantSource clock;
    private final RequestIds ids = new RequestIds(new SecureRandom());
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final Map<String, Ticket> ended = new LinkedHashMap<>();

    /**
     * @param recorder the desk's own way into the journal; used by one thread at a time
     * @param clock tells when deadlines have passed
     */
    public Approvals(Recorder recorder, InstantSource clock) {
        this.recorder = recorder;
        this.clock = clock;
    }

    /** Draws an id no request has: {@code req_} and four to six characters. */
    public String newId() {
        synchronized (lock) {
            return ids.draw();
        }
    }

    /**
     * Puts a request before the reviewers.
     *
     * @param decision the decision that holds the statement, for the record
     * @return completes with the ended ticket, on the thread that ended it, never exceptionally
     */
    public CompletionStage<Ticket> ask(Request request, long decision) {
        Ticket.Pending pending = new Ticket.Pending(request, List.of());
        synchronized (lock) {
            if (waiting.size() < MOST_PENDING && lookUp(request.id()) == null) {
                Waiting entry = new Waiting(pending, decision, new CompletableFuture<>());
                waiting.put(request.id(), entry);
                return entry.ended.minimalCompletionStage();
            }
            Ticket refused =
                    pending.withdraw(waiting.size() < MOST_PENDING ? "its id is taken" : "too many requests wait");
            recordOrLog(decided(pending, decision, refused, "", ""));
            return CompletableFuture.completedStage(refused);
        }
    }

    /**
     * Takes a request back; nothing happens when it has ended.
     *
     * @param reason for the record: {@code cancelled}, {@code disconnected}
     */
    public void withdraw(String id, String reason) {
        Runnable tell;
        synchronized (lock) {
            Waiting entry = waiting.get(id);
            tell = entry == null ? () -> {} : end(entry, entry.ticket.withdraw(reason), reason);
        }
        tell.run();
    }

    /** Ends the requests whose deadline has passed. */
    public void expireDue() {
        List<Runnable> tell = new ArrayList<>();
        synchronized (lock) {
            Instant now = clock.instant();
            for (Waiting entry : List.copyOf(waiting.values())) {
                tell.add(expire(entry, now));
            }
        }
        tell.forEach(Runnable::run);
    }

    /**
     * Approves a request; it is approved once as many people as its flow needs have done so.
     *
     * @param code the code the person saw; checked when given
     * @param comment what they say; may be empty unless the flow wants one
     */
    public Answer approve(String id, Optional<String> code, Reviewer by, String comment) {
        return decide(id, code, by, comment, Choice.APPROVE);
    }

    /** Rejects a request; one person is enough. Arguments as for {@link #approve}. */
    public Answer reject(String id, Optional<String> code, Reviewer by, String comment) {
        return decide(id, code, by, comment, Choice.REJECT);
    }

    /** All that is known: those that wait, the oldest first, then those that ended, the latest first. */
    public List<Ticket> tickets() {
        synchronized (lock) {
            List<Ticket> all = new ArrayList<>(waiting.size() + ended.size());
            waiting.values().forEach(entry -> all.add(entry.ticket));
            List<Ticket> past = new ArrayList<>(ended.values());
            Collections.reverse(past);
            all.addAll(past);
            return all;
        }
    }

    /** The ticket of that id, whether it waits or has ended. */
    public Optional<Ticket> find(String id) {
        synchronized (lock) {
            return Optional.ofNullable(lookUp(id));
        }
    }

    /** The latest that still waits. */
    public Optional<Ticket> lastPending() {
        synchronized (lock) {
            return waiting.values().stream().reduce((earlier, later) -> later).map(entry -> entry.ticket);
        }
    }

    private Answer decide(String id, Optional<String> code, Reviewer by, String comment, Choice choice) {
        Move move;
        synchronized (lock) {
            Waiting entry = waiting.get(id);
            move = entry == null ? Move.none(gone(id)) : decide(entry, code, by, comment, choice);
        }
        move.tell.run();
        return move.answer;
    }

    private Move decide(Waiting entry, Optional<String> code, Reviewer by, String comment, Choice choice) {
        Instant now = clock.instant();
        Request request = entry.ticket.request();
        if (!now.isBefore(request.deadline())) {
            Runnable tell = expire(entry, now);
            return new Move(gone(request.id()), tell);
        }
        Optional<Refused> objection = Objections.to(entry.ticket, code, by, comment, choice);
        return objection.map(Move::none).orElseGet(() -> vote(entry, choice, new Ticket.Vote(by, comment, now)));
    }

    private Move vote(Waiting entry, Choice choice, Ticket.Vote vote) {
        Ticket next = choice.cast(entry.ticket, vote);
        try {
            recorder.record(decided(entry.ticket, entry.decision, next, who(vote.by()), vote.comment()));
        } catch (RuntimeException e) {
            LOG.error("a decision about {} could not be recorded and does not count", id(next), e);
            return Move.none(
                    new Refused(Reason.JOURNAL, "the journal cannot record the decision, so it does not count"));
        }
        if (next instanceof Ticket.Pending stillPending) {
            entry.ticket = stillPending;
            return Move.none(new Moved(next));
        }
        return new Move(new Moved(next), close(entry, next));
    }

    private static String who(Reviewer by) {
        return by.via().isEmpty() ? by.name() : by.name() + " (" + by.via() + ")";
    }

    private Runnable expire(Waiting entry, Instant now) {
        Ticket next = entry.ticket.expire(now);
        return next instanceof Ticket.Pending ? () -> {} : end(entry, next, "");
    }

    private Runnable end(Waiting entry, Ticket next, String comment) {
        recordOrLog(decided(entry.ticket, entry.decision, next, "", comment));
        return close(entry, next);
    }

    private Runnable close(Waiting entry, Ticket next) {
        waiting.remove(id(next));
        ended.put(id(next), next);
        if (ended.size() > MOST_ENDED) {
            ended.remove(ended.keySet().iterator().next());
        }
        return () -> entry.ended.complete(next);
    }

    private void recordOrLog(Event event) {
        try {
            recorder.record(event);
        } catch (RuntimeException e) {
            LOG.error("the journal could not record {}", event, e);
        }
    }

    private static Event decided(Ticket.Pending from, long decision, Ticket to, String by, String comment) {
        Request request = from.request();
        return new Event.Decided(request.session().number(), decision, request.id(), outcome(to), by, comment);
    }

    private static String outcome(Ticket ticket) {
        return ticket.match(
                pending -> "approval",
                approved -> "approved",
                denied -> "rejected",
                expired -> "expired",
                withdrawn -> "withdrawn");
    }

    private Answer gone(String id) {
        Ticket ticket = lookUp(id);
        return ticket == null
                ? new Refused(Reason.UNKNOWN, "there is no request " + id)
                : new Refused(Reason.CLOSED, id + " is closed: " + Objections.ending(ticket));
    }

    private @Nullable Ticket lookUp(String id) {
        Waiting entry = waiting.get(id);
        return entry == null ? ended.get(id) : entry.ticket;
    }

    private static String id(Ticket ticket) {
        return ticket.request().id();
    }

    /** The two things a reviewer can do. */
    enum Choice {
        APPROVE,
        REJECT;

        Ticket cast(Ticket.Pending ticket, Ticket.Vote vote) {
            return this == APPROVE ? ticket.approve(vote) : ticket.reject(vote);
        }

        boolean needsComment(Request request) {
            return this == APPROVE
                    ? request.flow().approveComment()
                    : request.flow().rejectComment();
        }
    }

    /** A decision's answer, and the telling of it that must happen outside the lock. */
    private record Move(Answer answer, Runnable tell) {

        static Move none(Answer answer) {
            return new Move(answer, () -> {});
        }
    }

    /** A request on the desk. */
    private static final class Waiting {
        private Ticket.Pending ticket;
        private final long decision;
        private final CompletableFuture<Ticket> ended;

        Waiting(Ticket.Pending ticket, long decision, CompletableFuture<Ticket> ended) {
            this.ticket = ticket;
            this.decision = decision;
            this.ended = ended;
        }
    }
}
