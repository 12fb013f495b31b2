package dev.gatehouse.gateway.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse approvals approve}. */
@Command(name = "approve", description = "Let a waiting statement run.")
final class ApprovalsApprove implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final Decision decision;

    ApprovalsApprove(Places places) {
        this.decision = new Decision(places);
    }

    @Override
    public Integer call() {
        return decision.send("approve", spec);
    }
}
