package dev.gatehouse.gateway.net;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What waits for its time in a session, and is forgotten with it. Lives on the session's loop. */
final class Timers {

    private final Set<Timer> waiting = new HashSet<>();

    /** Runs something on a loop after a while, unless {@link #cancel} comes before. */
    void after(EventLoop loop, Duration delay, Runnable action) {
        Timer timer = new Timer(action);
        waiting.add(timer);
        timer.pending = loop.schedule(timer, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Forgets all that wait. */
    void cancel() {
        waiting.forEach(Timer::cancel);
        waiting.clear();
    }

    private final class Timer implements Runnable {

        private final Runnable action;
        private @Nullable Future<?> pending;

        Timer(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            if (waiting.remove(this)) {
                action.run();
            }
        }

        void cancel() {
            if (pending != null) {
                pending.cancel(false);
            }
        }
    }
}
