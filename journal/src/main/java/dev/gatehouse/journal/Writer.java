package dev.gatehouse.journal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that appends to the queue. It looks at the spools of its own accord, so that a producer need not signal;
 * how long it sleeps between two looks follows how much it finds, up to {@link #MAX_PAUSE_NANOS}. Nothing waits for it:
 * what lies in a spool is safe already, and readers look there too.
 *
 * <p>When an append fails the journal is marked as failed, and the queue is opened anew and read back until it can be
 * trusted; see {@link Drain#resume}.
 */
final class Writer implements Runnable {

    static final long MIN_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long CHORE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LITTLE_BYTES = Drain.BATCH_BYTES / 2;
    private static final int MUCH_BYTES = 4 * Drain.BATCH_BYTES;

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private final Supplier<Ledger> ledgers;
    private final Standing standing;
    private final FreeSpace space;
    private final Sealer sealer;
    private final List<Outflow> leftovers;
    private final List<Outflow> flows = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closing;
    private long pauseNanos = MIN_PAUSE_NANOS;

    /**
     * A writer that begins with what an earlier run left in the spools.
     *
     * @param ledgers opens the queue, at the begin and after a failure
     */
    Writer(Supplier<Ledger> ledgers, Standing standing, FreeSpace space, Sealer sealer, List<Outflow> leftovers) {
        this.ledgers = ledgers;
        this.standing = standing;
        this.space = space;
        this.sealer = sealer;
        this.leftovers = List.copyOf(leftovers);
        this.thread = new Thread(this, "journal-writer");
        thread.setDaemon(true);
    }

    /** Starts the thread; completes when nothing is left of earlier runs, or with what kept it from that. */
    CompletableFuture<Void> start() {
        thread.start();
        return ready;
    }

    /** Begins to look at a spool. */
    void add(Spool spool) {
        flows.add(new Outflow(spool));
    }

    /** Ends a pause early. Cheap, for any thread. */
    void wake() {
        if (!woken.getPlain() && woken.compareAndSet(false, true)) {
            LockSupport.unpark(thread);
        }
    }

    /** Moves what is published by now, closes the queue and ends the thread. */
    void close() throws InterruptedException {
        closing = true;
        LockSupport.unpark(thread);
        thread.join();
    }

    @Override
    public void run() {
        Drain drain;
        try {
            drain = open();
        } catch (Throwable e) {
            ready.completeExceptionally(e);
            return;
        }
        ready.complete(null);
        long chores = System.nanoTime();
        boolean trusted = true;
        while (!closing) {
            if (System.nanoTime() - chores >= CHORE_NANOS) {
                chores = System.nanoTime();
                look();
            }
            trusted = pass(drain);
        }
        if (trusted) {
            finish(drain);
        }
    }

    private Drain open() {
        look();
        Ledger ledger = ledgers.get();
        try {
            Drain drain = new Drain(ledger);
            drain.begin(leftovers);
            return drain;
        } catch (Throwable e) {
            ledger.close();
            throw e;
        }
    }

    private void look() {
        standing.setClock();
        standing.shortOfSpace(space.shortage().orElse(null));
    }

    /** Makes a pass; tells whether the queue can be trusted after it. */
    private boolean pass(Drain drain) {
        woken.set(false);
        try {
            long moved = drain.pass(flows);
            sealer.sealIfDue(drain);
            pause(moved);
            return true;
        } catch (Throwable e) {
            LOG.error("The journal cannot be written; new statements are stopped", e);
            standing.failed("journal: it cannot be written: " + e);
            return recover(drain);
        }
    }

    private void pause(long moved) {
        if (moved > MUCH_BYTES) {
            pauseNanos = MIN_PAUSE_NANOS;
            return;
        }
        pauseNanos = moved < LITTLE_BYTES
                ? Math.min(2 * pauseNanos, MAX_PAUSE_NANOS)
                : Math.max(pauseNanos / 2, MIN_PAUSE_NANOS);
        if (!woken.get() && !closing) {
            LockSupport.parkNanos(this, pauseNanos);
        }
    }

    /** Opens the queue anew, again and again; false when the journal is closed before that succeeds. */
    private boolean recover(Drain drain) {
        try {
            drain.close();
        } catch (RuntimeException e) {
            LOG.warn("The failed queue could not be closed", e);
        }
        while (!closing) {
            LockSupport.parkNanos(this, CHORE_NANOS);
            look();
            try {
                reopen(drain);
                standing.failed(null);
                LOG.info("The journal can be written again");
                return true;
            } catch (Throwable e) {
                standing.failed("journal: it cannot be written: " + e);
            }
        }
        return false;
    }

    private void reopen(Drain drain) {
        Ledger ledger = ledgers.get();
        try {
            drain.resume(ledger, flows);
        } catch (Throwable e) {
            ledger.close();
            throw e;
        }
    }

    private void finish(Drain drain) {
        try {
            while (drain.pass(flows) > 0) {
                Thread.onSpinWait();
            }
            sealer.seal(drain);
        } catch (Throwable e) {
            LOG.error("The journal's last records stay in their spools until the next start", e);
        } finally {
            drain.close();
        }
    }
}
