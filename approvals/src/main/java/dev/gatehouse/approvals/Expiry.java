package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Ticket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The end of requests whose time has passed by the store's clock. */
final class Expiry {

    private Expiry() {}

    /**
     * Ends a matter whose time has passed; the matter as it has ended, for the record.
     *
     * @param matter locked
     */
    static Optional<Matter> of(Connection connection, Matter matter, Instant now) throws SQLException {
        Ticket next = matter.ticket()
                .match(
                        pending -> pending.expire(now),
                        approved -> approved.expire(now),
                        used -> used,
                        denied -> denied,
                        expired -> expired,
                        withdrawn -> withdrawn,
                        declined -> declined);
        if (!matter.ticket().isOpen() || next.isOpen()) {
            return Optional.empty();
        }
        Register.end(connection, matter.id(), "expired", "", now);
        return Optional.of(new Matter(next, matter.version() + 1, matter.stays(), matter.session(), matter.decision()));
    }
}
