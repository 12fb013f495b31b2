package dev.gatehouse.gateway.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse approvals reject}. */
@Command(name = "reject", description = "Refuse a waiting statement.")
final class ApprovalsReject implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final Decision decision;

    ApprovalsReject(Places places) {
        this.decision = new Decision(places);
    }

    @Override
    public Integer call() {
        return decision.send("reject", spec);
    }
}
