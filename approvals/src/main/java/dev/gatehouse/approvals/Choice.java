package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;

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
