package dev.gatehouse.firewall.approval;

import dev.gatehouse.firewall.audit.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A statement that comes to the desk, and the client that waits behind it.
 *
 * @param asked the decision it was given, for the record; the desk fills in the request's id
 * @param until how long its client waits; not in the future where it does not wait at all
 * @param stays whether its request may outlive the waiting; where not, an approval is good for those who wait when it is
 *     given, and for nobody later
 * @param otherwise what is recorded of a statement that may run if it is approved already, but not wait; it is then
 *     {@link Ticket.Declined}
 * @param grant the grant that is asked for, in place of a statement
 */
public record Applicant(
        Event.Asked asked, Instant until, boolean stays, Optional<Event.Asked> otherwise, Optional<Wanted> grant) {

    /**
     * What somebody wants who asks for no statement but for a grant.
     *
     * @param rule the id of the policy's grant
     * @param length how long it is to last
     * @param mostUses how many statements it is good for; 0 for any number
     */
    public record Wanted(String rule, Duration length, int mostUses) {}

    /** One who asks for a statement. */
    public Applicant(Event.Asked asked, Instant until, boolean stays, Optional<Event.Asked> otherwise) {
        this(asked, until, stays, otherwise, Optional.empty());
    }

    /** One whose request may stay, and that may wait. */
    public Applicant(Event.Asked asked, Instant until) {
        this(asked, until, true, Optional.empty());
    }

    /** The session it came in. */
    public long session() {
        return asked.session();
    }

    /** The decision it was given. */
    public long decision() {
        return asked.decision();
    }
}
