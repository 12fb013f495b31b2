package dev.gatehouse.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
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

    private ChronicleLedger(Path dir, SingleChronicleQueue queue) {
        this.dir = dir;
        this.queue = queue;
        this.appender = queue.createAppender();
    }

    /**
     * Opens the queue in a directory, making it if it is not there.
     *
     * @throws JournalException if that fails
     */
    static ChronicleLedger open(Path dir, JournalSettings.Roll roll) {
        try {
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
        try (ExcerptTailer tailer =
                        queue.createTailer().direction(TailerDirection.BACKWARD).toEnd();
                DocumentContext document = tailer.readingDocument()) {
            return document.isPresent()
                    ? Optional.of(Batch.read(Documents.bytes(document), "the last document of " + dir))
                    : Optional.empty();
        }
    }

    @Override
    public void append(Batch batch, ByteBuffer stretch) {
        batch.write(header.clear());
        DocumentContext document = appender.writingDocument();
        try {
            Documents.write(document, header);
            Documents.write(document, stretch);
        } catch (Throwable e) {
            // Without this the queue would take later documents that no reader ever sees.
            document.rollbackOnClose();
            document.close();
            throw e;
        }
        document.close();
    }

    @Override
    public void close() {
        queue.close();
    }
}
