package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.policy.Glob;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.journal.SessionFilter;
import dev.gatehouse.journal.SessionSummary;
import dev.gatehouse.journal.Sessions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which sessions a command is about: those named, the last ones, or all since some time. */
final class SessionChoice {

    @Parameters(arity = "0..*", paramLabel = "SESSION", description = "Sessions' ids, such as ses_1P2K8Q7V00A0.")
    private List<String> ids = List.of();

    @Option(
            names = "--last",
            arity = "0..1",
            fallbackValue = "1",
            paramLabel = "N",
            description = "The last session that asked something, or the last N.")
    private Optional<Integer> last = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "All sessions from then on: 1h, or a time in RFC 3339.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--user", paramLabel = "NAME", description = "Only this user's; * stands for any characters.")
    private Optional<String> user = Optional.empty();

    /** Reads the journal once to find them, by their numbers. */
    Map<Long, SessionSummary> find(Parts.Reading journal) {
        if (ids.isEmpty() && last.isEmpty() && since.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "usage",
                    "which session?",
                    "give its id, --last, or --since 1h; see `gatehouse journal list --sessions`");
        }
        Set<Long> named = ids.stream().map(SessionChoice::number).collect(Collectors.toSet());
        SessionFilter filter =
                new SessionFilter(since.map(text -> Amount.moment(text, Instant.now())), user.map(Glob::new), Set.of());
        List<SessionSummary> found = Sessions.of(journal::entries, filter).stream()
                .filter(session -> named.isEmpty() ? session.asked().isPresent() : named.contains(session.session()))
                .sorted(Comparator.comparing(session -> session.asked().orElse(session.started())))
                .toList();
        if (found.isEmpty()) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "not_found",
                    "the journal has no such session",
                    "see `gatehouse journal list --sessions`");
        }
        return found.stream()
                .skip(last.map(count -> Math.max(0, found.size() - count)).orElse(0))
                .collect(Collectors.toMap(SessionSummary::session, session -> session));
    }

    private static long number(String id) {
        try {
            return Id.number(Id.SESSION, id);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "usage", "not a session's id: " + id, "ids look like ses_1P2K8Q7V00A0")
                    .because(e);
        }
    }
}
