package dev.gatehouse.gateway;

import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Ticket;

/** What became of a request whose session has ended: that is written behind the session's end. */
final class Settled {

    private static final long MILLIS_BETWEEN = 10;
    private static final int TIMES = 3_000;

    private Settled() {}

    /** Waits until nobody waits for a request any more, for half a minute at most. */
    static Ticket ticket(Approvals desk, String id) throws InterruptedException {
        Ticket ticket = desk.find(id).orElseThrow();
        for (int i = 0; i < TIMES && ticket instanceof Ticket.Pending; i++) {
            Thread.sleep(MILLIS_BETWEEN);
            ticket = desk.find(id).orElseThrow();
        }
        return ticket;
    }
}
