package dev.gatehouse.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.journal.seal.Checkpoint;
import dev.gatehouse.journal.seal.Hash;
import dev.gatehouse.journal.seal.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever somebody does to the files of a journal, a verification finds it and names the place. */
final class TamperTest {

    /** How many random edits are tried; a nightly run says {@code -Dtamper.edits=1000}. */
    private static final int EDITS = Integer.getInteger("tamper.edits", 60);

    private static final int BATCHES = 12;

    @TempDir
    Path folder;

    private Path good;
    private List<byte[]> documents;

    @BeforeEach
    void write() throws IOException {
        good = folder.resolve("good");
        for (int run = 0; run < 3; run++) {
            try (ChronicleJournal journal = ChronicleJournal.open(Journals.settings(good))) {
                var recorder = journal.open("loop-0");
                for (int i = 0; i < BATCHES; i++) {
                    recorder.record(Events.numbered(run, i));
                    pause();
                }
            }
        }
        documents = documents(good);
    }

    /** Long enough for the writer to make a document of what there is. */
    private static void pause() {
        try {
            Thread.sleep(15);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<byte[]> documents(Path journal) {
        List<byte[]> documents = new ArrayList<>();
        try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(JournalFiles.queue(journal))
                        .readOnly(true)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            while (true) {
                try (DocumentContext context = tailer.readingDocument()) {
                    if (!context.isPresent()) {
                        return documents;
                    }
                    byte[] bytes =
                            new byte[Math.toIntExact(Document.bytes(context).readRemaining())];
                    Document.bytes(context).read(bytes);
                    documents.add(bytes);
                }
            }
        }
    }

    /** A journal with the same files beside its queue, and these documents in it. */
    private Path journal(List<byte[]> of) throws IOException {
        Path made = Files.createTempDirectory(folder, "edited");
        try (Stream<Path> files = Files.walk(good)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = good.relativize(file);
                if (!relative.startsWith("queue")) {
                    Files.createDirectories(made.resolve(relative).getParent());
                    Files.copy(file, made.resolve(relative));
                }
            }
        }
        try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(JournalFiles.queue(made))
                        .rollCycle(JournalSettings.Roll.HOURLY.cycle())
                        .build();
                ExcerptAppender appender = queue.createAppender()) {
            for (byte[] document : of) {
                try (DocumentContext context = appender.writingDocument()) {
                    Document.bytes(context).write(document);
                }
            }
        }
        return made;
    }

    private static Verification verify(Path journal, Checkpoint... elsewhere) {
        try (JournalReader reader = JournalReader.open(journal)) {
            return reader.verify(Optional.of(Hash.of(Journals.KEY.publicKey())), List.of(elsewhere));
        }
    }

    @Test
    void aLineThatAFullDiskCutShortSpoilsNothing() throws IOException {
        Path beside = JournalFiles.checkpoints(good);
        List<String> lines = Files.readAllLines(beside);
        Files.writeString(beside, lines.get(0).substring(0, 100), StandardOpenOption.APPEND);

        assertThat(verify(good).findings()).isEmpty();

        try (ChronicleJournal journal = ChronicleJournal.open(Journals.settings(good))) {
            journal.open("loop-0").record(Events.numbered(3, 0));
        }
        assertThat(verify(good).findings()).isEmpty();
        assertThat(Files.readAllLines(beside))
                .startsWith(lines.toArray(String[]::new))
                .hasSize(lines.size() + 1);
    }

    @Test
    void aLineFromTheFarFutureIsNoCheckpoint() {
        assertThat(Checkpoint.parse(Checkpoint.sign(Journals.KEY, Instant.EPOCH, 1, new byte[32])
                        .line()
                        .replace("1970-01-01T00:00:00Z", "+1000000000-12-31T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void aJournalThatWasLeftAloneIsGood() throws IOException {
        Verification verification = verify(good);

        assertThat(verification.findings()).isEmpty();
        assertThat(verification.records()).isEqualTo(3 * BATCHES);
        assertThat(verification.unsealed()).isZero();
        assertThat(verification.last().orElseThrow().records()).isEqualTo(3 * BATCHES);
        assertThat(verify(journal(documents)).findings()).isEmpty();
    }

    @Test
    void everyRandomEditIsFound() throws IOException {
        long seed = Long.getLong("tamper.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < EDITS; i++) {
            List<byte[]> edited = new ArrayList<>(documents);
            String edit = edit(edited, random);
            Verification verification = verify(journal(edited));
            assertThat(verification.isGood()).as("%s, seed %d", edit, seed).isFalse();
            assertThat(verification.findings().get(0).where()).isNotBlank();
        }
    }

    private static String edit(List<byte[]> documents, Random random) {
        int at = random.nextInt(documents.size());
        byte[] document = documents.get(at);
        int other = (at + 1 + random.nextInt(documents.size() - 1)) % documents.size();
        switch (random.nextInt(7)) {
            case 0 -> {
                byte[] flipped = document.clone();
                int bit = random.nextInt(8 * flipped.length);
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                documents.set(at, flipped);
                return "bit " + bit + " of document " + at + " flipped";
            }
            case 1 -> {
                documents.remove(at);
                return "document " + at + " dropped";
            }
            case 2 -> {
                Collections.swap(documents, at, other);
                return "documents " + at + " and " + other + " swapped";
            }
            case 3 -> {
                documents.add(other, document);
                return "document " + at + " inserted again before " + other;
            }
            case 4 -> {
                documents.set(other, document);
                return "document " + other + " replaced by " + at;
            }
            case 5 -> {
                documents.set(at, Arrays.copyOf(document, random.nextInt(document.length)));
                return "document " + at + " cut short";
            }
            default -> {
                int left = 1 + random.nextInt(documents.size() - 1);
                documents.subList(left, documents.size()).clear();
                return "cut off behind " + left + " documents";
            }
        }
    }

    /** Chronicle's own lengths and indexes lie between the documents: what is changed there may hide some of them. */
    @Test
    void everyRandomChangeOfTheFileItselfIsFoundUnlessAllIsReadAllTheSame() throws IOException {
        long seed = Long.getLong("tamper.seed", 1);
        Random random = new Random(seed);
        Path file;
        try (Stream<Path> files = Files.list(JournalFiles.queue(good))) {
            file = files.filter(f -> f.toString().endsWith(SingleChronicleQueue.SUFFIX))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] whole = Files.readAllBytes(file);
        int used = whole.length;
        while (whole[used - 1] == 0) {
            used--;
        }
        Path made = journal(documents);
        Path edited = JournalFiles.queue(made).resolve(file.getFileName().toString());
        for (int i = 0; i < EDITS; i++) {
            int bit = random.nextInt(8 * used);
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.delete(edited); // Another file than the one that an earlier reading may still have mapped.
            Files.write(edited, flipped);
            boolean good = isGood(made);
            if (good) {
                List<byte[]> left = documents(made);
                assertThat(left).as("bit %d, seed %d", bit, seed).hasSameSizeAs(documents);
                for (int at = 0; at < left.size(); at++) {
                    assertThat(left.get(at)).as("bit %d, seed %d", bit, seed).isEqualTo(documents.get(at));
                }
            }
        }
    }

    /** A queue that cannot be opened is as bad as one with faults: both end the command with 9. */
    private static boolean isGood(Path journal) {
        try {
            return verify(journal).isGood();
        } catch (JournalException unreadable) {
            return false;
        }
    }

    @Test
    void aCleverForgerWithoutTheKeyIsFound() throws IOException {
        // Changes a record, and mends every check sum and every hash behind it.
        List<byte[]> forged = new ArrayList<>();
        byte[] chain = new byte[32];
        Links links = new Links();
        boolean changed = false;
        for (byte[] document : documents) {
            ByteBuffer bytes = ByteBuffer.wrap(document.clone()).order(ByteOrder.LITTLE_ENDIAN);
            Batch batch = Batch.read(bytes, "a document");
            ByteBuffer stretch = bytes.slice(Batch.HEADER_BYTES, batch.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            if (!changed && batch.count() > 0) {
                stretch.put(Slot.HEADER_BYTES, (byte) ~stretch.get(Slot.HEADER_BYTES));
                changed = true;
            }
            bytes.putInt(52, Batch.crc(stretch));
            chain = links.next(chain, bytes.duplicate().position(0), batch, stretch);
            bytes.put(Batch.PLAIN_BYTES, chain);
            forged.add(bytes.array());
        }

        Verification verification = verify(journal(forged));

        assertThat(verification.findings()).isNotEmpty();
        assertThat(verification.findings().get(0).what()).contains("checkpoint is of another journal");
    }

    @Test
    void aForgerWithAnotherKeyIsFoundByWhoeverKnowsTheRightOne() throws IOException {
        Path forged = folder.resolve("forged");
        JournalSettings right = Journals.settings(forged);
        SigningKey another = SigningKey.ofSeed(HexFormat.of().parseHex("ab".repeat(32)));
        try (ChronicleJournal journal = ChronicleJournal.open(new JournalSettings(
                forged, right.roll(), 0, right.spoolBytes(), 4, another, right.checkpointEvery()))) {
            journal.open("loop-0").record(Events.numbered(1, 1));
        }

        assertThat(verify(forged).findings()).isNotEmpty();
        try (JournalReader reader = JournalReader.open(forged)) {
            assertThat(reader.verify(Optional.empty(), List.of()).findings()).isEmpty();
        }
    }

    @Test
    void aCutTailIsFoundByACheckpointThatWasKeptElsewhere() throws IOException {
        List<Checkpoint> checkpoints = JournalReader.checkpoints(JournalFiles.checkpoints(good));
        List<byte[]> shorter = new ArrayList<>(documents.subList(0, documents.size() / 2));
        Path cut = journal(shorter);
        // Whoever cuts the queue cuts what stands beside it too.
        Files.delete(JournalFiles.checkpoints(cut));
        try (Stream<Path> spools = Files.list(JournalFiles.spools(cut))) {
            for (Path spool : spools.toList()) {
                Files.delete(spool);
            }
        }
        assertThat(verify(cut).findings()).as("nothing beside it tells").isEmpty();

        Verification verification = verify(cut, checkpoints.get(checkpoints.size() - 1));

        assertThat(verification.findings()).hasSize(1);
        assertThat(verification.findings().get(0).what()).startsWith("the end is missing: the journal has ");
    }

    @Test
    void aWholeSegmentThatIsGoneIsFound() throws IOException {
        Path journal = journal(documents);
        try (Stream<Path> files = Files.list(JournalFiles.queue(journal))) {
            Files.delete(files.filter(file -> file.toString().endsWith(SingleChronicleQueue.SUFFIX))
                    .findFirst()
                    .orElseThrow());
        }
        Path empty = folder.resolve("empty");
        ChronicleJournal.open(Journals.settings(empty)).close();
        try (Stream<Path> files = Files.list(JournalFiles.queue(empty))) {
            for (Path file : files.filter(f -> f.toString().endsWith(SingleChronicleQueue.SUFFIX))
                    .toList()) {
                Files.copy(
                        file,
                        JournalFiles.queue(journal).resolve(file.getFileName().toString()));
            }
        }

        assertThat(verify(journal).findings()).isNotEmpty();
    }

    @Test
    void whatIsNotSealedYetIsCounted() throws IOException {
        Path journal = folder.resolve("open");
        try (ChronicleJournal open = ChronicleJournal.open(Journals.settings(journal))) {
            open.open("loop-0").record(Events.numbered(1, 1));
            pause();
            for (int i = 0; i < 100 && verify(journal).records() == 0; i++) {
                pause();
            }
            Verification verification = verify(journal);
            assertThat(verification.findings()).isEmpty();
            assertThat(verification.last()).isEmpty();
            assertThat(verification.unsealed()).isEqualTo(1);
        }
    }
}
