package dev.gatehouse.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.audit.Recorder.JournalUnavailable;
import dev.gatehouse.firewall.audit.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChronicleJournalTest {

    @TempDir
    Path dir;

    @Test
    void whatWasRecordedIsReadWhileTheJournalIsOpenAndAfter() {
        Event closed = new Event.Closed(7, "client left");
        try (ChronicleJournal journal = ChronicleJournal.open(Journals.settings(dir))) {
            Recorder recorder = journal.open("loop-0");
            for (int i = 0; i < 100; i++) {
                recorder.record(Events.numbered(7, i));
            }
            recorder.record(closed);

            assertThat(Journals.events(dir)).hasSize(101).endsWith(closed);
        }
        assertThat(Journals.events(dir)).hasSize(101).endsWith(closed);
    }

    @Test
    void theShortFormsAreReadAsTheirEvents() {
        byte[] sql = "select 'é'; rest".getBytes(StandardCharsets.UTF_8);
        ByteBuf tag = Unpooled.directBuffer().writeBytes("xxSELECT 1yy".getBytes(StandardCharsets.US_ASCII));
        try (ChronicleJournal journal = ChronicleJournal.open(Journals.settings(dir))) {
            Recorder recorder = journal.open("loop-0");
            recorder.allowed(7, 8, sql, sql.length - 6, "reads", "pol_1");
            recorder.answered(7, 8, tag, 2, 8);
        } finally {
            tag.release();
        }

        assertThat(Journals.events(dir))
                .containsExactly(
                        new Event.Asked(7, 8, "select 'é'", List.of(), Verdict.ALLOW, "reads", "pol_1", ""),
                        new Event.Answered(7, 8, "SELECT 1", false, List.of()));
    }

    @Test
    void longFramesAreReadBackInParts() {
        byte[] bytes = new byte[20_000];
        new java.util.Random(1).nextBytes(bytes);
        try (ChronicleJournal journal = ChronicleJournal.open(Journals.settings(dir))) {
            journal.open("loop-0").frames(7, Direction.TO_CLIENT, Unpooled.wrappedBuffer(bytes), 100, 19_000);
        }

        ByteBuf read = Unpooled.buffer();
        for (Event event : Journals.events(dir)) {
            read.writeBytes(((Event.Frames) event).bytes());
        }
        assertThat(read).isEqualTo(Unpooled.wrappedBuffer(bytes, 100, 19_000));
    }

    @Test
    void sequencesCountTheRecordsOverRestarts() {
        for (int run = 0; run < 3; run++) {
            try (ChronicleJournal journal = ChronicleJournal.open(Journals.settings(dir))) {
                Recorder recorder = journal.open("loop-0");
                for (int i = 0; i < 10; i++) {
                    recorder.record(Events.numbered(run, i));
                }
            }
        }

        assertThat(Journals.entries(dir))
                .extracting(Event.Entry::sequence)
                .containsExactlyElementsOf(
                        java.util.stream.LongStream.range(0, 30).boxed().toList());
    }

    @Test
    void twoRecordersAreReadInTheOrderOfTime() {
        try (ChronicleJournal journal = ChronicleJournal.open(Journals.settings(dir))) {
            Recorder loop = journal.open("loop-0");
            Recorder desk = journal.open("desk");
            for (int i = 0; i < 1000; i++) {
                (i % 3 == 0 ? desk : loop).record(Events.numbered(7, i));
                if (i % 50 == 0) {
                    Thread.onSpinWait();
                    waitFor(loop);
                }
            }
        }

        assertThat(Journals.events(dir))
                .extracting(event -> ((Event.Asked) event).decision())
                .containsExactlyElementsOf(
                        java.util.stream.LongStream.range(0, 1000).boxed().toList());
    }

    private static void waitFor(Recorder recorder) {
        while (!recorder.hasRoom()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void belowTheWatermarkNewStatementsAreStoppedAndAnswersAreTaken() {
        try (ChronicleJournal journal = ChronicleJournal.open(Journals.settings(dir, Long.MAX_VALUE))) {
            Recorder recorder = journal.open("loop-0");

            assertThatExceptionOfType(JournalUnavailable.class)
                    .isThrownBy(() -> recorder.allowed(7, 8, new byte[0], 0, "reads", "pol_1"))
                    .withMessageMatching("journal: only .+ free of the 8 EiB that must stay free at .+");
            assertThatExceptionOfType(JournalUnavailable.class)
                    .isThrownBy(() -> recorder.record(Events.numbered(7, 8)));
            recorder.frames(7, Direction.TO_CLIENT, Unpooled.wrappedBuffer(new byte[1]), 0, 1);
            recorder.record(new Event.Closed(7, "done"));
        }
        assertThat(Journals.events(dir)).hasSize(2);
    }

    @Test
    void aClosedJournalTakesNothing() {
        ChronicleJournal journal = ChronicleJournal.open(Journals.settings(dir));
        Recorder recorder = journal.open("loop-0");
        journal.close();

        assertThatExceptionOfType(JournalUnavailable.class)
                .isThrownBy(() -> recorder.record(new Event.Closed(7, "late")))
                .withMessage("journal: it is closed");
    }

    @Test
    void aSecondGatewayIsRefused() {
        try (ChronicleJournal first = ChronicleJournal.open(Journals.settings(dir))) {
            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> ChronicleJournal.open(Journals.settings(dir)))
                    .withMessageContaining("another gateway writes to " + dir);
            assertThat(first.trouble()).isNull();
        }
        ChronicleJournal.open(Journals.settings(dir)).close();
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(dir.resolve("file"));

        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> ChronicleJournal.open(Journals.settings(file.resolve("journal"))))
                .withMessageContaining("cannot make the directory " + file);
    }

    @Test
    void aDamagedSpoolIsNamedAndNothingIsOpened() throws IOException {
        ChronicleJournal journal = ChronicleJournal.open(Journals.settings(dir));
        journal.open("loop-0");
        journal.close();
        Path spool = dir.resolve("spool/loop-0.ring");
        Files.write(spool, new byte[(int) Files.size(spool)]);

        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> ChronicleJournal.open(Journals.settings(dir)))
                .withMessageContaining("loop-0.ring is damaged");
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> Journals.entries(dir))
                .withMessageContaining("loop-0.ring is damaged");
    }

    @Test
    void anEmptyOrMissingDirectoryHasNoJournal() {
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> JournalReader.open(dir))
                .withMessage("journal: there is no journal at " + dir);
        assertThatExceptionOfType(JournalException.class).isThrownBy(() -> JournalReader.open(dir.resolve("missing")));
    }

    @Test
    void aJournalWithoutRecordsReadsAsEmpty() {
        ChronicleJournal.open(Journals.settings(dir)).close();

        assertThat(Journals.entries(dir)).isEmpty();
    }

    @Test
    void recordersHaveUniqueNamesAndANumber() {
        try (ChronicleJournal journal = ChronicleJournal.open(Journals.settings(dir))) {
            journal.open("a");
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> journal.open("a"));
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> journal.open("../a"));
            journal.open("b");
            journal.open("c");
            journal.open("d");
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> journal.open("e"))
                    .withMessageContaining("4 of 4");
        }
    }

    @Test
    void aSpoolOfAnotherSizeIsMadeAnewAndNothingIsLost() {
        try (ChronicleJournal journal = ChronicleJournal.open(Journals.settings(dir))) {
            journal.open("loop-0").record(Events.numbered(1, 1));
        }
        try (ChronicleJournal journal = ChronicleJournal.open(new JournalSettings(
                dir, JournalSettings.Roll.HOURLY, 0, 128 << 10, 1, Journals.KEY, Journals.SELDOM))) {
            journal.open("loop-0").record(Events.numbered(1, 2));
        }

        assertThat(Journals.events(dir)).containsExactly(Events.numbered(1, 1), Events.numbered(1, 2));
    }
}
