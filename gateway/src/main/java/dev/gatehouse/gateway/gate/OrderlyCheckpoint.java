package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Digest;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.audit.Recorder.JournalUnavailable;
import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.gate.Gate.Checkpoint;
import dev.gatehouse.firewall.gate.Outcome;
import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.policy.Explanation;
import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Parameter;
import dev.gatehouse.firewall.statement.Statement;
import dev.gatehouse.firewall.statement.Statement.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session's way through the gate. Lives on the session's event loop. */
final class OrderlyCheckpoint implements Checkpoint {

    private static final Logger LOG = LoggerFactory.getLogger(OrderlyCheckpoint.class);

    private final Session session;
    private final Recorder recorder;
    private final Supplier<Policy> policies;
    private final Approvals desk;
    private final InstantSource clock;
    private final Rulings rulings;
    private final Refusals refusals;
    /** The request that waits now. */
    private @Nullable Request waiting;

    OrderlyCheckpoint(
            Session session, Recorder recorder, Supplier<Policy> policies, Approvals desk, InstantSource clock) {
        this.session = session;
        this.recorder = recorder;
        this.policies = policies;
        this.desk = desk;
        this.clock = clock;
        this.rulings = new Rulings(session, policies, clock);
        this.refusals = new Refusals(policies);
    }

    @Override
    public boolean allows(Analysis analysis) {
        return rulings.ruling(analysis) instanceof Ruling.Allow;
    }

    @Override
    public boolean needsNames() {
        return policies.get().needsNames(session);
    }

    @Override
    public Optional<Refusal> preview(Statement statement, Analysis analysis) {
        return rulings.ruling(analysis) instanceof Ruling.Refuse refuse
                ? Optional.of(refuse(statement, refuse).refusal())
                : Optional.empty();
    }

    @Override
    public List<String> explain(Analysis analysis) {
        return Explanation.of(policies.get(), session, analysis, clock.instant());
    }

    @Override
    public Outcome submit(Statement statement, Analysis analysis) {
        Ruling ruling = rulings.ruling(analysis);
        if (ruling instanceof Ruling.Allow allow) {
            return allow(statement, allow);
        }
        if (ruling instanceof Ruling.Refuse refuse) {
            return refuse(statement, refuse);
        }
        return hold(statement, analysis, (Ruling.Hold) ruling);
    }

    private Outcome allow(Statement statement, Ruling.Allow allow) {
        long decision = Id.next();
        String version = rulings.policy().version();
        try {
            recorder.allowed(
                    session.number(),
                    decision,
                    statement.sql(),
                    statement.length(),
                    allow.rule().id(),
                    version);
        } catch (JournalUnavailable e) {
            return new Outcome.Stop(refusals.unrecorded(decision, e));
        }
        return new Outcome.Proceed(decision);
    }

    private Outcome.Stop refuse(Statement statement, Ruling.Refuse refuse) {
        long decision = Id.next();
        try {
            recorder.record(asked(statement, decision, Verdict.BLOCK, refuse.rule(), refuse.message()));
        } catch (JournalUnavailable e) {
            return new Outcome.Stop(refusals.unrecorded(decision, e));
        }
        return new Outcome.Stop(refusals.blocked(decision, refuse));
    }

    private Outcome hold(Statement statement, Analysis analysis, Ruling.Hold hold) {
        long decision = Id.next();
        Flow flow = hold.flow();
        Request request;
        try {
            if (!mayWait(flow, statement.transaction())) {
                recorder.record(asked(statement, decision, Verdict.BLOCK, hold.rule(), "cannot wait in a transaction"));
                return new Outcome.Stop(refusals.cannotWait(decision, hold, statement.transaction()));
            }
            request = request(statement, hold);
            recorder.record(asked(statement, decision, Verdict.APPROVE, hold.rule(), request.id()));
        } catch (JournalUnavailable e) {
            return new Outcome.Stop(refusals.unrecorded(decision, e));
        }
        waiting = request;
        return new Outcome.Wait(
                new Ticket.Pending(request, List.of()),
                desk.ask(request, decision).thenApply(ticket -> settle(ticket, analysis, decision)));
    }

    private static boolean mayWait(Flow flow, Transaction transaction) {
        return switch (transaction) {
            case NONE -> true;
            case CLEAN -> flow.inTransaction() != Flow.InTransaction.REFUSE;
            case WRITTEN -> flow.inTransaction() == Flow.InTransaction.HOLD;
            case FAILED -> false;
        };
    }

    private Request request(Statement statement, Ruling.Hold hold) {
        Instant now = clock.instant();
        Flow flow = hold.flow();
        return new Request(
                desk.newId(),
                Digest.of(session, statement).code(),
                session,
                sql(statement),
                statement.parameters(),
                hold.rule(),
                flow,
                now,
                now.plus(Interactive.isInteractive(session) ? flow.interactive() : flow.other()));
    }

    /** Runs on the thread that ended the ticket. The policy may have changed meanwhile, and has the last word. */
    private Outcome.Settled settle(Ticket ticket, Analysis analysis, long decision) {
        Outcome outcome = ticket.match(
                pending -> new Outcome.Stop(refusals.fault(decision)),
                approved -> policies.get().rule(session, analysis, clock.instant()) instanceof Ruling.Refuse refuse
                        ? new Outcome.Stop(refusals.blockedSince(decision, refuse))
                        : new Outcome.Proceed(decision),
                denied -> new Outcome.Stop(refusals.rejected(denied)),
                expired -> new Outcome.Stop(refusals.expired(expired)),
                withdrawn -> new Outcome.Stop(refusals.withdrawn(withdrawn)));
        return new Outcome.Settled(outcome, ticket);
    }

    @Override
    public void withdraw(String reason) {
        Request request = waiting;
        if (request != null) {
            waiting = null;
            desk.withdraw(request.id(), reason);
        }
    }

    @Override
    public Refusal refuse(String what) {
        long decision = Id.next();
        try {
            recorder.record(new Event.Asked(
                    session.number(),
                    decision,
                    "",
                    List.of(),
                    Verdict.BLOCK,
                    Refusals.PROTOCOL.id(),
                    rulings.policy().version(),
                    what));
        } catch (JournalUnavailable e) {
            LOG.warn("a refusal of {} is not in the journal: {}", what, e.getMessage());
        }
        return refusals.notPassed(decision, what);
    }

    private Event.Asked asked(Statement statement, long decision, Verdict verdict, Ruling.Source rule, String detail) {
        return new Event.Asked(
                session.number(),
                decision,
                sql(statement),
                statement.parameters().stream().map(Parameter::text).toList(),
                verdict,
                rule.id(),
                rulings.policy().version(),
                detail);
    }

    private static String sql(Statement statement) {
        return new String(statement.sql(), 0, statement.length(), StandardCharsets.UTF_8);
    }
}
