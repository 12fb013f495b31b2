package dev.gatehouse.console.api;

import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.policy.ConsoleRight;
import java.util.Optional;

/**
 * Who calls, and so what they may see.
 *
 * @param reviewer the person, as the desk knows them
 * @param right what the policy's roles give them beyond their own requests and those they may decide
 */
public record Caller(Reviewer reviewer, Optional<ConsoleRight> right) {

    /** Whether this request may be shown to them. */
    public boolean sees(Ticket ticket) {
        Request request = ticket.request();
        return seesAll() || request.isAskedBy(reviewer) || request.isReviewedBy(reviewer);
    }

    /** Whether they see every request. */
    public boolean seesAll() {
        return reviewer.operator() || right.isPresent();
    }

    /** Whether they may decide about it now: not who asked, nor who has approved it already. */
    public boolean mayDecide(Ticket ticket) {
        return ticket instanceof Ticket.Pending pending
                && pending.request().isReviewedBy(reviewer)
                && !pending.request().isAskedBy(reviewer)
                && !pending.isApprovedBy(reviewer);
    }

    /** Whether they may take it back, or revoke it where it is a grant. */
    public boolean mayWithdraw(Ticket ticket) {
        if (mayRevoke(ticket)) {
            return true;
        }
        return ticket.isOpen() && (operates() || ticket.request().isAskedBy(reviewer));
    }

    private boolean mayRevoke(Ticket ticket) {
        return ticket instanceof Ticket.Used used
                && used.isGrant()
                && (operates()
                        || used.request().isAskedBy(reviewer)
                        || used.request().isReviewedBy(reviewer));
    }

    /** The person as one whom the desk lets take back what others asked for, where the policy says so. */
    Reviewer whoWithdraws() {
        return operates() ? new Reviewer(reviewer.name(), reviewer.groups(), true, reviewer.via()) : reviewer;
    }

    private boolean operates() {
        return reviewer.operator() || right.equals(Optional.of(ConsoleRight.OPERATE));
    }
}
