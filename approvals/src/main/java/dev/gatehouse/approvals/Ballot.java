package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Answer.Moved;
import dev.gatehouse.firewall.approval.Answer.Reason;
import dev.gatehouse.firewall.approval.Answer.Refused;
import dev.gatehouse.firewall.approval.Approvals.Unavailable;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Recorder.JournalUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One person's decision: a transaction that reads who decided so far, and records before it writes. */
final class Ballot {

    private static final Logger LOG = LoggerFactory.getLogger(Ballot.class);

    private final Store store;
    private final Register register;
    private final Minutes minutes;

    /** What was recorded, in case the store does not take it. */
    private Optional<Matter> recorded = Optional.empty();

    Ballot(Store store, Register register, Minutes minutes) {
        this.store = store;
        this.register = register;
        this.minutes = minutes;
    }

    Answer cast(String id, Optional<String> code, Reviewer by, String comment, Choice choice) {
        try {
            return store.transact(connection -> cast(connection, id, code, by, comment, choice));
        } catch (JournalUnavailable e) {
            LOG.error("a decision about {} could not be recorded and does not count", id, e);
            return new Refused(Reason.JOURNAL, "the journal cannot record the decision, so it does not count");
        } catch (Unavailable e) {
            recorded.ifPresent(matter -> minutes.uncertain(
                    matter.session(), matter.decision(), id, "the store may not have taken the decision"));
            return new Refused(
                    Reason.STORE,
                    recorded.isPresent()
                            ? "the store does not say whether it took the decision; look at " + id + " again"
                            : e.getMessage() + ", so the decision does not count");
        }
    }

    private Answer cast(
            Connection connection, String id, Optional<String> code, Reviewer by, String comment, Choice choice)
            throws SQLException {
        Optional<Matter> found = Matters.lock(connection, id);
        if (found.isEmpty() || !(found.get().ticket() instanceof Ticket.Pending pending)) {
            return gone(found, id);
        }
        Matter matter = found.get();
        Instant now = store.now(connection);
        Optional<Matter> late = Expiry.of(connection, matter, now);
        if (late.isPresent()) {
            minutes.ended(matter.session(), matter.decision(), late.get().ticket());
            return gone(late, id);
        }
        Optional<Refused> objection = Objections.to(pending, code, by, comment, choice);
        if (objection.isPresent()) {
            return objection.get();
        }
        Ticket.Vote vote = new Ticket.Vote(by, comment, now);
        Ticket next = choice.cast(pending, vote);
        minutes.moved(matter.session(), matter.decision(), next);
        recorded = found;
        Register.vote(connection, matter, vote, choice == Choice.APPROVE, next);
        return new Moved(
                next instanceof Ticket.Approved approved
                        ? GrantRegister.begin(connection, matter, approved, register, now)
                        : next);
    }

    /** What is said of a request that cannot be decided any more. */
    static Refused gone(Optional<Matter> matter, String id) {
        return matter.map(Matter::ticket)
                .map(ticket -> new Refused(Reason.CLOSED, id + " is closed: " + Objections.ending(ticket)))
                .orElseGet(() -> new Refused(Reason.UNKNOWN, "there is no request " + id));
    }
}
