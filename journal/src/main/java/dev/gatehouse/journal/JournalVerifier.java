package dev.gatehouse.journal;

import dev.gatehouse.journal.seal.Chain;
import dev.gatehouse.journal.seal.Checkpoint;
import dev.gatehouse.journal.seal.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a journal's queue document by document and compares what is there with the chain of hashes, the signed
 * checkpoints, and what is known of it elsewhere. Changes nothing; a gateway may be writing. Used by one thread, once.
 */
final class JournalVerifier {

    /** How many faults are told; one is enough to distrust the rest. */
    private static final int MOST_FINDINGS = 20;

    private final Path dir;
    private final SingleChronicleQueue queue;
    private final Optional<Hash> trusted;
    private final Links links = new Links();
    private final List<Verification.Finding> findings = new ArrayList<>();
    private final Set<Checkpoint> checkpoints = new LinkedHashSet<>();
    private final Set<Integer> segments = new LinkedHashSet<>();
    /** By spool, the position up to which the queue holds its records. */
    private final Map<Long, Long> kept = new HashMap<>();

    private byte[] chain = Chain.begin();
    private long documents;
    private long records;
    private @Nullable Checkpoint last;

    /** @param trusted the public key that checkpoints must be signed with; empty for any */
    JournalVerifier(Path dir, SingleChronicleQueue queue, Optional<Hash> trusted) {
        this.dir = dir;
        this.queue = queue;
        this.trusted = trusted;
    }

    /** @param elsewhere checkpoints that were kept outside the queue */
    Verification verify(List<Checkpoint> elsewhere) {
        Map<Path, Spool> spools = spools();
        Map<Long, Long> heads = new HashMap<>();
        spools.values().forEach(spool -> heads.put(spool.id(), spool.head()));
        try (ExcerptTailer tailer = queue.createTailer()) {
            while (step(tailer)) {
                documents++;
            }
        } catch (RuntimeException
                | InternalError e) { // The latter is how the JVM tells of a mapped file that is too short.
            find("the queue cannot be read any further: " + e, "after record " + (records - 1));
        }
        compare(elsewhere);
        heads.forEach((spool, head) -> {
            if (kept.getOrDefault(spool, 0L) < head) {
                find("records are missing that were in the queue once, by the word of their spool", "the end");
            }
        });
        long unsealed = last == null ? records : records - last.records();
        return new Verification(
                segments.size(), documents, records, Optional.ofNullable(last), unsealed, List.copyOf(findings));
    }

    private Map<Path, Spool> spools() {
        Map<Path, Spool> spools = new HashMap<>();
        Path folder = JournalFiles.spools(dir);
        if (!Files.isDirectory(folder)) {
            return spools;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + Spool.SUFFIX)) {
            for (Path file : files) {
                look(file, spools);
            }
        } catch (IOException e) {
            find("the spools cannot be read: " + e, folder.toString());
        }
        return spools;
    }

    private void look(Path file, Map<Path, Spool> spools) throws IOException {
        try {
            spools.put(file, Spool.view(file));
        } catch (NoSuchFileException replaced) {
            spools.remove(file);
        } catch (JournalException e) {
            find(String.valueOf(e.getMessage()), file.toString());
        }
    }

    private boolean step(ExcerptTailer tailer) {
        try (DocumentContext context = tailer.readingDocument()) {
            if (!context.isPresent()) {
                return false;
            }
            int cycle = queue.rollCycle().toCycle(context.index());
            segments.add(cycle);
            check(context, place(cycle, context.index()));
            return true;
        }
    }

    private String place(int cycle, long index) {
        Instant begin = Instant.ofEpochMilli(
                queue.epoch() + (long) cycle * queue.rollCycle().lengthInMillis());
        return "segment of " + begin + ", document " + Long.toHexString(index) + ", record " + records;
    }

    private void check(DocumentContext context, String place) {
        Bytes<?> in = Document.bytes(context);
        byte[] copy = new byte[Math.toIntExact(in.readRemaining())];
        in.read(copy);
        ByteBuffer bytes = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        try {
            Batch batch = Batch.read(bytes, "a document");
            ByteBuffer stretch = bytes.duplicate()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .position(Batch.HEADER_BYTES)
                    .limit(Batch.HEADER_BYTES + batch.bytes());
            if (stretch.limit() != copy.length) {
                find("a document is longer than it says", place);
            }
            check(bytes, batch, stretch, place);
        } catch (JournalException e) {
            find("a document is damaged: " + e.getMessage(), place);
        }
    }

    private void check(ByteBuffer header, Batch batch, ByteBuffer stretch, String place) {
        if (batch.sequence() != records) {
            find(
                    batch.sequence() > records
                            ? "records " + records + " to " + (batch.sequence() - 1) + " are missing"
                            : "a document stands here that belongs before record " + records,
                    place);
        }
        byte[] before = chain;
        byte[] said = new byte[Chain.BYTES];
        header.get(Batch.PLAIN_BYTES, said);
        chain = said;
        records = batch.nextSequence();
        if (batch.spool() != Batch.NO_SPOOL) {
            kept.merge(batch.spool(), batch.to(), Math::max);
        }
        if (!Hash.of(links.next(before, header, batch, stretch)).equals(Hash.of(said))) {
            find("a document is not the one that was written here, or the one before it is not", place);
        } else if (Batch.crc(stretch) != batch.crc()) {
            find("a document does not agree with its check sum", place);
        }
        if (batch.isSeal()) {
            check(Checkpoint.read(stretch), batch.sequence(), before, place);
        }
    }

    private void check(Optional<Checkpoint> read, long sequence, byte[] before, String place) {
        if (read.isEmpty()) {
            find("a checkpoint cannot be read", place);
            return;
        }
        Checkpoint checkpoint = read.get();
        if (!checkpoint.isSigned()) {
            find("a checkpoint's signature is wrong", place);
        } else if (trusted.isPresent() && !trusted.get().equals(checkpoint.key())) {
            find("a checkpoint is signed by another key, ed25519:" + checkpoint.key(), place);
        } else if (!checkpoint.reaches(sequence, before)) {
            find("a checkpoint is of another journal than the one before it", place);
        } else {
            last = checkpoint;
        }
        checkpoints.add(checkpoint);
    }

    private void compare(List<Checkpoint> elsewhere) {
        for (Checkpoint checkpoint : elsewhere) {
            boolean counts = checkpoint.isSigned()
                    && trusted.map(key -> key.equals(checkpoint.key())).orElse(true);
            if (!counts) {
                find("a checkpoint that was kept elsewhere is not signed as it should be", "of " + checkpoint.at());
            } else if (!checkpoints.contains(checkpoint)) {
                find(
                        checkpoint.records() > records
                                ? "the end is missing: the journal has " + records + " records, and had "
                                        + checkpoint.records() + " at " + checkpoint.at()
                                : "the journal is not the one of which a checkpoint was signed at " + checkpoint.at(),
                        "record " + Math.min(records, checkpoint.records()));
            }
        }
    }

    private void find(String what, String where) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(new Verification.Finding(what, where));
        }
    }
}
