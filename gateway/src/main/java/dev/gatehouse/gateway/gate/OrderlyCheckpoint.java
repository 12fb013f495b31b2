package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.approval.Applicant;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Digest;
import dev.gatehouse.firewall.approval.Findings;
import dev.gatehouse.firewall.approval.Grants;
import dev.gatehouse.firewall.approval.Grants.Held;
import dev.gatehouse.firewall.approval.Place;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.SessionBound;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.audit.Recorder.JournalUnavailable;
import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.gate.Gate.Checkpoint;
import dev.gatehouse.firewall.gate.Outcome;
import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.gate.RequestQuestion;
import dev.gatehouse.firewall.gate.RequestStatus;
import dev.gatehouse.firewall.gate.SessionQuestion;
import dev.gatehouse.firewall.policy.Explanation;
import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Analyzer;
import dev.gatehouse.firewall.statement.Catalog;
import dev.gatehouse.firewall.statement.Parameter;
import dev.gatehouse.firewall.statement.Statement;
import dev.gatehouse.firewall.statement.Statement.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session's way through the gate. Lives on the session's event loop. */
final class OrderlyCheckpoint implements Checkpoint {

    private static final String ALONE = "is of its session alone";

    private static final Logger LOG = LoggerFactory.getLogger(OrderlyCheckpoint.class);

    private final Session session;
    private final Recorder recorder;
    private final Supplier<Policy> policies;
    private final Approvals desk;
    private final InstantSource clock;
    private final Analyzer analyzer;
    private final Catalog.Library catalogs;
    private final Rulings rulings;
    private final StatementRecords records;
    private final Refusals refusals;
    private final SpokenWishes wishes;
    private final SessionAnswers answers;
    private final Patience patience;
    private final GrantedWay granted;

    private long lastDecision;

    /** Where the statement at hand waits, or will. */
    private @Nullable Seat seat;
    /** Set once the client takes back the statement that a grant is being asked about. */
    private AtomicBoolean recalled = new AtomicBoolean();

    OrderlyCheckpoint(
            Session session,
            Recorder recorder,
            Supplier<Policy> policies,
            Approvals desk,
            Grants grants,
            InstantSource clock,
            Analyzer analyzer,
            Catalog.Library catalogs,
            String gateway) {
        this.session = session;
        this.recorder = recorder;
        this.policies = policies;
        this.desk = desk;
        this.clock = clock;
        this.analyzer = analyzer;
        this.catalogs = catalogs;
        this.rulings = new Rulings(session, policies, clock);
        this.records = new StatementRecords(session, recorder, rulings);
        this.refusals = new Refusals(policies);
        this.wishes = new SpokenWishes(session.wishes());
        this.answers = new SessionAnswers(session, policies, wishes, gateway);
        this.patience = new Patience(session, wishes);
        this.granted = new GrantedWay(session, policies, desk, grants, clock);
    }

    @Override
    public boolean allows(Analysis analysis) {
        return rulings.ruling(analysis) instanceof Ruling.Allow;
    }

    @Override
    public boolean asksPeople(Analysis analysis) {
        return rulings.ruling(analysis) instanceof Ruling.Hold;
    }

    @Override
    public boolean needsNames() {
        return policies.get().needsNames(session);
    }

    @Override
    public Optional<Refusal> preview(Statement statement, Analysis analysis) {
        return rulings.ruling(analysis) instanceof Ruling.Refuse refuse
                        && granted.enough(analysis).isEmpty()
                ? Optional.of(refuse(statement, refuse).refusal())
                : Optional.empty();
    }

    @Override
    public List<String> explain(Analysis analysis) {
        Catalog catalog = catalogs.catalog(session.upstream().name(), session.database());
        return Explanation.of(policies.get(), session, analysis, clock.instant(), catalog);
    }

    @Override
    public String tell(SessionQuestion question) {
        return answers.tell(question, lastDecision);
    }

    @Override
    public void renew() {
        wishes.forget();
    }

    @Override
    public Outcome submit(Statement statement, Analysis analysis) {
        Ruling ruling = rulings.ruling(analysis);
        Optional<Held> grant = ruling instanceof Ruling.Allow ? Optional.empty() : granted.enough(analysis);
        if (grant.isEmpty() && ruling instanceof Ruling.Refuse refuse) {
            return refuse(statement, refuse);
        }
        if (SpokenWishes.mayBeIn(analysis)) {
            Optional<String> mistake = wishes.heed(StatementRecords.sql(statement));
            if (mistake.isPresent()) {
                return new Outcome.Stop(refuse(mistake.get()));
            }
        }
        Optional<Ruling.Refuse> writeBack = rulings.policy().writeBack(session, analysis, () -> constants(statement));
        if (writeBack.isPresent()) {
            return refuse(statement, writeBack.get());
        }
        if (grant.isPresent()) {
            return byGrant(statement, grant.get());
        }
        if (ruling instanceof Ruling.Allow allow) {
            return allow(statement, allow);
        }
        return hold(statement, analysis, (Ruling.Hold) ruling);
    }

    /** The values that are written in a statement or bound to it; empty where its text cannot be read. */
    private Optional<List<Parameter>> constants(Statement statement) {
        return analyzer.constants(statement.sql(), statement.length(), statement.scope())
                .map(written -> Stream.concat(written.stream(), statement.parameters().stream())
                        .toList());
    }

    private Outcome allow(Statement statement, Ruling.Allow allow) {
        long decision = nextDecision();
        try {
            records.allowed(statement, decision, allow.rule());
        } catch (JournalUnavailable e) {
            return new Outcome.Stop(refusals.unrecorded(decision, e));
        }
        return new Outcome.Proceed(decision);
    }

    private Outcome byGrant(Statement statement, Held grant) {
        long decision = nextDecision();
        Ruling.Source rule = new Ruling.Source(grant.rule(), "", 0);
        Event.Asked asked = records.asked(statement, decision, Verdict.ALLOW, rule, grant.id());
        Event.Asked otherwise =
                records.asked(statement, decision, Verdict.BLOCK, rule, grant.id() + " no longer counts");
        AtomicBoolean back = new AtomicBoolean();
        recalled = back;
        return new Outcome.Asking(granted.spend(grant, asked, otherwise).handle((counts, failure) -> {
            if (counts == null) {
                return new Outcome.Stop(unasked(decision, failure));
            }
            if (back.get()) {
                return new Outcome.Stop(refusals.recalled(decision, rule));
            }
            return counts
                    ? new Outcome.Proceed(decision)
                    : new Outcome.Stop(refusals.grantOver(decision, rule, grant.id()));
        }));
    }

    private long nextDecision() {
        lastDecision = Id.next();
        return lastDecision;
    }

    private Outcome.Stop refuse(Statement statement, Ruling.Refuse refuse) {
        long decision = nextDecision();
        try {
            recorder.record(records.asked(statement, decision, Verdict.BLOCK, refuse.rule(), refuse.message()));
        } catch (JournalUnavailable e) {
            return new Outcome.Stop(refusals.unrecorded(decision, e));
        }
        return new Outcome.Stop(refusals.blocked(decision, refuse));
    }

    private Outcome hold(Statement statement, Analysis analysis, Ruling.Hold hold) {
        long decision = nextDecision();
        try {
            return hold(statement, analysis, hold, decision);
        } catch (JournalUnavailable e) {
            return new Outcome.Stop(refusals.unrecorded(decision, e));
        }
    }

    private Outcome hold(Statement statement, Analysis analysis, Ruling.Hold hold, long decision) {
        Flow flow = hold.flow();
        boolean stays = flow.hold().ticket() && !SessionBound.is(analysis, statement.scope());
        Optional<Duration> most = statement.patience();
        boolean waits = Patience.mayWait(flow, statement.transaction())
                && most.filter(Duration::isZero).isEmpty();
        Duration time = waits ? patience.of(flow, most) : Duration.ZERO;
        Event.Asked refused = records.asked(
                statement, decision, Verdict.BLOCK, hold.rule(), waits ? ALONE : "cannot wait in a transaction");
        if (time.isZero() && !(stays && Patience.mayRun(statement.transaction()))) {
            recorder.record(refused);
            return new Outcome.Stop(
                    waits
                            ? refusals.needsSession(decision, hold)
                            : refusals.cannotWait(decision, hold, statement.transaction()));
        }
        Request request = request(statement, analysis, hold, stays ? flow.expires() : time);
        Applicant applicant = new Applicant(
                records.asked(statement, decision, Verdict.APPROVE, hold.rule(), ""),
                request.asked().plus(time),
                stays,
                waits ? Optional.empty() : Optional.of(refused));
        Seat taken = new Seat(desk, stays && !Interactive.isInteractive(session));
        seat = taken;
        Transaction transaction = statement.transaction();
        return new Outcome.Asking(desk.ask(request, applicant).handle((place, failure) -> {
            if (place == null) {
                return new Outcome.Stop(unasked(decision, failure));
            }
            taken.arrive(place);
            return !waits && place.ticket() instanceof Ticket.Declined
                    ? new Outcome.Stop(refusals.cannotWait(decision, hold, transaction))
                    : asked(place, analysis);
        }));
    }

    /** What the desk's answer means for the statement. */
    private Outcome asked(Place place, Analysis analysis) {
        long decision = place.applicant().decision();
        if (place.isOver() || !(place.ticket() instanceof Ticket.Pending pending)) {
            return settle(place.now(), analysis, decision).outcome();
        }
        return new Outcome.Wait(
                pending,
                place.applicant().until(),
                place.whenOver().thenApply(ended -> settle(ended, analysis, decision)));
    }

    private Refusal unasked(long decision, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof JournalUnavailable unrecorded) {
            return refusals.unrecorded(decision, unrecorded);
        }
        if (!(cause instanceof Approvals.Unavailable)) {
            LOG.error("the desk failed at a statement, which was refused", cause);
        }
        return refusals.noDesk(decision);
    }

    private Request request(Statement statement, Analysis analysis, Ruling.Hold hold, Duration expires) {
        Instant now = clock.instant();
        String sql = StatementRecords.sql(statement);
        return new Request(
                desk.newId(),
                Digest.of(session, statement, analysis),
                session,
                sql,
                statement.parameters(),
                Findings.of(rulings.policy(), session, statement, analysis),
                Reason.of(wishes.now(), sql),
                hold.rule(),
                hold.flow(),
                now,
                now.plus(expires));
    }

    /** Runs on the thread that ended the waiting. The policy may have changed meanwhile, and has the last word. */
    private Outcome.Settled settle(Ticket ticket, Analysis analysis, long decision) {
        Outcome outcome = ticket.match(
                pending -> new Outcome.Stop(refusals.pending(pending)),
                approved -> new Outcome.Stop(refusals.fault(decision)),
                used -> used.decision() == decision
                        ? release(analysis, decision)
                        : new Outcome.Stop(refusals.usedElsewhere(used)),
                denied -> new Outcome.Stop(refusals.rejected(denied)),
                expired -> new Outcome.Stop(refusals.expired(expired)),
                withdrawn -> new Outcome.Stop(refusals.withdrawn(withdrawn)),
                declined -> new Outcome.Stop(refusals.declined(declined)));
        return new Outcome.Settled(outcome, ticket);
    }

    private Outcome release(Analysis analysis, long decision) {
        if (policies.get().rule(session, analysis, clock.instant()) instanceof Ruling.Refuse refuse) {
            desk.ended(decision, "not sent: blocked by " + refuse.rule().id());
            return new Outcome.Stop(refusals.blockedSince(decision, refuse));
        }
        return new Outcome.Proceed(decision);
    }

    @Override
    public void withdraw(String reason) {
        recalled.set(true);
        Seat left = seat;
        if (left != null) {
            seat = null;
            left.leave(reason);
        }
    }

    @Override
    public CompletionStage<RequestStatus> status(RequestQuestion question) {
        if (question.grant().isPresent()) {
            return granted.ask(question.grant().get());
        }
        String id = question.id();
        return desk.look(id)
                .thenApply(found -> found.filter(
                                ticket -> isOurs(ticket.request().session().subject()))
                        .map(RequestStatus::of)
                        .orElseGet(() -> RequestStatus.unknown(id)))
                .exceptionally(failure -> RequestStatus.unavailable(id));
    }

    /** Whether this session's identity asked, or answers for the agent that did. */
    private boolean isOurs(Subject requester) {
        String name = session.subject().name();
        return requester.name().equals(name)
                || requester.owner().filter(name::equals).isPresent();
    }

    @Override
    public Runnable watch(String id, Runnable moved) {
        return desk.watch(id, moved);
    }

    @Override
    public Refusal refuse(String what) {
        long decision = Id.next();
        try {
            recorder.record(records.notPassed(decision, what));
        } catch (JournalUnavailable e) {
            LOG.warn("a refusal of {} is not in the journal: {}", what, e.getMessage());
        }
        return refusals.notPassed(decision, what);
    }
}
