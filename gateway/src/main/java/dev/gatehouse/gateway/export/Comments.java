package dev.gatehouse.gateway.export;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.session.Id;
import java.util.Optional;

/** What was decided, as the comment of a packet. */
final class Comments {

    private Comments() {}

    /** The comment on an event, in one line; empty for one that needs none. */
    static Optional<String> of(Event event) {
        if (event instanceof Event.Opened e) {
            return Optional.of("session " + Id.text(Id.SESSION, e.session()) + " of " + e.user() + " (" + e.kind()
                    + ") to " + e.upstream() + ", database " + e.database() + ", as " + e.login());
        }
        if (event instanceof Event.TurnedAway e) {
            return Optional.of("turned away: " + e.reason());
        }
        if (event instanceof Event.Asked e) {
            return Optional.of(e.verdict().word() + " by rule " + e.rule() + " of policy " + e.policy() + ", decision "
                    + Id.text(Id.DECISION, e.decision()) + (e.detail().isEmpty() ? "" : ": " + e.detail()));
        }
        if (event instanceof Event.Decided e) {
            return Optional.of(e.outcome() + ", request " + e.request() + (e.by().isEmpty() ? "" : ", by " + e.by())
                    + (e.comment().isEmpty() ? "" : ": " + e.comment()));
        }
        if (event instanceof Event.Answered e && !e.masked().isEmpty()) {
            return Optional.of("masked: " + String.join(", ", e.masked()));
        }
        return event instanceof Event.Closed e ? Optional.of("closed: " + e.reason()) : Optional.empty();
    }
}
