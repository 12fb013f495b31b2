package dev.gatehouse.gateway.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse approvals receipt}: the signed word that a statement was approved. */
@Command(
        name = "receipt",
        description = "Write the signed receipt of an approval to standard output;"
                + " `gatehouse journal receipt verify` checks it, on any machine.")
final class ApprovalsReceipt implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final AdminOptions gateway;

    @Mixin
    private final RequestChoice request = new RequestChoice();

    ApprovalsReceipt(Places places) {
        this.gateway = new AdminOptions(places);
    }

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(gateway.get(request.path() + "/receipt"));
        return ExitCode.DONE.status();
    }
}
