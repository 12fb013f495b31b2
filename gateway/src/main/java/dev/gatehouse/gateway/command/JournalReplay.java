package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.journal.Selection;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal replay}: sessions as they went, in their own time or faster. */
@Command(name = "replay", description = "Play sessions back with the timing they had.")
final class JournalReplay implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final JournalOptions journal;

    @Mixin
    private final SessionChoice choice = new SessionChoice();

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times as fast; 0 for no waiting at all (default: ${DEFAULT-VALUE}).")
    private double speed = 1;

    @Option(names = "--max-idle", paramLabel = "SPAN", description = "Shorten longer pauses to this, such as 2s.")
    private Optional<Duration> maxIdle = Optional.empty();

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many rows of an answer to show, as the client saw them (default: ${DEFAULT-VALUE}).")
    private int rows = 10;

    @Option(names = "--utc", description = "Show times in UTC instead of this machine's zone.")
    private boolean utc;

    JournalReplay(Parts parts, Places places) {
        this.journal = new JournalOptions(parts, places);
    }

    @Override
    public Integer call() {
        if (!(speed >= 0) || rows < 0) {
            throw new Failure(ExitCode.USAGE, "usage", "--speed and --rows are not negative", "");
        }
        journal.read(this::play);
        return ExitCode.DONE.status();
    }

    private void play(Parts.Reading reading) {
        Set<Long> sessions = choice.find(reading).keySet();
        Timeline timeline = new Timeline(utc ? ZoneId.of("UTC") : ZoneId.systemDefault(), rows);
        PrintWriter out = spec.commandLine().getOut();
        Pace pace = new Pace();
        Selection selection =
                sessions.size() == 1 ? Selection.ALL.of(sessions.iterator().next()) : Selection.ALL;
        reading.entries(selection).forEachRemaining(entry -> {
            List<String> lines = sessions.contains(entry.event().session()) ? timeline.lines(entry) : List.of();
            if (!lines.isEmpty()) {
                Optional<Duration> skipped = pace.await(entry);
                skipped.ifPresent(idle -> out.println("               (" + Amount.words(idle) + ", shortened)"));
                lines.forEach(out::println);
                out.flush();
            }
        });
        timeline.rest().forEach(out::println);
    }

    /** Waits between events as long as there was between them, divided by the speed. */
    private final class Pace {

        private @Nullable Instant before;

        /** Waits until it is the entry's turn; answers how long a pause was that was shortened. */
        Optional<Duration> await(Event.Entry entry) {
            Instant previous = before;
            before = entry.at();
            if (previous == null || speed == 0) {
                return Optional.empty();
            }
            Duration idle = Duration.between(previous, entry.at());
            boolean isLong = maxIdle.isPresent() && idle.compareTo(maxIdle.get()) > 0;
            Duration pause = isLong ? maxIdle.get() : idle;
            sleep((long) (pause.toNanos() / speed));
            return isLong ? Optional.of(idle) : Optional.empty();
        }

        private void sleep(long nanos) {
            try {
                if (nanos > 0) {
                    Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure(ExitCode.FAILED, "interrupted", "the replay was interrupted", "").because(e);
            }
        }
    }
}
