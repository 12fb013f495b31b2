package dev.gatehouse.gateway.login;

import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.identity.Grant;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse token}: a password that any driver can use. */
@Command(name = "token", description = "Print a token, for use as the password: PGPASSWORD=$(gatehouse token) psql …")
public final class Token implements Callable<Integer> {

    private static final InstantSource CLOCK = InstantSource.system();

    private final Wallet wallet;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--ttl",
            paramLabel = "SPAN",
            defaultValue = "1m",
            description =
                    "How long it is to count at least, as far as the provider gives it (default: ${DEFAULT-VALUE}).")
    private Duration ttl = Duration.ofMinutes(1);

    public Token(Map<String, String> environment) {
        this.wallet = new Wallet(environment, CLOCK);
    }

    @Override
    public Integer call() {
        Grant.Shown shown = wallet.token(ttl);
        if (shown.expires().isBefore(CLOCK.instant().plus(ttl))) {
            spec.commandLine().getErr().println("gatehouse: the provider's tokens count until " + shown.expires());
        }
        spec.commandLine().getOut().println(shown.token());
        return ExitCode.DONE.status();
    }
}
