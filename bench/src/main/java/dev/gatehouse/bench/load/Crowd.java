package dev.gatehouse.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Some clients that are logged in and ready, and the two ways of setting them to work. Used by one thread. */
final class Crowd implements AutoCloseable {

    /** Rows of {@code pgbench_accounts} at scale 1. */
    static final int ACCOUNTS = 100_000;

    private final List<PgConnection> clients = new ArrayList<>();
    private final Mode mode;
    private final ExecutorService threads;

    private Crowd(Mode mode, int size) {
        this.mode = mode;
        this.threads = Executors.newFixedThreadPool(size);
    }

    /** Logs them in. */
    static Crowd open(Access access, Mode mode, int size) throws IOException {
        Crowd crowd = new Crowd(mode, size);
        try {
            for (int i = 0; i < size; i++) {
                PgConnection client = PgConnection.open(access);
                crowd.clients.add(client);
                mode.prepare(client);
            }
            return crowd;
        } catch (IOException e) {
            crowd.close();
            throw e;
        }
    }

    /**
     * As fast as they can, each asking again as soon as it was answered.
     *
     * @return nanoseconds it took
     */
    long rush(long queries) throws IOException {
        AtomicLong left = new AtomicLong(queries);
        long start = System.nanoTime();
        together(client -> {
            SplittableRandom random = new SplittableRandom();
            while (left.getAndDecrement() > 0) {
                int account = 1 + random.nextInt(ACCOUNTS);
                mode.ask(client, account);
            }
            return 0L;
        });
        return System.nanoTime() - start;
    }

    /**
     * At a fixed rate, whatever the answers take.
     *
     * <p>A query that could not start in time because the one before was still out counts from when it was due.
     */
    Histogram pace(int perSecond, int seconds) throws IOException {
        Histogram all = new Histogram();
        long every = TimeUnit.SECONDS.toNanos(1) * clients.size() / perSecond;
        long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        AtomicLong place = new AtomicLong();
        for (Histogram one : together(client -> {
            long due = start + place.getAndIncrement() * every / clients.size();
            return paced(client, due, every, end);
        })) {
            all.add(one);
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (PgConnection client : clients) {
            client.close();
        }
    }

    private Histogram paced(PgConnection client, long firstDue, long every, long end) throws IOException {
        Histogram histogram = new Histogram();
        SplittableRandom random = new SplittableRandom();
        for (long due = firstDue; due < end; due += every) {
            int account = 1 + random.nextInt(ACCOUNTS);
            boolean late = System.nanoTime() > due;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            long from = late ? due : System.nanoTime();
            mode.ask(client, account);
            histogram.add(System.nanoTime() - from);
        }
        return histogram;
    }

    private <T> List<T> together(Work<T> work) throws IOException {
        List<Callable<T>> tasks = new ArrayList<>();
        clients.forEach(client -> tasks.add(() -> work.on(client)));
        List<T> results = new ArrayList<>();
        try {
            for (Future<T> done : threads.invokeAll(tasks)) {
                results.add(done.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("a client failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return results;
    }

    /** What one client does. */
    private interface Work<T> {
        T on(PgConnection client) throws IOException;
    }
}
