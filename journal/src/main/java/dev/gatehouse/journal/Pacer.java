package dev.gatehouse.journal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets time pass between two lines of a replay. */
@FunctionalInterface
public interface Pacer {

    /** Waits. */
    void pause(Duration pause) throws InterruptedException;

    /** Waits by sleeping. */
    static Pacer sleeping() {
        return pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    }
}
