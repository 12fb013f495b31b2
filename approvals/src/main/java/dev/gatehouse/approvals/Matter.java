package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Ticket;

/**
 * A request as the store has it.
 *
 * @param version rises with each change
 * @param stays whether it may outlive those who wait
 * @param session the session of the statement that opened it
 * @param decision that statement's decision
 */
record Matter(Ticket ticket, long version, boolean stays, long session, long decision) {

    String id() {
        return ticket.request().id();
    }
}
