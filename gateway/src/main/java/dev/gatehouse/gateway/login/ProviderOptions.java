package dev.gatehouse.gateway.login;

import dev.gatehouse.firewall.policy.Glob;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import dev.gatehouse.gateway.command.Places;
import dev.gatehouse.gateway.settings.ClientView;
import dev.gatehouse.identity.Grant;
import dev.gatehouse.identity.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that say at which identity provider somebody signs in. */
final class ProviderOptions {

    private final Places places;
    private final Map<String, String> environment;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The gateway's configuration, which names its identity providers.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--provider", paramLabel = "NAME", description = "Which of them. Default: the first.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            defaultValue = "${env:GATEHOUSE_ISSUER}",
            description = "The provider's issuer, where there is no configuration ($GATEHOUSE_ISSUER).")
    private Optional<String> issuer = Optional.empty();

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            defaultValue = "${env:GATEHOUSE_CLIENT_ID:-gatehouse}",
            description = "The gateway at that provider ($GATEHOUSE_CLIENT_ID). Default: gatehouse.")
    private String clientId = "gatehouse";

    @Option(
            names = "--client-secret-file",
            paramLabel = "FILE",
            description = "Holds the client's secret, where it has one.")
    private Optional<Path> secret = Optional.empty();

    @Option(
            names = "--user-claim",
            paramLabel = "NAME",
            defaultValue = "email",
            description = "Which claim is the user's name at the gateway (default: ${DEFAULT-VALUE}).")
    private String userClaim = "email";

    @Option(names = "--ca", paramLabel = "FILE", description = "Who issues the provider's certificate, in PEM.")
    private Optional<Path> ca = Optional.empty();

    ProviderOptions(Places places, Map<String, String> environment) {
        this.places = places;
        this.environment = environment;
    }

    /** Whether the provider is named by its address, and not by a configuration. */
    boolean isByAddress() {
        return issuer.filter(text -> !text.isBlank()).isPresent();
    }

    /** The configuration that names the provider. */
    Path configuration() {
        return places.config(config);
    }

    /** The provider that is meant. */
    Provider provider() {
        if (isByAddress()) {
            return named(issuer.orElseThrow(), clientId, userClaim, ca, secret);
        }
        Path file = configuration();
        List<Provider> providers = view(file, environment).providers();
        return providers.stream()
                .filter(provider -> name.isEmpty() || name.get().equals(provider.name()))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        ExitCode.NOT_FOUND,
                        "no_provider",
                        name.map(wanted -> "there is no identity provider \"" + wanted + "\" in " + file)
                                .orElse(file + " names no identity provider (identity.oidc)"),
                        "name one by its address: --issuer URL --client-id ID"));
    }

    /** What is to be kept of a sign-in by these options. */
    LoginFile.Kept kept(Provider provider, Grant grant) {
        return new LoginFile.Kept(
                provider.name(),
                isByAddress() ? Optional.empty() : Optional.of(configuration().toAbsolutePath()),
                provider.issuer(),
                provider.client().id(),
                provider.reading().user(),
                ca.map(Path::toAbsolutePath),
                secret.map(Path::toAbsolutePath),
                grant);
    }

    static ClientView view(Path file, Map<String, String> environment) {
        try {
            return ClientView.of(file, environment);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                            ExitCode.INVALID,
                            "configuration",
                            String.valueOf(e.getMessage()),
                            "gatehouse check -c " + file)
                    .because(e);
        }
    }

    /** A provider that is known by its address alone. */
    static Provider named(
            String issuer, String clientId, String userClaim, Optional<Path> ca, Optional<Path> secretFile) {
        try {
            return new Provider(
                    issuer,
                    issuer,
                    new Provider.Client(
                            clientId,
                            secretFile.map(file -> new Secret(read(file).strip())),
                            List.of("openid", "email")),
                    ca.map(ProviderOptions::read),
                    new Provider.Demands(
                            Set.of(clientId), Provider.algorithms(), Map.of(), Duration.ZERO, Duration.ofHours(8)),
                    new Provider.Reading(userClaim, "groups", Optional.empty(), Optional.empty(), false),
                    List.of(new Glob("*")),
                    true);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "issuer", "--issuer: " + e.getMessage(), "").because(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, "unreadable", file + " cannot be read: " + e, "").because(e);
        }
    }
}
