package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.journal.Selection;
import dev.gatehouse.journal.Statements;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal show}: all the journal knows of a decision, or of every statement of a session. */
@Command(name = "show", description = "Show a decision, or all statements of a session, in full.")
final class JournalShow implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final JournalOptions journal;

    @Mixin
    private final Output output = new Output();

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "A decision, request or session: dec_…, req_… or ses_….")
    private String id = "";

    @Option(names = "--last", description = "The last statement.")
    private boolean last;

    JournalShow(Parts parts, Places places) {
        this.journal = new JournalOptions(parts, places);
    }

    @Override
    public Integer call() {
        if (id.isEmpty() != last) {
            throw new Failure(ExitCode.USAGE, "usage", "which statement?", "give an id or --last");
        }
        Statements statements = new Statements(statement -> true, last ? 1 : 0);
        journal.read(reading -> reading.entries(Selection.WITHOUT_FRAMES).forEachRemaining(statements));
        List<ObjectNode> found = statements.summaries().stream()
                .map(StatementDocument::of)
                .filter(this::isMeant)
                .toList();
        if (found.isEmpty()) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "not_found",
                    "the journal knows nothing of " + id,
                    "gatehouse journal list",
                    id);
        }
        found.forEach(item -> output.print(spec.commandLine().getOut(), item));
        return ExitCode.DONE.status();
    }

    private boolean isMeant(ObjectNode item) {
        return last
                || item.path("id").asText().equalsIgnoreCase(id)
                || (id.startsWith(Id.SESSION) && item.path("session").asText().equalsIgnoreCase(id))
                || item.path("decisions").findValuesAsText("request").contains(id)
                || item.path("detail").asText().equals(id);
    }
}
