package dev.gatehouse.console;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The console's own threads besides its loop. Passwords are checked on some, and everything else is done on others, so that
 * whoever tries passwords keeps nobody from deciding.
 */
final class Work implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int MOST_SIGN_INS = 32;
    private static final int MOST_VISITS = 256;
    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor signIns = pool("console-sign-in", MOST_SIGN_INS);
    private final ThreadPoolExecutor visits = pool("console", MOST_VISITS);

    /**
     * Has something done.
     *
     * @return whether there is room for it
     */
    boolean offer(boolean isSignIn, Runnable task) {
        try {
            (isSignIn ? signIns : visits).execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private static ThreadPoolExecutor pool(String name, int most) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(most), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public void close() {
        signIns.shutdownNow();
        visits.shutdownNow();
    }
}
