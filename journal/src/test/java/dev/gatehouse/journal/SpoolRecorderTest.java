package dev.gatehouse.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder.JournalUnavailable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A recorder and the consumer of its spool, without the writer's thread between them. */
final class SpoolRecorderTest {

    private static final int CAPACITY = 16 << 10;

    private final AtomicInteger wakes = new AtomicInteger();
    private final Path file;
    private final Outflow outflow;
    private final SpoolRecorder recorder;

    SpoolRecorderTest() throws IOException {
        file = Files.createTempFile("journal", Spool.SUFFIX);
        Spool spool = Spool.create(file, CAPACITY, 42);
        outflow = new Outflow(spool);
        recorder = new SpoolRecorder(spool, new Standing(), wakes::incrementAndGet);
    }

    @AfterEach
    @AfterTry
    void deleteSpool() throws IOException {
        Files.deleteIfExists(file);
    }

    @Provide
    Arbitrary<List<Event>> mixes() {
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(3, Events.any()), net.jqwik.api.Tuple.of(1, Events.frames(1 << 10)))
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 200)
    void anyMixOfRecordsIsReadBackEqualAndInOrder(@ForAll("mixes") List<Event> events) {
        List<Event> read = new ArrayList<>();
        for (Event event : events) {
            if (!recorder.hasRoom()) {
                read.addAll(drain());
            }
            recorder.record(event);
        }
        read.addAll(drain());

        assertThat(joined(read)).usingRecursiveFieldByFieldElementComparator().isEqualTo(joined(events));
    }

    /** The events with neighbouring frames of one direction made one. */
    private static List<Event> joined(List<Event> events) {
        List<Event> joined = new ArrayList<>();
        for (Event event : events) {
            Event last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (event instanceof Event.Frames frames
                    && last instanceof Event.Frames before
                    && before.session() == frames.session()
                    && before.direction() == frames.direction()) {
                byte[] bytes = ByteBuffer.allocate(before.bytes().length + frames.bytes().length)
                        .put(before.bytes())
                        .put(frames.bytes())
                        .array();
                joined.set(joined.size() - 1, new Event.Frames(frames.session(), frames.direction(), bytes));
            } else {
                joined.add(event);
            }
        }
        return joined;
    }

    @Test
    void aFullSpoolTakesAllOfARecordOrNothing() {
        int taken = fill(900);
        assertThat(recorder.hasRoom()).isFalse();

        assertThatExceptionOfType(JournalUnavailable.class)
                .isThrownBy(
                        () -> recorder.frames(1, Direction.TO_CLIENT, Unpooled.wrappedBuffer(new byte[5000]), 0, 5000))
                .withMessageContaining("is full");

        assertThat(drain()).hasSize(taken);
        assertThat(recorder.hasRoom()).isTrue();
        recorder.record(new Event.Closed(1, "bye"));
        assertThat(drain()).containsExactly(new Event.Closed(1, "bye"));
    }

    @Test
    void roundAndRoundTheRingNothingIsLost() {
        byte[] sql = new byte[1000];
        for (int i = 0; i < 10_000; i++) {
            int length = (i * 37) % sql.length;
            recorder.allowed(i, i, sql, length, "reads", "pol_1");
            if (i % 8 == 7) {
                assertThat(drain())
                        .extracting(Event::session)
                        .containsExactly(i - 7L, i - 6L, i - 5L, i - 4L, i - 3L, i - 2L, i - 1L, (long) i);
            }
        }
    }

    @Test
    void theWriterIsWokenOnceTheRingIsMoreThanHalfFull() {
        for (int i = 0; i < 7; i++) {
            recorder.frames(1, Direction.TO_CLIENT, Unpooled.wrappedBuffer(new byte[1000]), 0, 1000);
        }
        assertThat(wakes).hasValue(0);

        fill(1000);
        assertThat(wakes.get()).isPositive();
    }

    @Test
    void aStatementLargerThanTheSpoolTakesIsRefusedWithItsSize() {
        assertThatExceptionOfType(JournalUnavailable.class)
                .isThrownBy(() -> recorder.allowed(1, 2, new byte[CAPACITY], CAPACITY, "reads", "pol_1"))
                .withMessageContaining("16384 bytes");
        assertThatExceptionOfType(JournalUnavailable.class)
                .isThrownBy(() -> recorder.record(new Event.Closed(1, "x".repeat(CAPACITY))));
        assertThat(drain()).isEmpty();
    }

    @Test
    void aFailedCopyLeavesNothingBehind() {
        ByteBuf bytes = Unpooled.wrappedBuffer(new byte[10]);

        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> recorder.frames(1, Direction.TO_CLIENT, bytes, 5, 10));

        recorder.record(new Event.Closed(1, "bye"));
        assertThat(drain()).containsExactly(new Event.Closed(1, "bye"));
    }

    @Test
    void aDamagedRecordIsReportedAndNotRead() {
        recorder.record(new Event.Closed(1, "bye"));
        outflow.spool().ring().putInt(0, 1 << 20);
        outflow.look();

        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> outflow.next(Long.MAX_VALUE, Drain.BATCH_BYTES))
                .withMessageContaining("damaged: a record of 1048576 bytes");
    }

    /** Records frames until no more fit; tells how many did. */
    private int fill(int bytes) {
        for (int taken = 0; ; taken++) {
            try {
                recorder.frames(1, Direction.TO_CLIENT, Unpooled.wrappedBuffer(new byte[bytes]), 0, bytes);
            } catch (JournalUnavailable full) {
                return taken;
            }
        }
    }

    private List<Event> drain() {
        List<Event> events = new ArrayList<>();
        outflow.look();
        while (outflow.next(Long.MAX_VALUE, 3000)) {
            Batch batch = outflow.batch(1, 0);
            Pass pass = new Pass(1, 0);
            ByteBuffer stretch = outflow.stretch(batch);
            pass.add(
                    1,
                    new Stretch(
                            0,
                            ByteBuffer.allocate(stretch.remaining())
                                    .put(stretch)
                                    .flip()),
                    "test");
            int before = events.size();
            for (Strand record = pass.next(); record != null; record = pass.next()) {
                events.add(record.entry(0).event());
            }
            assertThat(events.size() - before).isEqualTo(batch.count());
            outflow.consumed();
        }
        return events;
    }
}
