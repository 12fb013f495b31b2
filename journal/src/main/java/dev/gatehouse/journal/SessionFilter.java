package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.policy.Glob;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which sessions a list holds.
 *
 * @param since those with an entry from this instant on; earlier entries are not counted
 * @param user those of users whose name matches; empty for all
 * @param verdicts those with a statement of one of these verdicts; empty for all
 */
public record SessionFilter(Optional<Instant> since, Optional<Glob> user, Set<Verdict> verdicts) {

    /** Every session. */
    public static final SessionFilter ALL = new SessionFilter(Optional.empty(), Optional.empty(), Set.of());

    public SessionFilter {
        verdicts = Set.copyOf(verdicts);
    }

    boolean takes(SessionTally tally) {
        return verdicts.isEmpty() || verdicts.stream().anyMatch(tally::has);
    }

    /** Whether users of that name are listed. */
    boolean takes(String name) {
        return user.map(glob -> glob.matches(name)).orElse(true);
    }
}
