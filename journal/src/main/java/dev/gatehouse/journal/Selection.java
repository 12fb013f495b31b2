package dev.gatehouse.journal;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which entries of the journal are read.
 *
 * @param since those from this instant on
 * @param session those of one session
 * @param frames whether {@link dev.gatehouse.firewall.audit.Event.Frames} are among them
 */
public record Selection(Optional<Instant> since, OptionalLong session, boolean frames) {

    /** Everything. */
    public static final Selection ALL = new Selection(Optional.empty(), OptionalLong.empty(), true);

    /** Everything but frames. */
    public static final Selection WITHOUT_FRAMES = new Selection(Optional.empty(), OptionalLong.empty(), false);

    /** The same from an instant on. */
    public Selection from(Instant instant) {
        return new Selection(Optional.of(instant), session, frames);
    }

    /** The same of one session. */
    public Selection of(long number) {
        return new Selection(since, OptionalLong.of(number), frames);
    }

    boolean takes(Strand record) {
        return (session.isEmpty() || session.getAsLong() == record.session())
                && (frames || !record.isFrames())
                && (since.isEmpty() || record.wall() >= nanos(since.get()));
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }
}
