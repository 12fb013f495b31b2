package dev.gatehouse.gateway.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that only the launcher of a checkout can run, listed so that it is found. */
final class Elsewhere implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", hidden = true)
    private List<String> rest = List.of();

    @Override
    public Integer call() {
        throw new Failure(
                ExitCode.USAGE,
                "usage",
                "`gatehouse "
                        + String.join(" ", spec.name(), String.join(" ", rest)).strip()
                        + "` runs in a checkout of the sources only",
                "clone the repository and run ./gatehouse " + spec.name() + " there");
    }
}
