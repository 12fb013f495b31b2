package dev.gatehouse.analyzer.catalog;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog of one database, kept fresh. Read on first use, again at every interval, and before the next analysis once
 * a command has changed it. While it cannot be read it is empty, so that nothing is taken as known that may have changed.
 */
public final class DatabaseCatalog {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCatalog.class);
    private static final Duration SOON = Duration.ofMillis(250);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** Counts as no version while the catalog may have changed. */
    private static final long DOUBTED = -1;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Reads a snapshot from the server. */
    interface Source extends AutoCloseable {
        Snapshot read() throws SQLException;

        @Override
        void close();
    }

    /**
     * A snapshot and the version it counts as.
     *
     * @param version what {@link #version} was when it came into force
     */
    public record Current(Snapshot snapshot, long version) {}

    private final String name;
    private final Source source;
    private final Duration refresh;
    private final Consumer<Snapshot> watcher;
    private final ScheduledExecutorService threads;

    private volatile Current current = new Current(Snapshot.EMPTY, 0);
    private volatile long version;
    private volatile boolean doubted;

    private long wanted = 1;
    private long readFor;
    private long beingReadFor;
    private @Nullable CompletableFuture<Void> reading;
    /** Whether a fresh look will be taken without anybody waiting for it. */
    private boolean soon;

    private boolean closed;
    private Duration pause = FIRST_PAUSE;
    private long notBefore = System.nanoTime();
    private long lastDemand = System.nanoTime() - SECOND;

    /** @param watcher is told of each snapshot that says something new, in the background */
    DatabaseCatalog(
            String name,
            Source source,
            Duration refresh,
            ScheduledExecutorService threads,
            Consumer<Snapshot> watcher) {
        this.watcher = watcher;
        this.name = name;
        this.source = source;
        this.refresh = refresh;
        this.threads = threads;
    }

    /** What is known at this moment, fresh or not. */
    public Snapshot snapshot() {
        return current.snapshot();
    }

    /** What is known at this moment; what has changed since is looked at after a while. */
    public synchronized Current atHand() {
        if (readFor < wanted && reading == null && !soon && !threads.isShutdown()) {
            soon = true;
            Future<?> unused = threads.schedule(this::look, SOON.toMillis(), TimeUnit.MILLISECONDS);
        }
        return current;
    }

    private void look() {
        synchronized (this) {
            soon = false;
        }
        CompletableFuture<Current> unused = fresh();
    }

    /** Changes whenever an analysis made before may no longer hold. */
    public long version() {
        return doubted ? DOUBTED : version;
    }

    /** Whether it may have changed since it was read. */
    public boolean isDoubted() {
        return doubted;
    }

    /** Says that the catalog may have been changed: no analysis holds until it was looked at, and each does if it was not. */
    public synchronized void doubted() {
        wanted++;
        doubted = true;
        notBefore = System.nanoTime();
    }

    /** Says that a command has changed the catalog. */
    public synchronized void changed() {
        wanted++;
        version++;
        notBefore = System.nanoTime();
    }

    /** Asks for a fresh look because a name is not known; at most once a second. */
    public synchronized boolean demand() {
        long now = System.nanoTime();
        if (now - lastDemand < SECOND) {
            return false;
        }
        lastDemand = now;
        wanted++;
        return true;
    }

    /** What is known, read anew first if that is due. Never completes exceptionally. */
    public synchronized CompletableFuture<Current> fresh() {
        if (closed || readFor >= wanted || (reading == null && System.nanoTime() - notBefore < 0)) {
            return CompletableFuture.completedFuture(current);
        }
        long needed = wanted;
        CompletableFuture<Void> pending = reading;
        if (pending == null) {
            try {
                pending = CompletableFuture.runAsync(this::read, threads);
            } catch (RejectedExecutionException e) {
                return CompletableFuture.completedFuture(new Current(Snapshot.EMPTY, version));
            }
            reading = pending;
            beingReadFor = needed;
        } else if (beingReadFor < needed) {
            return pending.thenCompose(done -> fresh());
        }
        return pending.thenApply(done -> current);
    }

    private void read() {
        long purpose;
        long begun;
        synchronized (this) {
            purpose = wanted;
            beingReadFor = purpose;
            begun = version;
        }
        try {
            succeed(source.read(), purpose, begun);
        } catch (SQLException | RuntimeException e) {
            LOG.warn("The catalog of {} could not be read: {}", name, e.getMessage());
            fail();
        }
    }

    private synchronized void succeed(Snapshot snapshot, long purpose, long begun) {
        boolean overtaken = version != begun;
        boolean same = snapshot.sameAs(current.snapshot());
        reading = null;
        readFor = purpose;
        doubted &= wanted > purpose;
        pause = FIRST_PAUSE;
        if (!same) {
            version++;
            tell(snapshot);
        }
        // What was read while a command changed the catalog may be from before: nothing made from it is remembered.
        current = new Current(same ? current.snapshot() : snapshot, overtaken ? begun : version);
        expireAfter(snapshot.isWhole() ? refresh : FIRST_PAUSE);
    }

    private void tell(Snapshot snapshot) {
        if (!threads.isShutdown()) {
            Future<?> unused = threads.schedule(() -> watcher.accept(snapshot), 0, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void fail() {
        reading = null;
        notBefore = System.nanoTime() + pause.toNanos();
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        if (current.snapshot() != Snapshot.EMPTY) {
            version++;
            current = new Current(Snapshot.EMPTY, version);
        }
        doubted = false;
        expireAfter(pause);
    }

    private void expireAfter(Duration time) {
        if (!threads.isShutdown()) {
            Future<?> unused = threads.schedule(this::expire, time.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void expire() {
        wanted++;
        CompletableFuture<Current> unused = fresh();
    }

    /** Ends all reading; whoever waits is told of an empty catalog. */
    void close() {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            version++;
            current = new Current(Snapshot.EMPTY, version);
            waiting = reading;
            reading = null;
            closed = true;
        }
        if (waiting != null) {
            waiting.complete(null);
        }
        source.close();
    }
}
