package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.session.Id;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    @Option(names = "--user", paramLabel = "NAME", description = "Only this user's.")
    private Optional<String> user = Optional.empty();

    /** Reads the journal once to find them. */
    Set<Long> find(JournalOptions journal) {
        if (ids.isEmpty() && last.isEmpty() && since.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "usage",
                    "which session?",
                    "give its id, --last, or --since 1h; see `journal list -o json`");
        }
        Instant from = since.map(text -> Amount.moment(text, Instant.now())).orElse(Instant.MIN);
        Set<Long> named = new HashSet<>(ids.stream().map(SessionChoice::number).toList());
        Set<Long> others = new HashSet<>();
        LinkedHashSet<Long> found = new LinkedHashSet<>();
        journal.forEach(entry -> {
            long session = entry.event().session();
            if (entry.event() instanceof Event.Opened opened
                    && !user.map(opened.user()::equals).orElse(true)) {
                others.add(session);
            }
            boolean isWanted = named.isEmpty() || named.contains(session);
            if (entry.event() instanceof Event.Asked
                    && isWanted
                    && !entry.at().isBefore(from)
                    && !others.contains(session)) {
                found.remove(session);
                found.add(session);
            }
        });
        if (found.isEmpty()) {
            throw new Failure(ExitCode.NOT_FOUND, "not_found", "the journal has no such session", "");
        }
        List<Long> order = new ArrayList<>(found);
        int first = last.map(count -> Math.max(0, order.size() - count)).orElse(0);
        return new LinkedHashSet<>(order.subList(first, order.size()));
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
