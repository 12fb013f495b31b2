package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.gateway.command.Listing.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse approvals list}: what waits, the oldest first. */
@Command(name = "list", aliases = "ls", description = "List the statements that wait, the oldest first.")
final class ApprovalsList implements Callable<Integer> {

    private static final List<Column> COLUMNS = List.of(
            Column.field("ID", "id"),
            Column.of("WAIT", ApprovalsList::waited),
            Column.of("WHO", ApprovalsList::who),
            Column.of(
                    "TO",
                    item -> Target.words(
                            item.path("upstream").asText(),
                            item.path("database").asText())),
            Column.shrinking("STATEMENT", item -> item.path("sql").asText()),
            Column.of("WHY", item -> item.path("rule").path("id").asText()),
            Column.field("CODE", "code"));

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final AdminOptions gateway;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--all", description = "Also those that ended, the latest first, as far as the gateway remembers.")
    private boolean all;

    ApprovalsList(Places places) {
        this.gateway = new AdminOptions(places);
    }

    @Override
    public Integer call() {
        List<ObjectNode> items = new ArrayList<>();
        gateway.get(all ? "/v1/approvals?all=1" : "/v1/approvals")
                .withArray("items")
                .forEach(item -> {
                    if (item instanceof ObjectNode request) {
                        items.add(request);
                    }
                });
        if (items.isEmpty() && output.isForPeople()) {
            spec.commandLine().getErr().println("Nothing waits for approval.");
            return ExitCode.DONE.status();
        }
        List<Column> columns = new ArrayList<>(COLUMNS);
        if (all) {
            columns.add(1, Column.field("STATE", "state"));
        }
        output.print(spec.commandLine().getOut(), new Listing("ApprovalList", columns, items));
        return ExitCode.DONE.status();
    }

    private static String waited(ObjectNode item) {
        return item.path("state").asText().equals("pending")
                ? Amount.clock(Duration.ofSeconds(item.path("waitSeconds").asLong()))
                : "–";
    }

    private static String who(ObjectNode item) {
        String application = item.path("application").asText();
        String name = item.path("subject").path("name").asText();
        return application.isEmpty() ? name : name + "  " + application;
    }
}
