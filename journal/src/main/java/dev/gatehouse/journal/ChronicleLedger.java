package dev.gatehouse.journal;

import dev.gatehouse.journal.seal.Chain;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.TailerDirection;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/** Batches as documents of a Chronicle queue, written as raw bytes. */
final class ChronicleLedger implements Ledger {

    private final Path dir;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final ByteBuffer header =
            ByteBuffer.allocateDirect(Batch.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private final Links links = new Links();
    private byte[] chain;
    private byte[] readBack = new byte[Drain.BATCH_BYTES];

    private ChronicleLedger(Path dir, SingleChronicleQueue queue) {
        this.dir = dir;
        this.queue = queue;
        this.appender = queue.createAppender();
        this.chain = lastDocument().map(document -> document.chain().bytes()).orElse(Chain.begin());
    }

    /**
     * Opens the queue in a directory, making it if it is not there.
     *
     * @throws JournalException if that fails
     */
    static ChronicleLedger open(Path dir, JournalSettings.Roll roll) {
        try {
            StaleLocks.clear(dir);
            return new ChronicleLedger(
                    dir,
                    SingleChronicleQueueBuilder.binary(dir)
                            .rollCycle(roll.cycle())
                            .build());
        } catch (RuntimeException | LinkageError e) {
            throw new JournalException("journal: cannot open the queue at " + dir + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Batch> last() {
        return lastDocument().map(Document::batch);
    }

    @Override
    public byte[] chain() {
        return chain.clone();
    }

    private Optional<Document> lastDocument() {
        try (ExcerptTailer tailer =
                queue.createTailer().direction(TailerDirection.BACKWARD).toEnd()) {
            while (true) {
                try (DocumentContext context = tailer.readingDocument()) {
                    if (!context.isPresent()) {
                        return Optional.empty();
                    }
                    Document document = Document.read(context, "the end of " + dir);
                    if (document != null) {
                        return Optional.of(document);
                    }
                }
            }
        }
    }

    @Override
    public void append(Batch batch, ByteBuffer stretch) {
        batch.write(header.clear());
        byte[] next = links.next(chain, header, batch, stretch);
        header.put(Batch.PLAIN_BYTES, next);
        DocumentContext document = appender.writingDocument();
        try {
            Bytes<?> out = Document.bytes(document);
            long at = out.writePosition();
            out.ensureCapacity(at + header.remaining() + stretch.remaining());
            out.writeSome(header);
            out.writeSome(stretch);
            verify(out, at + Batch.HEADER_BYTES, batch);
        } catch (Throwable e) {
            // Without this the queue would take later documents that no reader ever sees.
            document.rollbackOnClose();
            document.close();
            throw e;
        }
        document.close();
        chain = next;
    }

    /** On a full disk a store fails without a word, and the JVM tells of it at some later time or not at all. */
    private void verify(Bytes<?> out, long at, Batch batch) {
        if (readBack.length < batch.bytes()) {
            readBack = new byte[batch.bytes()];
        }
        out.read(at, readBack, 0, batch.bytes());
        if (Batch.crc(ByteBuffer.wrap(readBack, 0, batch.bytes())) != batch.crc()) {
            throw new JournalException(
                    "journal: what is written to the queue at " + dir + " does not stay there; is the disk full?");
        }
    }

    @Override
    public void close() {
        queue.close();
    }
}
