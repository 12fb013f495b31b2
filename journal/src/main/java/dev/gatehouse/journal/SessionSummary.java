package dev.gatehouse.journal;

import dev.gatehouse.firewall.session.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One session in a list of them. Of a session whose begin is not in the journal (any more), what its
 * {@code Opened} would have told is empty.
 *
 * @param session its number
 * @param started its first entry
 * @param last its last entry so far
 * @param asked its last statement so far; empty when it asked nothing
 * @param end why it ended; {@code turned away: …} for a client that was not let in; empty while it lasts, or when the
 *     gateway died
 * @param statements how many statements were ruled on
 * @param blocked how many of them were blocked
 * @param held how many of them were held for approval
 */
public record SessionSummary(
        long session,
        Instant started,
        Instant last,
        Optional<Instant> asked,
        Optional<String> end,
        String user,
        String kind,
        List<String> groups,
        String source,
        String application,
        String protocol,
        String upstream,
        String database,
        String login,
        long statements,
        long blocked,
        long held) {

    public SessionSummary {
        groups = List.copyOf(groups);
    }

    /** The session's id as people see it. */
    public String id() {
        return Id.text(Id.SESSION, session);
    }

    /** From its first entry to its last so far. */
    public Duration duration() {
        return Duration.between(started, last);
    }
}
