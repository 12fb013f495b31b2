package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.journal.seal.Checkpoint;
import dev.gatehouse.journal.seal.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * Reads a journal's directory, whether the gateway that writes it runs, was closed, or was killed; changes nothing there.
 * Every record that had been made when a reading began is in it. Used by one thread.
 */
public final class JournalReader implements AutoCloseable {

    private final Path dir;
    private final SingleChronicleQueue queue;

    private JournalReader(Path dir, SingleChronicleQueue queue) {
        this.dir = dir;
        this.queue = queue;
    }

    /**
     * Opens a journal's directory.
     *
     * @throws JournalException if there is no journal
     */
    public static JournalReader open(Path dir) {
        JavaFlags.check();
        Path queue = JournalFiles.queue(dir);
        // Chronicle would wait for a file to appear, and then speak of something else.
        if (!hasQueue(queue)) {
            throw new JournalException("journal: there is no journal at " + dir);
        }
        try {
            return new JournalReader(
                    dir,
                    SingleChronicleQueueBuilder.binary(queue).readOnly(true).build());
        } catch (RuntimeException | LinkageError e) {
            throw new JournalException("journal: cannot read the queue at " + queue + ": " + e.getMessage(), e);
        }
    }

    private static boolean hasQueue(Path queue) {
        if (!Files.isDirectory(queue)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(queue, "*" + SingleChronicleQueue.SUFFIX)) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            throw new JournalException("journal: cannot read " + queue + ": " + e, e);
        }
    }

    /**
     * Reads everything that was recorded until now, in the order of time; of one session in exactly the order in which it
     * happened. Holds a bounded part of the journal in memory.
     *
     * <p>An entry's {@code sequence} counts the records of the journal; among those the queue does not hold yet it is
     * provisional.
     */
    public Iterator<Event.Entry> entries() {
        return entries(Selection.ALL);
    }

    /** Reads a selection of what was recorded until now, see {@link #entries()}. */
    public Iterator<Event.Entry> entries(Selection selection) {
        Remainder remainder = Remainder.of(JournalFiles.spools(dir));
        ExcerptTailer tailer = queue.createTailer();
        selection.since().ifPresent(since -> skip(tailer, since));
        return new Entries(tailer, JournalFiles.queue(dir), remainder, selection);
    }

    /** Skips the files that were closed before an instant, by a file more than needed. */
    private void skip(ExcerptTailer tailer, Instant since) {
        long cycle = (since.toEpochMilli() - queue.epoch()) / queue.rollCycle().lengthInMillis() - 1;
        int first = queue.firstCycle();
        int last = queue.lastCycle();
        if (cycle <= first || first > last) {
            return;
        }
        for (int at = (int) Math.min(cycle, last); at <= last; at++) {
            if (tailer.moveToCycle(at)) {
                return;
            }
        }
        tailer.toStart();
    }

    /**
     * Verifies the queue: that nothing in it was changed, taken away, moved or put in since it was written.
     *
     * @param trusted the public key that checkpoints must be signed with, 32 bytes; empty for any, and then a journal that
     *     somebody has written and signed anew is not told apart
     * @param elsewhere checkpoints that were kept outside the queue, besides those beside it
     */
    public Verification verify(Optional<Hash> trusted, List<Checkpoint> elsewhere) {
        List<Checkpoint> known = new ArrayList<>(elsewhere);
        Path beside = JournalFiles.checkpoints(dir);
        if (Files.exists(beside)) {
            known.addAll(checkpoints(beside));
        }
        return new JournalVerifier(dir, queue, trusted).verify(known);
    }

    /**
     * Reads a file of checkpoints, a line each.
     *
     * @throws JournalException if it cannot be read, or a line is none
     */
    public static List<Checkpoint> checkpoints(Path file) {
        List<Checkpoint> checkpoints = new ArrayList<>();
        try {
            int line = 0;
            String all = Files.readString(file, StandardCharsets.UTF_8);
            int whole = isBegun(all.substring(all.lastIndexOf('\n') + 1)) ? all.lastIndexOf('\n') + 1 : all.length();
            for (String text : all.substring(0, whole).lines().toList()) {
                line++;
                int number = line;
                checkpoints.add(Checkpoint.parse(text)
                        .orElseThrow(() ->
                                new JournalException("journal: line " + number + " of " + file + " is no checkpoint")));
            }
        } catch (IOException e) {
            throw new JournalException("journal: cannot read " + file + ": " + e, e);
        }
        return checkpoints;
    }

    /** Whether a last line is one that is being written, or was when the disk was full or the power failed. */
    private static boolean isBegun(String last) {
        return Checkpoint.parse(last).isEmpty() && Checkpoint.mayBegin(last);
    }

    @Override
    public void close() {
        queue.close();
    }
}
