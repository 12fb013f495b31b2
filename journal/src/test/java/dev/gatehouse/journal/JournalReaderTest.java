package dev.gatehouse.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalReaderTest {

    @TempDir
    Path dir;

    @Test
    void everyReadingBesideABusyGatewayHoldsWhatWasRecordedBeforeIt() throws Exception {
        AtomicLong recorded = new AtomicLong();
        AtomicBoolean enough = new AtomicBoolean();
        try (ChronicleJournal journal = ChronicleJournal.open(Journals.settings(dir))) {
            Recorder loop = journal.open("loop-0");
            Recorder desk = journal.open("desk");
            Thread gateway = new Thread(() -> {
                for (long number = 0; !enough.get(); number++) {
                    Recorder recorder = number % 5 == 0 ? desk : loop;
                    while (!recorder.hasRoom()) {
                        Thread.onSpinWait();
                    }
                    recorder.record(Events.numbered(1, number));
                    recorded.set(number + 1);
                    if (number % 100 == 0) {
                        LockSupport.parkNanos(100_000);
                    }
                }
            });
            gateway.start();
            try (JournalReader reader = JournalReader.open(dir)) {
                for (int reading = 0; reading < 20; reading++) {
                    long before = recorded.get();
                    long count = 0;
                    for (Iterator<Event.Entry> it = reader.entries(); it.hasNext(); count++) {
                        Event.Entry entry = it.next();
                        assertThat(((Event.Asked) entry.event()).decision()).isEqualTo(count);
                    }
                    assertThat(count).isGreaterThanOrEqualTo(before);
                }
            } finally {
                enough.set(true);
                gateway.join();
            }
        }
    }

    @Test
    void aSelectionIsOfOneSessionFromAnInstantOnAndWithoutFrames() throws InterruptedException {
        Instant middle;
        try (ChronicleJournal journal = ChronicleJournal.open(Journals.settings(dir))) {
            Recorder recorder = journal.open("loop-0");
            recorder.record(new Event.Closed(1, "early"));
            Thread.sleep(20);
            middle = Instant.now().minusMillis(10);
            recorder.record(new Event.Closed(1, "late"));
            recorder.record(new Event.Closed(2, "late"));
            recorder.record(new Event.Frames(1, dev.gatehouse.firewall.audit.Direction.FROM_CLIENT, new byte[] {1}));
        }
        try (JournalReader reader = JournalReader.open(dir)) {
            assertThat(all(reader, Selection.ALL)).hasSize(4);
            assertThat(all(reader, Selection.ALL.of(2))).containsExactly(new Event.Closed(2, "late"));
            assertThat(all(reader, Selection.WITHOUT_FRAMES.of(1).from(middle)))
                    .containsExactly(new Event.Closed(1, "late"));
        }
    }

    private static List<Event> all(JournalReader reader, Selection selection) {
        List<Event> events = new ArrayList<>();
        reader.entries(selection).forEachRemaining(entry -> events.add(entry.event()));
        return events;
    }

    @Test
    void readingChangesNothing() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(Journals.settings(dir))) {
            Recorder recorder = journal.open("loop-0");
            LongStream.range(0, 100).forEach(i -> recorder.record(Events.numbered(1, i)));
        }
        Map<String, String> before = contents();

        assertThat(Journals.events(dir)).hasSize(100);

        assertThat(contents()).isEqualTo(before);
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // The begin is enough of a sparse file of many megabytes.
                byte[] begin;
                try (java.io.InputStream in = Files.newInputStream(file)) {
                    begin = in.readNBytes(1 << 20);
                }
                contents.put(
                        dir.relativize(file).toString(),
                        Files.size(file) + " " + Files.getLastModifiedTime(file) + " " + Arrays.hashCode(begin));
            }
        }
        return contents;
    }
}
