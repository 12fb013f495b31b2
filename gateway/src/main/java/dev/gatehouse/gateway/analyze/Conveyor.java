package dev.gatehouse.gateway.analyze;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Answers lines on all cores and writes the answers in the order of the lines, each as soon as it and those before it are
 * there. Holds a bounded number of bytes of lines at a time, however long the input.
 */
final class Conveyor {

    private static final int WAITING_BYTES = 4 * Lines.MAX_BYTES;
    private static final int LEAST_BYTES = 4 << 10;
    private static final long STACK_BYTES = 16L << 20;

    /** A line being answered; without an answer it stands for the end. */
    private record Item(@Nullable Future<byte[]> answer, int weight) {}

    private final Lines lines;
    private final OutputStream out;
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(WAITING_BYTES);
    private final ExecutorService workers;
    private final UnaryOperator<byte[]> work;
    private volatile @Nullable IOException unreadable;

    /**
     * @param work makes an answer, line end included, of a line; does not throw
     * @param out lent
     */
    Conveyor(Lines lines, UnaryOperator<byte[]> work, OutputStream out) {
        this.lines = lines;
        this.work = work;
        this.out = out;
        AtomicInteger number = new AtomicInteger();
        ThreadFactory threads = task -> {
            Thread thread = new Thread(null, task, "analyze-" + number.incrementAndGet(), STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        };
        int cores = Runtime.getRuntime().availableProcessors();
        // Only once it is shut down does it take no more, and then nobody waits for an answer.
        workers = new ThreadPoolExecutor(
                cores, cores, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads, new DiscardPolicy());
    }

    /**
     * Works until the input ends.
     *
     * @return why the input ended before its end, if it did; what had been read until then is answered
     * @throws IOException if the answers can no longer be written
     */
    @Nullable
    IOException run() throws IOException, InterruptedException {
        Thread reader = new Thread(this::feed, "analyze-input");
        reader.setDaemon(true);
        reader.start();
        try {
            Item item = next();
            while (item.answer() != null) {
                out.write(answer(item.answer()));
                room.release(item.weight());
                item = next();
            }
            out.flush();
        } finally {
            workers.shutdownNow();
            reader.interrupt();
        }
        return unreadable;
    }

    private Item next() throws IOException, InterruptedException {
        Item item = items.poll();
        if (item == null) {
            out.flush();
            item = items.take();
        }
        return item;
    }

    private byte[] answer(Future<byte[]> answer) throws IOException, InterruptedException {
        if (!answer.isDone()) {
            out.flush();
        }
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer that could not be made", e.getCause());
        }
    }

    private void feed() {
        try {
            byte[] line = lines.next();
            while (line != null) {
                int weight = Math.max(LEAST_BYTES, Math.min(line.length, WAITING_BYTES));
                room.acquire(weight);
                byte[] asked = line;
                FutureTask<byte[]> answer = new FutureTask<>(() -> work.apply(asked));
                items.add(new Item(answer, weight));
                workers.execute(answer);
                line = lines.next();
            }
        } catch (IOException e) {
            unreadable = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        items.add(new Item(null, 0));
    }
}
