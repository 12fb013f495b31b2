package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.audit.Recorders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a running gateway: a spool for each recorder, and one writer that moves what lies there into a Chronicle
 * queue. One process at a time may have it open; any number may read it with {@link JournalReader} meanwhile.
 *
 * <pre>
 *   dir/lock           held while open
 *   dir/spool/*.ring   what was recorded and is not in the queue yet, see {@link Spool}
 *   dir/queue/         the Chronicle queue
 *   dir/checkpoints.jsonl  how far it reached, signed, see {@link dev.gatehouse.journal.seal.Checkpoint}
 * </pre>
 */
public final class ChronicleJournal implements Recorders, AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

    private final JournalSettings settings;
    private final Path spools;
    private final DirectoryLock lock;
    private final Standing standing;
    private final Writer writer;
    private final Set<String> names = new HashSet<>();
    private boolean closed;

    private ChronicleJournal(JournalSettings settings, DirectoryLock lock, Standing standing, Writer writer) {
        this.settings = settings;
        this.spools = JournalFiles.spools(settings.dir());
        this.lock = lock;
        this.standing = standing;
        this.writer = writer;
    }

    /**
     * Opens a journal and moves into its queue what an earlier run left in the spools.
     *
     * @throws JournalException if it cannot be opened, or another process has it open
     */
    public static ChronicleJournal open(JournalSettings settings) {
        JavaFlags.check();
        Path dir = settings.dir();
        make(JournalFiles.spools(dir));
        make(JournalFiles.queue(dir));
        DirectoryLock lock = DirectoryLock.take(dir);
        try {
            Standing standing = new Standing();
            FreeSpace space = new FreeSpace(dir, settings.minFreeBytes(), dir.toFile()::getUsableSpace);
            Writer writer = new Writer(
                    () -> ChronicleLedger.open(JournalFiles.queue(dir), settings.roll()),
                    standing,
                    space,
                    new Sealer(settings.key(), settings.checkpointEvery(), JournalFiles.checkpoints(dir)),
                    leftovers(JournalFiles.spools(dir)));
            start(writer);
            return new ChronicleJournal(settings, lock, standing, writer);
        } catch (Throwable e) {
            lock.close();
            throw e;
        }
    }

    private static void start(Writer writer) {
        try {
            writer.start().join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof JournalException known
                    ? known
                    : new JournalException("journal: it cannot be opened: " + cause, cause);
        }
    }

    private static void make(Path dir) {
        try {
            Files.createDirectories(dir);
        } catch (IOException e) {
            throw new JournalException("journal: cannot make the directory " + dir + ": " + e, e);
        }
    }

    private static List<Outflow> leftovers(Path spools) {
        List<Outflow> leftovers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(spools, "*" + Spool.SUFFIX)) {
            for (Path file : files) {
                leftovers.add(new Outflow(Spool.open(file)));
            }
        } catch (IOException e) {
            throw new JournalException("journal: cannot read the spools at " + spools + ": " + e, e);
        }
        return leftovers;
    }

    /**
     * {@inheritDoc}
     *
     * @throws JournalException if the spool cannot be made
     * @throws IllegalStateException if the name is taken, or all recorders there may be are open
     */
    @Override
    public synchronized Recorder open(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("journal: not a name for a recorder: " + name);
        }
        if (closed || names.contains(name) || names.size() == settings.maxRecorders()) {
            throw new IllegalStateException("journal: no recorder " + name + ": "
                    + (closed
                            ? "it is closed"
                            : names.size() + " of " + settings.maxRecorders() + " are open: " + names));
        }
        Spool spool = spool(spools.resolve(name + Spool.SUFFIX));
        spool.touch();
        names.add(name);
        writer.add(spool);
        return new SpoolRecorder(spool, standing, writer::wake);
    }

    private Spool spool(Path file) {
        try {
            if (Files.exists(file)) {
                Spool earlier = Spool.open(file);
                if (earlier.capacity() == settings.spoolBytes()) {
                    return earlier;
                }
            }
            return Spool.create(file, settings.spoolBytes(), newId());
        } catch (IOException e) {
            throw new JournalException("journal: cannot make the spool " + file + ": " + e, e);
        }
    }

    private static long newId() {
        Random random = new SecureRandom();
        long id = random.nextLong();
        while (id == Batch.NO_SPOOL) {
            id = random.nextLong();
        }
        return id;
    }

    /** Why new statements are stopped at this moment, in one line; null when they are not. */
    public @Nullable String trouble() {
        return standing.refusal();
    }

    /** Refuses further records, moves those there are into the queue, and lets go of the directory. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        standing.ended("journal: it is closed");
        try {
            writer.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.close();
        }
    }
}
