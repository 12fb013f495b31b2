package dev.gatehouse.gateway.login;

import dev.gatehouse.gateway.command.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse logout}: forgets the tokens. */
@Command(name = "logout", description = "Forget the tokens that `gatehouse login` keeps.")
public final class Logout implements Callable<Integer> {

    private final LoginFile file;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public Logout(Map<String, String> environment) {
        this.file = new LoginFile(environment);
    }

    @Override
    public Integer call() {
        boolean any = file.forget();
        spec.commandLine().getErr().println(any ? "the tokens are forgotten" : "nobody had signed in");
        return ExitCode.DONE.status();
    }
}
