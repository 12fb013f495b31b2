package dev.gatehouse.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder.JournalUnavailable;
import dev.gatehouse.journal.seal.Chain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The writer over a disk that fails at will. */
final class WriterTest {

    @TempDir
    Path dir;

    private final List<Batch> disk = new ArrayList<>();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicBoolean keepingAllTheSame = new AtomicBoolean();
    private final Standing standing = new Standing();
    private Writer writer;

    /** What SIGBUS on a full disk looks like. */
    private final class Disk implements Ledger {

        @Override
        public Optional<Batch> last() {
            synchronized (disk) {
                return disk.isEmpty() ? Optional.empty() : Optional.of(disk.get(disk.size() - 1));
            }
        }

        @Override
        public void append(Batch batch, ByteBuffer stretch) {
            synchronized (disk) {
                if (!failing.get() || keepingAllTheSame.get()) {
                    disk.add(batch);
                }
            }
            if (failing.get()) {
                throw new InternalError("a fault occurred in an unsafe memory access operation");
            }
        }

        @Override
        public byte[] chain() {
            return Chain.begin();
        }

        @Override
        public void close() {
            // A list stays.
        }
    }

    private SpoolRecorder recorder() throws IOException {
        Spool spool = Spool.create(dir.resolve("loop-0.ring"), 64 << 10, 42);
        writer.add(spool);
        return new SpoolRecorder(spool, standing, writer::wake);
    }

    @BeforeEach
    void start() {
        writer = new Writer(
                Disk::new,
                standing,
                new FreeSpace(Path.of("."), 0, () -> Long.MAX_VALUE),
                new Sealer(Journals.KEY, Journals.SELDOM, dir.resolve("checkpoints.jsonl")),
                List.of());
        writer.start().join();
    }

    @Test
    void afterAFailureNewStatementsAreStoppedUntilTheQueueIsReadBack() throws Exception {
        SpoolRecorder recorder = recorder();
        failing.set(true);
        recorder.record(Events.numbered(1, 1));
        await(() -> standing.refusal() != null);

        assertThatExceptionOfType(JournalUnavailable.class)
                .isThrownBy(() -> recorder.record(Events.numbered(1, 2)))
                .withMessageContaining("journal: it cannot be written: java.lang.InternalError");
        recorder.record(new Event.Closed(1, "a running answer"));

        failing.set(false);
        await(() -> standing.refusal() == null);
        recorder.record(Events.numbered(1, 3));
        writer.close();
        assertThat(disk.stream().mapToInt(Batch::count).sum()).isEqualTo(3);
    }

    @Test
    void aBatchThatWasKeptInSpiteOfTheFailureIsNotKeptTwice() throws Exception {
        SpoolRecorder recorder = recorder();
        keepingAllTheSame.set(true);
        failing.set(true);
        recorder.record(Events.numbered(1, 1));
        await(() -> standing.refusal() != null);
        failing.set(false);
        await(() -> standing.refusal() == null);
        writer.close();

        assertThat(disk.stream().mapToInt(Batch::count).sum()).isEqualTo(1);
    }

    @Test
    void aQueueThatLostRecordsIsNotTrustedAgain() throws Exception {
        SpoolRecorder recorder = recorder();
        recorder.record(Events.numbered(1, 1));
        await(() -> disk().size() == 2);
        failing.set(true);
        recorder.record(Events.numbered(1, 2));
        await(() -> standing.refusal() != null);
        synchronized (disk) {
            disk.remove(1);
        }
        failing.set(false);

        await(() -> String.valueOf(standing.refusal()).contains("has lost records"));
        writer.close();
        assertThat(disk()).hasSize(1);
    }

    private List<Batch> disk() {
        synchronized (disk) {
            return List.copyOf(disk);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }
}
