package dev.gatehouse.journal;

import dev.gatehouse.journal.seal.Checkpoint;
import dev.gatehouse.journal.seal.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs how far the journal reaches: every so often, and when it is closed. Each checkpoint is kept in the queue and as a
 * line of a file beside it, which is there to be copied elsewhere. Used by the writer's thread alone.
 */
final class Sealer {

    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

    private final SigningKey key;
    private final long everyNanos;
    private final Path file;
    private long last = System.nanoTime();

    Sealer(SigningKey key, Duration every, Path file) {
        this.key = key;
        this.everyNanos = every.toNanos();
        this.file = file;
    }

    /** Signs if it is time to. */
    void sealIfDue(Drain drain) {
        if (System.nanoTime() - last >= everyNanos) {
            last = System.nanoTime();
            seal(drain);
        }
    }

    /** Signs now, unless nothing has been added. */
    void seal(Drain drain) {
        drain.seal(key, Instant.now()).ifPresent(this::note);
    }

    private void note(Checkpoint checkpoint) {
        try {
            dropTornLine();
            Files.writeString(
                    file,
                    checkpoint.line() + "\n",
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.DSYNC);
        } catch (IOException e) {
            LOG.error("A checkpoint is in the journal but not in {}: {}", file, e.toString());
        }
    }

    /** Takes away what a full disk or a power failure left of a line, which would spoil the next one. */
    private void dropTornLine() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        long size = Files.size(file);
        long whole = size;
        ByteBuffer last = ByteBuffer.allocate(1);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            while (whole > 0 && !(in.read(last.clear(), whole - 1) == 1 && last.get(0) == '\n')) {
                whole--;
            }
        }
        if (whole < size) {
            LOG.warn("The last line of {} is not whole and is taken away", file);
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
                out.truncate(whole);
            }
        }
    }
}
