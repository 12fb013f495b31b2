package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Catalogs;
import dev.gatehouse.analyzer.catalog.DatabaseCatalog;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Analyzer;
import dev.gatehouse.firewall.statement.Parameter;
import dev.gatehouse.firewall.statement.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads SQL with a lexer of our own per dialect and Apache Calcite behind it. Parses on few threads with large stacks; when
 * more waits than a bound, the text counts as not understood.
 */
public final class CalciteAnalyzer implements Analyzer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CalciteAnalyzer.class);
    static final int QUEUE = 256;

    private static final long STACK_BYTES = 16L << 20;
    private static final long IDLE_SECONDS = 30;
    private static final Analysis BUSY = new Analysis.Opaque("busy", 0);
    private static final Analysis ENDING = new Analysis.Opaque("the analyzer is shutting down", 0);

    /** A text that waits to be read, and who is to be told. */
    private record Task(Runnable work, CompletableFuture<Analysis> answer) implements Runnable {

        @Override
        public void run() {
            work.run();
        }
    }

    private final Catalogs catalogs;
    private final VerdictCache verdicts = new VerdictCache();
    private final ThreadPoolExecutor threads;

    /**
     * Reads SQL against these catalogs, on as many threads as there are cores.
     *
     * @param catalogs stay the caller's to close
     */
    public CalciteAnalyzer(Catalogs catalogs) {
        this(catalogs, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Reads SQL against these catalogs.
     *
     * @param threads how many texts are read at once, at most
     */
    public CalciteAnalyzer(Catalogs catalogs, int threads) {
        this.catalogs = catalogs;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(null, task, "analyzer-" + number.incrementAndGet(), STACK_BYTES);
                    thread.setDaemon(true);
                    return thread;
                });
        this.threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public @Nullable Analysis recall(byte[] sql, int length, Scope scope) {
        return verdicts.recall(sql, length, scope);
    }

    @Override
    public CompletionStage<Analysis> analyze(byte[] sql, Scope scope) {
        return analyze(sql, scope, true);
    }

    @Override
    public CompletionStage<Analysis> analyzeAtOnce(byte[] sql, Scope scope) {
        return analyze(sql, scope, false);
    }

    @Override
    public Optional<List<Parameter>> constants(byte[] sql, int length, Scope scope) {
        return Constants.of(Arrays.copyOf(sql, length), scope.modes());
    }

    private CompletionStage<Analysis> analyze(byte[] sql, Scope scope, boolean patient) {
        CompletableFuture<Analysis> answer = new CompletableFuture<>();
        DatabaseCatalog catalog;
        try {
            catalog = catalogs.of(scope.upstream(), scope.database());
        } catch (RuntimeException e) {
            LOG.warn("No catalog for {}/{}: {}", scope.upstream(), scope.database(), e.getMessage());
            return CompletableFuture.completedFuture(new Analysis.Opaque("the database is not known", 0));
        }
        if (patient && catalog.isDoubted()) {
            look(sql, scope, catalog, answer);
        } else if (patient) {
            read(sql, scope, catalog, true, answer);
        } else {
            read(sql, scope, catalog, catalog.atHand(), false, answer);
        }
        return answer;
    }

    /** Answers what is known of the text, if nothing has changed after all. */
    private void look(byte[] sql, Scope scope, DatabaseCatalog catalog, CompletableFuture<Analysis> answer) {
        CompletableFuture<?> unused = catalog.fresh().thenAccept(current -> {
            Analysis known = verdicts.recall(sql, scope, current.version());
            if (known != null) {
                answer.complete(known);
            } else {
                read(sql, scope, catalog, current, true, answer);
            }
        });
    }

    private void read(
            byte[] sql, Scope scope, DatabaseCatalog catalog, boolean again, CompletableFuture<Analysis> answer) {
        CompletableFuture<?> unused =
                catalog.fresh().thenAccept(current -> read(sql, scope, catalog, current, again, answer));
    }

    private void read(
            byte[] sql,
            Scope scope,
            DatabaseCatalog catalog,
            DatabaseCatalog.Current current,
            boolean again,
            CompletableFuture<Analysis> answer) {
        try {
            threads.execute(new Task(() -> readNow(sql, scope, catalog, current, again, answer), answer));
        } catch (RejectedExecutionException e) {
            answer.complete(threads.isShutdown() ? ENDING : BUSY);
        }
    }

    private void readNow(
            byte[] sql,
            Scope scope,
            DatabaseCatalog catalog,
            DatabaseCatalog.Current current,
            boolean again,
            CompletableFuture<Analysis> answer) {
        try {
            CommandReader.Reading reading = CommandReader.read(sql, current.snapshot(), scope);
            if (reading.missing() && again && catalog.demand()) {
                read(sql, scope, catalog, false, answer);
                return;
            }
            if (current.snapshot() != Snapshot.EMPTY) {
                verdicts.remember(sql, scope, reading.analysis(), reading.blind(), catalog, current.version());
            }
            answer.complete(reading.analysis());
        } catch (RuntimeException | Error e) {
            LOG.error("A statement broke the analyzer", e);
            answer.complete(new Analysis.Opaque("a form of SQL that is not known here", 0));
        }
    }

    /** Ends all reading; what waits to be read counts as not understood. */
    @Override
    public void close() {
        for (Runnable waiting : threads.shutdownNow()) {
            if (waiting instanceof Task task) {
                task.answer().complete(ENDING);
            }
        }
    }
}
