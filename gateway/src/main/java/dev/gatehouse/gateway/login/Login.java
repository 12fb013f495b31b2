package dev.gatehouse.gateway.login;

import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import dev.gatehouse.gateway.command.Places;
import dev.gatehouse.gateway.command.Visible;
import dev.gatehouse.identity.Grant;
import dev.gatehouse.identity.Provider;
import dev.gatehouse.identity.SignIn;
import dev.gatehouse.identity.SignIn.Device;
import dev.gatehouse.identity.SignIn.Progress;
import dev.gatehouse.identity.Unanswered;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse login}: a person signs in at their identity provider, with a code that they type elsewhere. */
@Command(
        name = "login",
        description = "Sign in at the identity provider: shows a code to type on a page of the provider's, and waits."
                + " The tokens are kept in a file that nobody else may read.")
public final class Login implements Callable<Integer> {

    private final LoginFile file;
    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ProviderOptions options;

    public Login(Places places, Map<String, String> environment) {
        this.options = new ProviderOptions(places, environment);
        this.file = new LoginFile(environment);
        this.clock = InstantSource.system();
    }

    @Override
    public Integer call() throws InterruptedException {
        Provider provider = options.provider();
        try {
            SignIn signIn = SignIn.at(provider);
            Device device = signIn.begin();
            tell(device);
            Grant grant = await(signIn, device);
            Grant.Shown shown = grant.shownTo(provider)
                    .orElseThrow(() -> new Failure(
                            ExitCode.NOT_PERMITTED,
                            "no_token",
                            "the provider gave no token that is meant for "
                                    + String.join(" or ", provider.demands().audiences()),
                            "ask for the scope openid (identity.oidc scopes), or have the provider name it in aud"));
            file.write(options.kept(provider, grant));
            PrintWriter out = spec.commandLine().getOut();
            out.println("signed in as " + Visible.line(shown.user()) + " at " + provider.name() + ", until "
                    + shown.expires());
            out.flush();
            return ExitCode.DONE.status();
        } catch (Unanswered e) {
            throw Wallet.unreachable(e);
        }
    }

    private void tell(Device device) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("Open " + Visible.line(device.page().toString()) + " and enter the code "
                + Visible.line(device.userCode()));
        device.whole().ifPresent(page -> err.println("  or open " + Visible.line(page.toString())));
        err.flush();
    }

    private Grant await(SignIn signIn, Device device) throws Unanswered, InterruptedException {
        Instant latest = clock.instant().plus(device.lifetime());
        Duration interval = device.interval();
        while (clock.instant().isBefore(latest)) {
            Thread.sleep(interval.toMillis());
            Progress progress = signIn.ask(device, interval);
            if (progress instanceof Progress.Done done) {
                return done.grant();
            }
            if (progress instanceof Progress.Refused refused) {
                throw new Failure(
                        ExitCode.NOT_PERMITTED,
                        "not_signed_in",
                        "the provider says " + Visible.line(refused.error()),
                        "gatehouse login begins anew");
            }
            interval = ((Progress.Waiting) progress).next();
        }
        throw new Failure(ExitCode.UNREACHABLE, "not_signed_in", "nobody entered the code in time", "gatehouse login");
    }
}
