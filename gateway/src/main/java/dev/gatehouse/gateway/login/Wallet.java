package dev.gatehouse.gateway.login;

import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import dev.gatehouse.gateway.login.LoginFile.Kept;
import dev.gatehouse.identity.Grant;
import dev.gatehouse.identity.Provider;
import dev.gatehouse.identity.SignIn;
import dev.gatehouse.identity.Unanswered;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Gives the token of whoever signed in, and gets another one where it is too old. */
final class Wallet {

    private final LoginFile file;
    private final Map<String, String> environment;
    private final InstantSource clock;

    Wallet(Map<String, String> environment, InstantSource clock) {
        this.file = new LoginFile(environment);
        this.environment = environment;
        this.clock = clock;
    }

    LoginFile file() {
        return file;
    }

    /** The provider at which somebody signed in. */
    Provider provider(Kept kept) {
        return kept.config()
                .map(config -> ProviderOptions.view(config, environment).providers().stream()
                        .filter(provider -> provider.issuer().equals(kept.issuer()))
                        .findFirst()
                        .orElseThrow(() -> LoginFile.notSignedIn(config + " no longer names " + kept.issuer())))
                .orElseGet(() -> ProviderOptions.named(
                        kept.issuer(), kept.clientId(), kept.userClaim(), kept.ca(), kept.secret()));
    }

    /**
     * The token to show a gateway.
     *
     * @param least how long it is to count at least; where the provider gives none that does, it counts as long as it can
     */
    Grant.Shown token(Duration least) {
        Kept kept = file.read();
        Provider provider = provider(kept);
        Optional<Grant.Shown> shown = kept.grant().shownTo(provider);
        Instant wanted = clock.instant().plus(least);
        if (shown.filter(token -> token.expires().isAfter(wanted)).isPresent()) {
            return shown.get();
        }
        Optional<Grant.Shown> newer = refreshed(kept, provider).flatMap(grant -> grant.shownTo(provider));
        return newer.or(() -> shown)
                .filter(token -> token.expires().isAfter(clock.instant()))
                .orElseThrow(() -> LoginFile.notSignedIn("the tokens have expired"));
    }

    private Optional<Grant> refreshed(Kept kept, Provider provider) {
        if (kept.grant().refreshToken().isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<Grant> grant =
                    SignIn.at(provider).refresh(kept.grant().refreshToken().get());
            grant.ifPresent(newer -> file.write(kept.with(newer)));
            return grant;
        } catch (Unanswered e) {
            throw unreachable(e);
        }
    }

    static Failure unreachable(Unanswered fault) {
        return new Failure(ExitCode.UNREACHABLE, "unreachable", fault.text(), "is the issuer's address right?")
                .because(fault);
    }
}
