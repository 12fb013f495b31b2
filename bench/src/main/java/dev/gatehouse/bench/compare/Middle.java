package dev.gatehouse.bench.compare;

import dev.gatehouse.bench.load.Access;
import java.io.IOException;
import java.util.Optional;

/**
 * Something a client may be led through on its way to the database; or nothing.
 *
 * @param name its name in the tables
 * @param access how clients get in
 * @param process the process whose CPU counts; empty when nothing is in the middle
 * @param warms whether it is a JVM, which must be warm before it is measured
 */
record Middle(String name, Access access, Optional<Process> process, boolean warms) implements AutoCloseable {

    static final String DIRECT = "direct";
    static final String RELAY = "relay";
    static final String GATEWAY = "gateway";

    /** Nothing in the middle. */
    static Middle direct(Access access) {
        return new Middle(DIRECT, access, Optional.empty(), false);
    }

    /** The CPU it has used so far, in microseconds; NaN when nothing is in the middle. */
    double cpuMicros() throws IOException {
        return process.isPresent() ? ProcessCpu.micros(process.get().pid()) : Double.NaN;
    }

    /** What of that went into compiling Java; 0 when nothing is in the middle. */
    double compilingMicros() throws IOException {
        return process.isPresent() ? ProcessCpu.compilingMicros(process.get().pid()) : 0;
    }

    @Override
    public void close() {
        process.ifPresent(Children::end);
    }
}
