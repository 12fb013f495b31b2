package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Answer.Moved;
import dev.gatehouse.firewall.approval.Answer.Reason;
import dev.gatehouse.firewall.approval.Answer.Refused;
import dev.gatehouse.firewall.approval.Applicant;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Grants;
import dev.gatehouse.firewall.approval.Place;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Recorder;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The desk over the store. What it does about a request it does in one transaction on that request's row, so any number of
 * desks, at one gateway or at several, may do so at once; nothing that decides is remembered here. In memory are only those
 * who wait at this gateway, for whom {@link #tick} looks what has become of their requests.
 */
public final class ApprovalDesk implements Approvals, AutoCloseable {

    /** Of those that ended, in one list. */
    private static final int MOST_ENDED = 1000;
    /** How long the desk finishes what was asked of it before it closes. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    /** Of their texts and values. */
    private static final long MOST_CHARACTERS = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ApprovalDesk.class);

    private final Store store;
    private final Minutes minutes;
    private final Executor executor;
    private final Register register;
    private final Lobby lobby = new Lobby();
    private final Uses uses;
    private final GrantDesk grants;
    private final Retraction retraction;
    private final Intake intake;
    private final RequestIds ids = new RequestIds(new SecureRandom());
    private final InstantSource clock;
    private final AtomicLong tasks = new AtomicLong();
    private final Map<Long, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();

    private ApprovalDesk(Store store, Recorder recorder, String gateway, InstantSource clock, Executor executor) {
        this.store = store;
        this.minutes = new Minutes(recorder);
        this.executor = executor;
        this.clock = clock;
        this.register = new Register(gateway);
        this.intake = new Intake(store, register, minutes, ids, clock);
        this.uses = new Uses(store, register, minutes, lobby);
        this.grants = new GrantDesk(store, minutes, executor);
        this.retraction = new Retraction(store, minutes, grants);
    }

    /**
     * Opens a desk.
     *
     * @param recorder the desk's own way into the journal
     * @param gateway what this gateway is called, for people who look into the store
     * @param executor takes what event loops ask for; may refuse when it has too much to do
     * @throws IOException if the store cannot be used
     */
    public static ApprovalDesk open(StoreSettings settings, Recorder recorder, String gateway, Executor executor)
            throws IOException {
        Store store = Store.open(settings, Optional.empty());
        return new ApprovalDesk(store, recorder, gateway, InstantSource.system(), executor);
    }

    /**
     * Opens a desk that keeps time by other clocks.
     *
     * @param time the store's; empty for its own
     * @param clock the gateway's
     */
    static ApprovalDesk open(
            StoreSettings settings,
            Recorder recorder,
            Optional<InstantSource> time,
            InstantSource clock,
            Executor executor)
            throws IOException {
        return new ApprovalDesk(Store.open(settings, time), recorder, "test", clock, executor);
    }

    /** A desk that forgets everything with the process, and does all at once on its callers' threads. */
    public static ApprovalDesk passing(Recorder recorder) {
        try {
            StoreSettings settings = new StoreSettings.Passing(UUID.randomUUID().toString());
            return open(settings, recorder, "passing", Runnable::run);
        } catch (IOException e) {
            throw new IllegalStateException("a database in memory needs nothing that can fail", e);
        }
    }

    @Override
    public String newId() {
        return ids.draw();
    }

    @Override
    public CompletionStage<Place> ask(Request request, Applicant applicant) {
        return soon(() -> {
            Intake.Taken taken = intake.take(request, applicant);
            if (taken.place().isOver()) {
                uses.claimed(taken.place(), taken.place().ticket());
            } else {
                lobby.seat(taken.place(), taken.version());
            }
            return taken.place();
        });
    }

    @Override
    public CompletionStage<Optional<Ticket>> look(String id) {
        return soon(() -> find(id));
    }

    private <T> CompletionStage<T> soon(Supplier<T> work) {
        try {
            CompletableFuture<T> begun = CompletableFuture.supplyAsync(work, executor);
            long number = tasks.incrementAndGet();
            underWay.put(number, begun);
            CompletableFuture<T> unused = begun.whenComplete((done, failure) -> underWay.remove(number));
            return begun;
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedStage(new Unavailable("too many statements are at the desk at once"));
        }
    }

    @Override
    public void leave(Place place, String reason, boolean keeps) {
        if (!lobby.unseat(place)) {
            return;
        }
        Ticket.Withdrawn withdrawn = new Ticket.Withdrawn(place.ticket().request(), reason);
        soon(() -> {
                    left(place, withdrawn, keeps);
                    return withdrawn;
                })
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.warn(
                                "{} stays open, though its client left: {}",
                                withdrawn.request().id(),
                                failure.getMessage());
                    }
                    Lobby.tell(() -> place.end(withdrawn));
                });
    }

    private void left(Place place, Ticket.Withdrawn withdrawn, boolean keeps) {
        String id = withdrawn.request().id();
        Optional<Matter> ended = store.transact(connection -> {
            Optional<Matter> open = Matters.lock(connection, id)
                    .filter(matter -> matter.ticket().isOpen());
            Register.unseat(connection, id, place.applicant().decision());
            if (open.isEmpty() || keeps || Register.seated(connection, id, store.now(connection)) > 0) {
                return Optional.empty();
            }
            Register.end(connection, id, "withdrawn", withdrawn.reason(), store.now(connection));
            return open;
        });
        ended.ifPresent(matter -> {
            minutes.ended(place.applicant().session(), place.applicant().decision(), withdrawn);
            uses.settle(id);
        });
    }

    /** Ends what has waited long enough, and sees what has become of the requests that somebody waits for here. */
    public void tick() {
        endWaiting();
        uses.settleMoved();
        grants.tick();
    }

    /** What others have to be told of the requests. */
    public Notices notices() {
        return new Notices(store);
    }

    /** What people may do for a while. */
    public Grants grants() {
        return grants;
    }

    /** Whoever has waited long enough is told so, also where the store does not answer. */
    private void endWaiting() {
        for (Place place : lobby.due(clock.instant())) {
            Ticket ticket = place.ticket();
            Ticket end = place.applicant().stays() ? ticket : new Ticket.Expired(ticket.request());
            Lobby.tell(() -> place.end(end));
        }
    }

    /** Ends the waiting of clients that waited long enough, and the requests whose deadline has passed. */
    public void expireDue() {
        for (String id : store.read(connection -> Matters.due(connection, store.now(connection)))) {
            store.transact(connection -> {
                        Optional<Matter> matter = Matters.lock(connection, id);
                        return matter.isEmpty() ? matter : expired(connection, matter.get());
                    })
                    .ifPresent(this::recordEnd);
        }
        uses.settleMoved();
        endWaiting();
    }

    /** Forgets what ended long ago. */
    public void forget() {
        store.transact(connection -> {
            Register.forget(connection, store.now(connection));
            return true;
        });
    }

    /** The matter as it has ended by now, if it was open and its time has passed. */
    private Optional<Matter> expired(Connection connection, Matter matter) throws SQLException {
        return Expiry.of(connection, matter, store.now(connection));
    }

    private void recordEnd(Matter ended) {
        minutes.ended(ended.session(), ended.decision(), ended.ticket());
    }

    @Override
    public Answer approve(String id, Optional<String> code, Reviewer by, String comment) {
        return decide(id, code, by, comment, Choice.APPROVE);
    }

    @Override
    public Answer reject(String id, Optional<String> code, Reviewer by, String comment) {
        return decide(id, code, by, comment, Choice.REJECT);
    }

    private Answer decide(String id, Optional<String> code, Reviewer by, String comment, Choice choice) {
        Ballot ballot = new Ballot(store, register, minutes);
        Answer answer = ballot.cast(id, code, by, comment, choice);
        Optional<Ticket> settled = uses.settle(id);
        grants.hint();
        return answer instanceof Moved moved && moved.ticket() instanceof Ticket.Approved
                ? new Moved(settled.orElse(moved.ticket()))
                : answer;
    }

    @Override
    public Answer withdraw(String id, Reviewer by) {
        Answer answer;
        try {
            answer = store.transact(connection -> retraction.by(connection, id, by));
        } catch (Unavailable e) {
            return new Refused(Reason.STORE, String.valueOf(e.getMessage()));
        }
        uses.settle(id);
        grants.hint();
        return answer;
    }

    @Override
    public Runnable watch(String id, Runnable moved) {
        return lobby.watch(id, moved);
    }

    @Override
    public int waiting(String id) {
        return lobby.waiting(id);
    }

    @Override
    public List<Ticket> tickets() {
        return tickets(MOST_ENDED, MOST_CHARACTERS);
    }

    /** Those that are open, and of those that ended so many with so many characters together. */
    List<Ticket> tickets(int mostEnded, long mostCharacters) {
        return store.read(connection -> Matters.all(connection, mostEnded, mostCharacters)).stream()
                .map(uses::withResult)
                .toList();
    }

    @Override
    public Optional<Ticket> find(String id) {
        Optional<Matter> found = store.read(connection -> Matters.find(connection, id));
        found.ifPresent(matter -> lobby.seen(id, matter.version()));
        return found.map(Matter::ticket).map(uses::withResult);
    }

    @Override
    public Optional<Ticket> view(String id, Reviewer by) {
        Optional<Matter> found = store.read(connection -> Matters.find(connection, id));
        found.ifPresent(matter -> minutes.viewed(matter.session(), matter.decision(), id, by));
        return found.map(Matter::ticket).map(uses::withResult);
    }

    /**
     * The version of the policy by which a request was asked for.
     *
     * @throws Unavailable if the store does not answer
     */
    public Optional<String> policy(String id) {
        return store.read(connection -> Register.policy(connection, id));
    }

    @Override
    public Optional<Ticket> lastPending() {
        return store.read(Matters::lastPending).map(Matter::ticket);
    }

    @Override
    public void ended(long decision, String result) {
        if (uses.ended(decision, result)) {
            soon(() -> {
                        uses.write(decision);
                        return decision;
                    })
                    .exceptionally(failure -> {
                        LOG.warn("the outcome of an approved statement is written later: {}", failure.getMessage());
                        return decision;
                    });
        }
    }

    /**
     * Listens to what a session records, so that the desk knows of the statements it let through how they ended.
     *
     * @param recorder the session's way into the journal, to which all is passed on
     */
    public Recorder listening(Recorder recorder) {
        return new Listening(recorder, this, uses);
    }

    /**
     * Waits until what was asked of the desk has been done, such as taking back the requests of clients that left.
     *
     * @return whether it all was done in time
     */
    public boolean finish(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            // What is done may have asked for more, such as to take a request back whose client left meanwhile.
            while (!underWay.isEmpty()) {
                CompletableFuture.allOf(underWay.values().toArray(CompletableFuture<?>[]::new))
                        .handle((done, failure) -> true)
                        .get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the desk closes before it has done all that was asked of it");
            return false;
        }
    }

    @Override
    public void close() {
        finish(FAREWELL);
        store.close();
    }
}
