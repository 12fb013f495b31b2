package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Applicant;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the journal is told of a request. Safe for many threads. */
final class Minutes {

    private static final Logger LOG = LoggerFactory.getLogger(Minutes.class);

    private final Recorder recorder;

    Minutes(Recorder recorder) {
        this.recorder = recorder;
    }

    /**
     * Records that a statement came to a request.
     *
     * @throws Recorder.JournalUnavailable if it could not be recorded
     */
    void asked(Applicant applicant, Request request) {
        Event.Asked asked = applicant.asked();
        record(new Event.Asked(
                asked.session(),
                asked.decision(),
                asked.sql(),
                asked.parameters(),
                asked.verdict(),
                asked.rule(),
                asked.policy(),
                request.id()));
    }

    /**
     * Records why somebody has opened a request, if they gave a reason.
     *
     * @throws Recorder.JournalUnavailable if it could not be recorded
     */
    void reason(Applicant applicant, Request request) {
        if (!request.reason().isEmpty()) {
            String by = request.session().subject().name();
            record(new Event.Decided(
                    applicant.session(), applicant.decision(), request.id(), "opened", by, request.reason()));
        }
    }

    /**
     * Records any event.
     *
     * @throws Recorder.JournalUnavailable if it could not be recorded
     */
    void record(Event event) {
        synchronized (recorder) {
            recorder.record(event);
        }
    }

    /**
     * Records where a request moves.
     *
     * @param session the session of the statement that it concerns
     * @param decision that statement's decision
     * @throws Recorder.JournalUnavailable if it could not be recorded
     */
    void moved(long session, long decision, Ticket to) {
        record(event(session, decision, to));
    }

    /** Records an end from which nothing follows but that a statement does not run. */
    void ended(long session, long decision, Ticket to) {
        unless(event(session, decision, to));
    }

    /**
     * Records that a person was shown a request in full.
     *
     * @throws Recorder.JournalUnavailable if it could not be recorded
     */
    void viewed(long session, long decision, String id, Reviewer by) {
        record(new Event.Decided(session, decision, id, "viewed", who(by), ""));
    }

    /** Records that a grant was ended before its time; it is in any case. */
    void revoked(long session, long decision, String id, Reviewer by) {
        unless(new Event.Decided(session, decision, id, "revoked", who(by), ""));
    }

    /** Records that nobody can say whether the store has taken what was recorded last of a request. */
    void uncertain(long session, long decision, String id, String what) {
        unless(new Event.Decided(session, decision, id, "uncertain", "", what));
    }

    /** Records what nothing follows from, if that can be done. */
    void unless(Event event) {
        try {
            record(event);
        } catch (RuntimeException e) {
            LOG.error("the journal could not record {}", event, e);
        }
    }

    private static Event.Decided event(long session, long decision, Ticket to) {
        Optional<Ticket.Vote> vote = vote(to);
        return new Event.Decided(
                session,
                decision,
                to.request().id(),
                outcome(to),
                vote.map(Ticket.Vote::by).map(Minutes::who).orElse(""),
                vote.map(Ticket.Vote::comment).orElse(reason(to)));
    }

    private static Optional<Ticket.Vote> vote(Ticket ticket) {
        return ticket.match(
                pending ->
                        Optional.of(pending.approvals().get(pending.approvals().size() - 1)),
                approved -> Optional.of(approved.last()),
                used -> Optional.empty(),
                denied -> Optional.of(denied.vote()),
                expired -> Optional.empty(),
                withdrawn -> Optional.empty(),
                declined -> Optional.empty());
    }

    private static String reason(Ticket ticket) {
        if (ticket instanceof Ticket.Withdrawn withdrawn) {
            return withdrawn.reason();
        }
        return ticket instanceof Ticket.Declined declined ? declined.reason() : "";
    }

    private static String who(Reviewer by) {
        return by.via().isEmpty() ? by.name() : by.name() + " (" + by.via() + ")";
    }

    private static String outcome(Ticket ticket) {
        return ticket.match(
                pending -> "approval",
                approved -> "approved",
                used -> "used",
                denied -> "rejected",
                expired -> "expired",
                withdrawn -> "withdrawn",
                declined -> "declined");
    }
}
