package dev.gatehouse.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChronicleLedgerTest {

    @TempDir
    Path dir;

    private static ByteBuffer stretch() {
        return ByteBuffer.allocateDirect(64).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 64);
    }

    private static Batch batch(long sequence, int crc) {
        return new Batch(1, 1, sequence, 42, 64 * sequence, 64 * (sequence + 1), 64, crc);
    }

    @Test
    void theLastBatchIsReadBack() {
        Batch batch = batch(0, Batch.crc(stretch()));
        try (ChronicleLedger ledger = open()) {
            assertThat(ledger.last()).isEmpty();
            ledger.append(batch, stretch());
            assertThat(ledger.last()).contains(batch);
        }
        try (ChronicleLedger ledger = open()) {
            assertThat(ledger.last()).contains(batch);
        }
    }

    @Test
    void aBatchThatDoesNotStayIsTakenBackAndTheNextIsKept() {
        Batch first = batch(0, Batch.crc(stretch()));
        Batch again = batch(1, Batch.crc(stretch()));
        try (ChronicleLedger ledger = open()) {
            ledger.append(first, stretch());

            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> ledger.append(batch(1, 12345), stretch()))
                    .withMessageContaining("does not stay there");

            assertThat(ledger.last()).contains(first);
            ledger.append(again, stretch());
            assertThat(ledger.last()).contains(again);
        }
    }

    @Test
    void aDamagedDocumentIsPassedOver() {
        Batch first = batch(0, Batch.crc(stretch()));
        try (ChronicleLedger ledger = open()) {
            ledger.append(first, stretch());
        }
        ByteBuffer header = ByteBuffer.allocate(Batch.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        batch(1, 12345).write(header);
        write(header.array(), new byte[64]);
        write(new byte[10]);
        try (ChronicleLedger ledger = open()) {
            assertThat(ledger.last()).contains(first);
        }
    }

    @Test
    void aLockThatADeadGatewayOfTheSameProcessNumberHeldIsBroken() {
        SingleChronicleQueue dead = SingleChronicleQueueBuilder.binary(dir)
                .rollCycle(JournalSettings.Roll.HOURLY.cycle())
                .build();
        Batch batch = batch(0, Batch.crc(stretch()));
        // Held by a document that nobody closes, as after SIGKILL.
        ExcerptAppender appender = dead.createAppender();
        DocumentContext unfinished = appender.writingDocument();
        try (ChronicleLedger ledger = open()) {
            ledger.append(batch, stretch());
            assertThat(ledger.last()).contains(batch);
        } finally {
            unfinished.rollbackOnClose();
            unfinished.close();
            dead.close();
        }
    }

    private void write(byte[]... parts) {
        try (SingleChronicleQueue queue =
                        SingleChronicleQueueBuilder.binary(dir).build();
                ExcerptAppender appender = queue.createAppender();
                DocumentContext document = appender.writingDocument()) {
            for (byte[] part : parts) {
                Document.bytes(document).write(part);
            }
        }
    }

    private ChronicleLedger open() {
        return ChronicleLedger.open(dir, JournalSettings.Roll.HOURLY);
    }
}
