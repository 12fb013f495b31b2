package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which sessions a list holds.
 *
 * @param since those with an entry from this instant on; earlier entries are not counted
 * @param user those of users whose name matches; {@code *} stands for any characters; empty for all
 * @param verdicts those with a statement of one of these verdicts; empty for all
 */
public record SessionFilter(Optional<Instant> since, String user, Set<Verdict> verdicts) {

    /** Every session. */
    public static final SessionFilter ALL = new SessionFilter(Optional.empty(), "", Set.of());

    public SessionFilter {
        verdicts = Set.copyOf(verdicts);
    }

    boolean takes(SessionTally tally) {
        return verdicts.isEmpty() || verdicts.stream().anyMatch(tally::has);
    }

    /** Whether users of that name are listed. */
    boolean takes(String name) {
        return user.isEmpty() || glob().matcher(name).matches();
    }

    private Pattern glob() {
        StringBuilder pattern = new StringBuilder();
        for (String part : user.split("\\*", -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }
}
