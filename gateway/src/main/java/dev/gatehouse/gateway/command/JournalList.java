package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.policy.Glob;
import dev.gatehouse.journal.Selection;
import dev.gatehouse.journal.SessionFilter;
import dev.gatehouse.journal.SessionSummary;
import dev.gatehouse.journal.Sessions;
import dev.gatehouse.journal.StatementSummary;
import dev.gatehouse.journal.Statements;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal list}: the statements with their verdicts and answers, or the sessions. */
@Command(
        name = "list",
        aliases = "ls",
        description = "List statements with their verdicts and answers, or sessions, oldest first.")
final class JournalList implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final JournalOptions journal;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--since", paramLabel = "WHEN", description = "Only from then on: 24h, or a time in RFC 3339.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--user", paramLabel = "NAME", description = "Only this user's; * stands for any characters.")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--verdict",
            paramLabel = "VERDICT",
            split = ",",
            description = "Only with these verdicts: ${COMPLETION-CANDIDATES}.")
    private Set<Verdict> verdicts = Set.of();

    @Option(names = "--sessions", description = "List sessions instead: those with such statements.")
    private boolean sessions;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most the latest N; 0 for all (default: ${DEFAULT-VALUE}).")
    private int limit = 1000;

    JournalList(Parts parts, Places places) {
        this.journal = new JournalOptions(parts, places);
    }

    @Override
    public Integer call() {
        Optional<Instant> from = since.map(text -> Amount.moment(text, Instant.now()));
        journal.read(sessions ? reading -> listSessions(reading, from) : reading -> listStatements(reading, from));
        return ExitCode.DONE.status();
    }

    private void listStatements(Parts.Reading reading, Optional<Instant> from) {
        Optional<Glob> name = user.map(Glob::new);
        Statements statements = new Statements(
                statement -> isWanted(statement, from)
                        && name.map(glob -> glob.matches(statement.user())).orElse(true),
                limit);
        reading.entries(Selection.WITHOUT_FRAMES).forEachRemaining(statements);
        print(new Listing(
                "StatementList",
                StatementDocument.COLUMNS,
                statements.summaries().stream().map(StatementDocument::of).toList()));
        left(statements.dropped(), "statements");
    }

    private boolean isWanted(StatementSummary statement, Optional<Instant> from) {
        return from.map(instant -> !statement.at().isBefore(instant)).orElse(true)
                && (verdicts.isEmpty() || verdicts.contains(statement.asked().verdict()));
    }

    private void listSessions(Parts.Reading reading, Optional<Instant> from) {
        SessionFilter filter = new SessionFilter(from, user.map(Glob::new), verdicts);
        List<SessionSummary> found = Sessions.of(reading::entries, filter);
        int dropped = limit == 0 ? 0 : Math.max(0, found.size() - limit);
        print(new Listing(
                "SessionList",
                SessionDocument.COLUMNS,
                found.stream().skip(dropped).map(SessionDocument::of).toList()));
        left(dropped, "sessions");
    }

    private void print(Listing listing) {
        if (listing.items().isEmpty() && output.isForPeople()) {
            spec.commandLine().getErr().println("The journal has nothing of that.");
        } else {
            output.print(spec.commandLine().getOut(), listing);
        }
    }

    private void left(long dropped, String what) {
        if (dropped > 0) {
            spec.commandLine().getErr().println(dropped + " earlier " + what + " are not shown; --limit 0 shows all");
        }
    }
}
