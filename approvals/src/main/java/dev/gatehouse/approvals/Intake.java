package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Applicant;
import dev.gatehouse.firewall.approval.Approvals.Unavailable;
import dev.gatehouse.firewall.approval.Place;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder.JournalUnavailable;
import dev.gatehouse.firewall.audit.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a statement to the request that is open for it, or opens one. */
final class Intake {

    /** Of the same statement of the same identity: a pool that asks once need not wait with all its connections. */
    static final int MOST_PLACES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Store store;
    private final Register register;
    private final Minutes minutes;
    private final RequestIds ids;
    private final InstantSource clock;

    Intake(Store store, Register register, Minutes minutes, RequestIds ids, InstantSource clock) {
        this.store = store;
        this.register = register;
        this.minutes = minutes;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Where a statement came to.
     *
     * @param version of the request, as its place knows it
     */
    record Taken(Place place, long version) {

        static Taken ended(Applicant applicant, Ticket ticket) {
            return new Taken(Place.ended(applicant, ticket), 0);
        }
    }

    /**
     * Takes a statement in.
     *
     * @throws JournalUnavailable if it could not be recorded; then it did not come
     * @throws Unavailable if the store could not take it; then it did not come, or nobody waits for it
     */
    Taken take(Request request, Applicant applicant) {
        try {
            return store.transact(connection -> take(connection, request, applicant));
        } catch (Unavailable e) {
            unless(applicant, e);
            throw e;
        }
    }

    /** On record stands that nothing came of it, whatever was recorded before. */
    private void unless(Applicant applicant, Unavailable why) {
        Event.Asked asked = applicant.asked();
        try {
            minutes.record(new Event.Asked(
                    asked.session(),
                    asked.decision(),
                    asked.sql(),
                    asked.parameters(),
                    Verdict.BLOCK,
                    asked.rule(),
                    asked.policy(),
                    String.valueOf(why.getMessage())));
        } catch (JournalUnavailable e) {
            LOG.error("neither the store nor the journal can take a statement that needs approval", e);
        }
    }

    private Taken take(Connection connection, Request request, Applicant applicant) throws SQLException {
        Register.lockDesk(connection);
        Instant now = store.now(connection);
        Optional<Matter> open = Matters.lockOpenFor(connection, request);
        if (open.isEmpty() || isOver(connection, open.get(), now)) {
            return begin(connection, request, applicant, now);
        }
        return attach(connection, open.get(), applicant, now);
    }

    /** Whether a matter that was open is not any more, as its time has passed or as only those could use it who have gone. */
    private boolean isOver(Connection connection, Matter matter, Instant now) throws SQLException {
        Optional<Matter> late = Expiry.of(connection, matter, now);
        if (late.isPresent()) {
            minutes.ended(matter.session(), matter.decision(), late.get().ticket());
            return true;
        }
        if (!matter.stays()
                && matter.ticket() instanceof Ticket.Approved
                && Register.seated(connection, matter.id(), now) == 0) {
            Ticket unused = new Ticket.Withdrawn(matter.ticket().request(), Uses.UNUSED);
            Register.end(connection, matter.id(), "withdrawn", Uses.UNUSED, now);
            minutes.ended(matter.session(), matter.decision(), unused);
            return true;
        }
        return false;
    }

    private Taken begin(Connection connection, Request asked, Applicant applicant, Instant now) throws SQLException {
        if (applicant.otherwise().isPresent()) {
            return notNow(asked, applicant);
        }
        Optional<Matter> rejected = Matters.rejected(connection, asked, now);
        if (rejected.isPresent()) {
            Ticket ticket = rejected.get().ticket();
            minutes.asked(applicant, ticket.request());
            return Taken.ended(applicant, ticket);
        }
        Duration open = Duration.between(asked.asked(), asked.deadline());
        Request request =
                asked.with(freeId(connection, asked.id()), now, now.plus(open.truncatedTo(ChronoUnit.MICROS)));
        minutes.asked(applicant, request);
        minutes.reason(applicant, request);
        Optional<String> refusal = Register.tooMany(connection, request);
        if (refusal.isPresent()) {
            Ticket declined = new Ticket.Declined(request, refusal.get());
            minutes.ended(applicant.session(), applicant.decision(), declined);
            return Taken.ended(applicant, declined);
        }
        Register.open(connection, request, applicant);
        if (applicant.grant().isPresent()) {
            GrantRegister.open(connection, request, applicant.grant().get());
        }
        return sit(connection, new Ticket.Pending(request, List.of()), 1, applicant, now);
    }

    private String freeId(Connection connection, String wanted) throws SQLException {
        String id = wanted;
        while (Register.isTaken(connection, id)) {
            id = ids.drawLonger();
        }
        return id;
    }

    private Taken attach(Connection connection, Matter matter, Applicant applicant, Instant now) throws SQLException {
        if (matter.ticket() instanceof Ticket.Approved approved && matter.stays()) {
            minutes.asked(applicant, approved.request());
            Ticket used = approved.use(applicant.decision());
            minutes.moved(applicant.session(), applicant.decision(), used);
            register.claim(connection, matter.id(), applicant.decision(), now);
            return Taken.ended(applicant, used);
        }
        if (applicant.otherwise().isPresent()) {
            return notNow(matter.ticket().request(), applicant);
        }
        minutes.asked(applicant, matter.ticket().request());
        return matter.ticket() instanceof Ticket.Pending && Register.seated(connection, matter.id(), now) < MOST_PLACES
                ? sit(connection, matter.ticket(), matter.version(), applicant, now)
                : Taken.ended(applicant, matter.ticket());
    }

    private Taken notNow(Request request, Applicant applicant) {
        applicant.otherwise().ifPresent(minutes::record);
        return Taken.ended(applicant, new Ticket.Declined(request, "it is not approved yet"));
    }

    private Taken sit(Connection connection, Ticket ticket, long version, Applicant applicant, Instant now)
            throws SQLException {
        Duration patience = Duration.between(clock.instant(), applicant.until());
        if (patience.isNegative() || patience.isZero()) {
            return Taken.ended(applicant, ticket);
        }
        register.seat(connection, ticket.request().id(), applicant, now.plus(patience.truncatedTo(ChronoUnit.MICROS)));
        return new Taken(new Place(applicant, ticket), version);
    }
}
