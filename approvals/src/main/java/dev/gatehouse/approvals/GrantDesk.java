package dev.gatehouse.approvals;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Answer.Moved;
import dev.gatehouse.firewall.approval.Approvals.Unavailable;
import dev.gatehouse.firewall.approval.Grants;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The grants of the store. In memory is only a hint who may hold one, so that all others never wait for the store. */
final class GrantDesk implements Grants {

    /** How old the hint may become. */
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(GrantDesk.class);

    private final Store store;
    private final Minutes minutes;
    private final Executor executor;

    private volatile Map<String, List<Held>> held = Map.of();
    private volatile long looked = System.nanoTime() - FRESH_NANOS;

    GrantDesk(Store store, Minutes minutes, Executor executor) {
        this.store = store;
        this.minutes = minutes;
        this.executor = executor;
    }

    @Override
    public List<Held> of(String identity) {
        return held.getOrDefault(identity, List.of());
    }

    /** Looks who holds grants, unless that was looked at a moment ago. */
    void tick() {
        if (System.nanoTime() - looked >= FRESH_NANOS) {
            hint();
        }
    }

    /** Looks who holds grants, where something may have changed; should the store not answer, a moment later. */
    void hint() {
        try {
            look();
        } catch (Unavailable e) {
            LOG.debug("who holds grants is looked at later: {}", e.getMessage());
        }
    }

    /** Looks who holds grants. */
    private void look() {
        looked = System.nanoTime();
        held = store.read(connection -> GrantRegister.live(connection, store.now(connection))).stream()
                .collect(groupingBy(
                        GrantRegister.Live::identity, mapping(live -> new Held(live.id(), live.rule()), toList())));
    }

    @Override
    public CompletionStage<Boolean> spend(Held grant, String identity, Event.Asked statement, Event.Asked otherwise) {
        try {
            return CompletableFuture.supplyAsync(() -> counts(grant, identity, statement, otherwise), executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedStage(new Unavailable("too many statements are at the desk at once"));
        }
    }

    private boolean counts(Held grant, String identity, Event.Asked statement, Event.Asked otherwise) {
        boolean spent;
        try {
            spent = store.transact(connection -> spend(connection, grant, identity, statement));
        } catch (Unavailable e) {
            // Whatever was recorded before, and whether or not the store has taken it: the statement is not sent.
            minutes.unless(otherwise);
            throw e;
        }
        if (!spent) {
            minutes.record(otherwise);
            hint();
        }
        return spent;
    }

    private boolean spend(Connection connection, Held grant, String identity, Event.Asked statement)
            throws SQLException {
        if (!GrantRegister.spend(connection, grant.id(), identity, store.now(connection))) {
            return false;
        }
        minutes.record(statement);
        minutes.record(new Event.Decided(
                statement.session(), statement.decision(), grant.id(), "granted", identity, grant.rule()));
        return true;
    }

    /**
     * Ends a grant before its time, where a request was for one that counts.
     *
     * @param matter its request, locked
     * @return empty where it is none that counts
     */
    Optional<Answer> revoke(Connection connection, Matter matter, Reviewer by) throws SQLException {
        if (!(matter.ticket() instanceof Ticket.Used used) || !used.isGrant()) {
            return Optional.empty();
        }
        Optional<Answer.Refused> objection = Objections.toRevoking(used.request(), by);
        if (objection.isPresent()) {
            return objection.map(refused -> refused);
        }
        if (!GrantRegister.revoke(connection, matter.id(), store.now(connection))) {
            return Optional.empty();
        }
        String result = "granted, and revoked by " + by.name();
        GrantRegister.told(connection, matter.id(), result);
        minutes.revoked(matter.session(), matter.decision(), matter.id(), by);
        return Optional.of(new Moved(new Ticket.Used(used.approved(), used.decision(), Optional.of(result))));
    }
}
