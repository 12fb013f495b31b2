package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse approvals withdraw}. */
@Command(
        name = "withdraw",
        description = "Take a request back, or an approval that was not used. For who asked, and an agent's owner.")
final class ApprovalsWithdraw implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final AdminOptions gateway;

    @Mixin
    private final RequestChoice request = new RequestChoice();

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--as",
            paramLabel = "USER",
            description = "The requester on whose word you act; for root and the gateway's own user only.")
    private Optional<String> as = Optional.empty();

    ApprovalsWithdraw(Places places) {
        this.gateway = new AdminOptions(places);
    }

    @Override
    public Integer call() {
        ObjectNode ticket = gateway.post(
                request.path() + "/withdraw", as.map(user -> Map.of("as", user)).orElse(Map.of()));
        if (output.isForPeople()) {
            spec.commandLine()
                    .getOut()
                    .println(ticket.path("id").asText() + " "
                            + ticket.path("state").asText() + "  ("
                            + Visible.line(ticket.path("subject").path("name").asText()) + ": "
                            + Visible.line(ticket.path("sql").asText()) + ")");
        } else {
            output.print(spec.commandLine().getOut(), ticket);
        }
        return ExitCode.DONE.status();
    }
}
