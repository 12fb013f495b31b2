package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Answer.Moved;
import dev.gatehouse.firewall.approval.Answer.Refused;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Takes back what was asked for: a request, an approval that was not used, or a grant. */
final class Retraction {

    private final Store store;
    private final Minutes minutes;
    private final GrantDesk grants;

    Retraction(Store store, Minutes minutes, GrantDesk grants) {
        this.store = store;
        this.minutes = minutes;
        this.grants = grants;
    }

    /** One step of a transaction: a person takes a request back. */
    Answer by(Connection connection, String id, Reviewer by) throws SQLException {
        Optional<Matter> found = Matters.lock(connection, id);
        if (found.isEmpty()) {
            return Ballot.gone(found, id);
        }
        Matter matter = found.get();
        if (!matter.ticket().isOpen()) {
            return grants.revoke(connection, matter, by).orElseGet(() -> Ballot.gone(found, id));
        }
        Optional<Matter> late = Expiry.of(connection, matter, store.now(connection));
        if (late.isPresent()) {
            minutes.ended(matter.session(), matter.decision(), late.get().ticket());
            return Ballot.gone(late, id);
        }
        Optional<Refused> objection = Objections.toWithdrawing(matter.ticket().request(), by);
        if (objection.isPresent()) {
            return objection.get();
        }
        Ticket withdrawn = new Ticket.Withdrawn(matter.ticket().request(), "by " + by.name());
        Register.end(connection, id, "withdrawn", "by " + by.name(), store.now(connection));
        minutes.ended(matter.session(), matter.decision(), withdrawn);
        return new Moved(withdrawn);
    }
}
