package dev.gatehouse.journal;

import dev.gatehouse.journal.seal.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;

/**
 * What a journal is opened with.
 *
 * @param dir the journal's directory, on a local disk; made if it is not there
 * @param roll how often a new file is begun
 * @param minFreeBytes free space below which new statements are stopped
 * @param spoolBytes size of each recorder's spool, a power of two
 * @param maxRecorders how many recorders may be opened
 * @param key signs checkpoints
 * @param checkpointEvery how often
 */
public record JournalSettings(
        Path dir,
        Roll roll,
        long minFreeBytes,
        int spoolBytes,
        int maxRecorders,
        SigningKey key,
        Duration checkpointEvery) {

    public static final int DEFAULT_SPOOL_BYTES = 32 << 20;
    static final int MIN_SPOOL_BYTES = 4 << 10;
    static final int MAX_SPOOL_BYTES = 1 << 30;

    public JournalSettings {
        if (Integer.bitCount(spoolBytes) != 1 || spoolBytes < MIN_SPOOL_BYTES || spoolBytes > MAX_SPOOL_BYTES) {
            throw new IllegalArgumentException("journal: a spool has a power of two of bytes between " + MIN_SPOOL_BYTES
                    + " and " + MAX_SPOOL_BYTES + ", not " + spoolBytes);
        }
        if (checkpointEvery.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "journal: a checkpoint every second at most, not every " + checkpointEvery);
        }
        if (maxRecorders < 1 || minFreeBytes < 0) {
            throw new IllegalArgumentException("journal: at least one recorder and no negative free space, not "
                    + maxRecorders + " and " + minFreeBytes);
        }
    }

    /** How often a new file is begun, on the clock of UTC. */
    public enum Roll {
        MINUTELY(LegacyRollCycles.MINUTELY),
        HOURLY(RollCycles.FAST_HOURLY),
        DAILY(RollCycles.FAST_DAILY);

        @SuppressWarnings("ImmutableEnumChecker") // Chronicle's own are enums.
        private final RollCycle cycle;

        Roll(RollCycle cycle) {
            this.cycle = cycle;
        }

        RollCycle cycle() {
            return cycle;
        }

        /** The word settings files use. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
