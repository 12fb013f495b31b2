package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Applicant;
import dev.gatehouse.firewall.approval.Approvals.Unavailable;
import dev.gatehouse.firewall.approval.Place;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Recorder.JournalUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spends approvals on the statements that wait at this gateway, and tells whoever waits what has become of a request. An
 * approval is claimed in the store before its statement is let through: what is claimed is never let through again, also
 * where nobody knows whether it ran.
 */
final class Uses {

    /** Why an approval ends that was good only for those who waited. */
    static final String UNUSED = "its use could not be recorded";

    private static final Logger LOG = LoggerFactory.getLogger(Uses.class);

    private final Store store;
    private final Register register;
    private final Minutes minutes;
    private final Lobby lobby;

    /** So that of those who wait here, it is the first that runs. Never taken on an event loop. */
    private final Object turn = new Object();

    /** The statements that approvals were spent on here, as long as the store does not know what became of them. */
    private final Map<Long, Claim> claims = new ConcurrentHashMap<>();

    /**
     * A statement that was let through.
     *
     * @param result what the server answered, as far as that is known
     */
    private record Claim(long session, Optional<String> result) {}

    Uses(Store store, Register register, Minutes minutes, Lobby lobby) {
        this.store = store;
        this.register = register;
        this.minutes = minutes;
        this.lobby = lobby;
    }

    /** Sees what has become of the requests that somebody waits for here, and has outcomes written that were not yet. */
    void settleMoved() {
        Set<String> awaited = lobby.awaited();
        if (!awaited.isEmpty()) {
            Map<String, Long> versions = store.read(connection -> Matters.versions(connection, awaited));
            lobby.moved(awaited, versions).forEach(this::settle);
        }
        claims.forEach((decision, claim) -> {
            if (claim.result().isPresent()) {
                write(decision);
            }
        });
    }

    /**
     * Does for those who wait here what follows from where a request stands.
     *
     * @return the ticket after it; empty where there is none, or the store does not say
     */
    Optional<Ticket> settle(String id) {
        synchronized (turn) {
            Optional<Matter> found;
            try {
                found = store.read(connection -> Matters.find(connection, id));
            } catch (Unavailable e) {
                LOG.warn("those who wait for {} are not told yet: {}", id, e.getMessage());
                return Optional.empty();
            }
            if (found.isEmpty()) {
                lobby.clear(id).forEach(place -> Lobby.tell(() -> place.end(place.ticket())));
                lobby.tellWatchers(id, Lobby.GONE);
                return Optional.empty();
            }
            return Optional.of(settle(found.get()));
        }
    }

    private Ticket settle(Matter matter) {
        Ticket ticket = matter.ticket();
        List<Place> ended = new ArrayList<>();
        if (ticket instanceof Ticket.Approved) {
            Optional<Place> first = lobby.first(matter.id()).filter(lobby::unseat);
            if (first.isPresent()) {
                ticket = spend(matter, first.get());
                ended.add(first.get());
            }
        }
        lobby.tellWatchers(matter.id(), matter.version());
        if (!(ticket instanceof Ticket.Pending)) {
            ended.addAll(lobby.clear(matter.id()));
        }
        Ticket end = ticket;
        ended.forEach(place -> Lobby.tell(() -> place.end(end)));
        return ticket;
    }

    /** Spends an approval on a statement; where the request stands then. */
    private Ticket spend(Matter matter, Place place) {
        try {
            Ticket ticket = store.transact(connection -> claim(connection, matter.id(), place));
            claimed(place, ticket);
            return ticket;
        } catch (JournalUnavailable | Unavailable e) {
            LOG.error("the approval of {} could not be spent: {}", matter.id(), e.getMessage());
            if (e instanceof Unavailable) {
                Applicant applicant = place.applicant();
                minutes.uncertain(
                        applicant.session(),
                        applicant.decision(),
                        matter.id(),
                        "the store may not have taken the use; the statement does not run");
            }
            if (!matter.stays()) {
                endUnused(matter);
            }
            return matter.ticket();
        }
    }

    private Ticket claim(Connection connection, String id, Place place) throws SQLException {
        Matter matter = Matters.lock(connection, id).orElseThrow(() -> new SQLException(id + " is gone"));
        if (!(matter.ticket() instanceof Ticket.Approved approved)) {
            return matter.ticket();
        }
        Instant now = store.now(connection);
        Optional<Matter> late = Expiry.of(connection, matter, now);
        if (late.isPresent()) {
            minutes.ended(matter.session(), matter.decision(), late.get().ticket());
            return late.get().ticket();
        }
        long decision = place.applicant().decision();
        Ticket used = approved.use(decision);
        minutes.moved(place.applicant().session(), decision, used);
        register.claim(connection, id, decision, now);
        return used;
    }

    /** The approval was good for those who waited; nobody else may come and use it. */
    private void endUnused(Matter matter) {
        try {
            boolean ended = store.transact(connection -> {
                Optional<Matter> now = Matters.lock(connection, matter.id());
                if (now.filter(open -> open.ticket() instanceof Ticket.Approved).isEmpty()) {
                    return false;
                }
                Register.end(connection, matter.id(), "withdrawn", UNUSED, store.now(connection));
                return true;
            });
            if (ended) {
                Ticket unused = new Ticket.Withdrawn(matter.ticket().request(), UNUSED);
                minutes.ended(matter.session(), matter.decision(), unused);
            }
        } catch (Unavailable e) {
            LOG.error("the unused approval of {} ends when its statement is sent again, or at its time", matter.id());
        }
    }

    /** Notes that an approval was spent on the statement at a place, if it was. */
    void claimed(Place place, Ticket ticket) {
        long decision = place.applicant().decision();
        if (ticket instanceof Ticket.Used used && used.decision() == decision) {
            claims.put(decision, new Claim(place.applicant().session(), Optional.empty()));
        }
    }

    /** Notes what became of a statement; whether an approval had been spent on it here, and nothing was known yet. */
    boolean ended(long decision, String result) {
        return claims.computeIfPresent(decision, (any, claim) -> new Claim(claim.session(), Optional.of(result)))
                != null;
    }

    /** A session is over: what is not known of its statements by now will never be. */
    void closed(long session) {
        claims.values()
                .removeIf(claim -> claim.session() == session && claim.result().isEmpty());
    }

    /** Whether the outcome of any statement is waited for. */
    boolean areAwaited() {
        return !claims.isEmpty();
    }

    /** Has the store know what became of a statement. */
    void write(long decision) {
        Claim claim = claims.get(decision);
        if (claim != null && claim.result().isPresent()) {
            store.transact(connection -> {
                Register.ran(connection, decision, claim.result().get());
                return true;
            });
            claims.remove(decision);
        }
    }

    /** A ticket with the result that the store may not know yet. */
    Ticket withResult(Ticket ticket) {
        if (ticket instanceof Ticket.Used used && used.result().isEmpty()) {
            Claim claim = claims.get(used.decision());
            return claim == null ? ticket : new Ticket.Used(used.approved(), used.decision(), claim.result());
        }
        return ticket;
    }
}
