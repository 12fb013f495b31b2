package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.gateway.command.Listing.Column;
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

/** {@code gatehouse journal list}: the statements, with their verdicts and answers. */
@Command(name = "list", aliases = "ls", description = "List statements with their verdicts and answers, oldest first.")
final class JournalList implements Callable<Integer> {

    private static final List<Column> COLUMNS = List.of(
            Column.of("TIME", item -> item.path("time").asText().replaceFirst("(\\.[0-9]{3})?[0-9]*Z$", "$1Z")),
            Column.field("DECISION", "id"),
            Column.field("WHO", "user"),
            Column.field("TO", "database"),
            Column.field("VERDICT", "verdict"),
            Column.field("RULE", "rule"),
            Column.of("RESULT", JournalList::result),
            Column.shrinking("STATEMENT", item -> item.path("sql").asText()));

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final JournalOptions journal;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--since", paramLabel = "WHEN", description = "Only from then on: 24h, or a time in RFC 3339.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--user", paramLabel = "NAME", description = "Only this user's.")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--verdict",
            paramLabel = "VERDICT",
            split = ",",
            description = "Only with these verdicts: ${COMPLETION-CANDIDATES}.")
    private Set<Verdict> verdicts = Set.of();

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
        Instant from = since.map(text -> Amount.moment(text, Instant.now())).orElse(Instant.MIN);
        Ledger ledger = new Ledger(exchange -> isWanted(exchange, from), limit);
        journal.forEach(ledger);
        List<ObjectNode> items =
                ledger.exchanges().stream().map(Exchange::document).toList();
        output.print(spec.commandLine().getOut(), new Listing("StatementList", COLUMNS, items));
        if (ledger.dropped() > 0) {
            spec.commandLine()
                    .getErr()
                    .println(ledger.dropped() + " earlier statements are not shown; --limit 0 shows all");
        }
        return ExitCode.DONE.status();
    }

    private boolean isWanted(Exchange exchange, Instant from) {
        return !exchange.at().isBefore(from)
                && user.map(exchange.user()::equals).orElse(true)
                && (verdicts.isEmpty() || verdicts.contains(exchange.verdict()));
    }

    /** The answer, or else how a held statement's request ended. */
    private static String result(ObjectNode item) {
        JsonNode decisions = item.path("decisions");
        String outcome = decisions.path(decisions.size() - 1).path("outcome").asText();
        String result = item.path("answer").path("result").asText();
        return outcome.isEmpty() || result.isEmpty() ? outcome + result : outcome + ", " + result;
    }
}
