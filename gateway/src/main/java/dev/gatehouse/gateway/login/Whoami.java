package dev.gatehouse.gateway.login;

import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Visible;
import dev.gatehouse.identity.Grant;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse whoami}: whose tokens are kept. */
@Command(name = "whoami", description = "Say who has signed in, where, and until when the token counts.")
public final class Whoami implements Callable<Integer> {

    private final Wallet wallet;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public Whoami(Map<String, String> environment) {
        this.wallet = new Wallet(environment, InstantSource.system());
    }

    @Override
    public Integer call() {
        Grant.Shown shown = wallet.token(Duration.ZERO);
        spec.commandLine()
                .getOut()
                .println(Visible.line(shown.user()) + " at "
                        + Visible.line(wallet.file().read().provider()) + ", until " + shown.expires());
        return ExitCode.DONE.status();
    }
}
