package dev.gatehouse.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.audit.Event;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise of {@link dev.gatehouse.firewall.audit.Recorder}, kept against SIGKILL. */
final class KillTest {

    private static final int KILLS = 5;

    @TempDir
    Path dir;

    @Test
    void everyEventWhoseRecordingReturnedIsReadAfterSigkillAndAfterTheNextStart() throws Exception {
        Path journal = dir.resolve("journal");
        Path home = Files.createDirectory(dir.resolve("home"));
        Random random = new Random();
        long[] next = new long[Victim.THREADS];
        for (int kill = 0; kill < KILLS; kill++) {
            long first = Arrays.stream(next).max().orElse(0);
            long[] printed = runAndKill(journal, home, first, random.nextInt(1, 8000));

            List<Event> dead = Journals.events(journal);
            assertThat(Journals.verify(journal).findings()).as("after the kill").isEmpty();
            for (int session = 0; session < Victim.THREADS; session++) {
                List<Long> numbers = numbers(dead, session);
                assertThat(numbers)
                        .as("session %d, printed up to %d", session, printed[session])
                        .isSorted();
                List<Long> ofThisRun = numbers.stream().filter(n -> n >= first).toList();
                assertThat(ofThisRun)
                        .containsExactlyElementsOf(LongStream.range(first, first + ofThisRun.size())
                                .boxed()
                                .toList());
                assertThat(first + ofThisRun.size()).isGreaterThan(printed[session]);
                next[session] = first + ofThisRun.size();
            }
            if (kill % 2 == 0) {
                ChronicleJournal.open(Journals.settings(journal)).close();
            }
            assertThat(Journals.events(journal)).isEqualTo(dead);
            assertThat(Journals.verify(journal).findings())
                    .as("after the next start")
                    .isEmpty();
        }
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).isEmpty();
        }
    }

    private static List<Long> numbers(List<Event> events, long session) {
        return events.stream()
                .filter(event -> event.session() == session)
                .map(event -> ((Event.Asked) event).decision())
                .toList();
    }

    /** Runs a victim until it has printed so many lines, kills it, and tells the last number of each session it printed. */
    private static long[] runAndKill(Path journal, Path home, long first, int lines)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("chronicle.jvm", "").split(" ")));
        command.addAll(List.of(
                "-Xmx256m",
                "-Duser.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                journal.toString(),
                Long.toString(first)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("HOME", home.toString());
        builder.directory(new File(home.toString()));
        Process victim = builder.start();
        long[] printed = new long[Victim.THREADS];
        Arrays.fill(printed, first - 1);
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.US_ASCII))) {
            int count = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                int space = line.indexOf(' ');
                printed[Integer.parseInt(line.substring(0, space))] = Long.parseLong(line.substring(space + 1));
                if (++count == lines) {
                    // The process's own method would close the pipe, and what was printed would be lost.
                    victim.toHandle().destroyForcibly();
                }
            }
            assertThat(count).isGreaterThanOrEqualTo(lines);
        }
        assertThat(victim.waitFor()).isEqualTo(128 + 9);
        return printed;
    }
}
