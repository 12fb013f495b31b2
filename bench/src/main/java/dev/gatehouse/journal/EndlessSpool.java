package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Recorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A spool whose records are forgotten as soon as it fills up, to measure what recording costs an event loop. */
public final class EndlessSpool {

    private static final int BYTES = 1 << 20;

    private EndlessSpool() {}

    /** Its recorder; the file is gone when the JVM ends. */
    public static Recorder open() {
        try {
            Path file = Files.createTempFile("gatehouse-bench", Spool.SUFFIX);
            file.toFile().deleteOnExit();
            Spool spool = Spool.create(file, BYTES, 1);
            spool.touch();
            return new SpoolRecorder(spool, new Standing(), () -> spool.consumed(spool.tail()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
