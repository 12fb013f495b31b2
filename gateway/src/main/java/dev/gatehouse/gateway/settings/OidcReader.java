package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.policy.Glob;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.identity.Provider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@code identity.oidc}: who vouches for users, and what is asked of their tokens. */
final class OidcReader {

    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    private final PemReader pem;
    private final boolean underTls;
    private final Duration longest;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> issuers = new LinkedHashSet<>();

    /**
     * @param folder from which relative paths start
     * @param underTls whether clients may come under TLS
     * @param longest how long a session may last that began with a token
     */
    OidcReader(Path folder, boolean underTls, Duration longest) {
        this.pem = new PemReader(folder);
        this.underTls = underTls;
        this.longest = longest;
    }

    List<Provider> read(Section identity) {
        List<Provider> providers = new ArrayList<>();
        for (Value item : identity.items("oidc")) {
            item.section().flatMap(this::provider).ifPresent(providers::add);
        }
        return providers;
    }

    private Optional<Provider> provider(Section section) {
        boolean enabled = section.optional("enabled").flatMap(Value::bool).orElse(true);
        Optional<String> name = unique(section, "name", names, Value::text);
        Optional<String> issuer = unique(section, "issuer", issuers, v -> v.as(OidcReader::issuer));
        Optional<String> id = section.required("client_id").flatMap(Value::text);
        Optional<Secret> secret = section.optional("client_secret").flatMap(Value::secret);
        Set<String> scopes = texts(section, "scopes");
        Provider.Reading reading = reading(section);
        Provider.Demands demands = demands(section, id);
        List<Glob> users = texts(section, "users").stream().map(Glob::new).toList();
        Optional<String> ca = section.optional("ca").flatMap(pem::certificates);
        boolean tokens = tokensAsPasswords(section);
        section.close();
        if (name.isEmpty() || issuer.isEmpty() || id.isEmpty() || !enabled) {
            return Optional.empty();
        }
        List<Glob> vouched = users.isEmpty() ? List.of(new Glob(reading.user().equals("email") ? "*@*" : "*")) : users;
        Provider.Client client =
                new Provider.Client(id.get(), secret, scopes.isEmpty() ? List.of("openid") : List.copyOf(scopes));
        return Optional.of(new Provider(name.get(), issuer.get(), client, ca, demands, reading, vouched, tokens));
    }

    private static Optional<String> unique(
            Section section, String key, Set<String> taken, Function<Value, Optional<String>> read) {
        Optional<Value> written = section.required(key);
        Optional<String> text = written.flatMap(read);
        if (text.isPresent() && !taken.add(text.get())) {
            written.ifPresent(v -> v.problem(
                    Code.DUPLICATE_NAME,
                    "an identity provider with " + key + " \"" + text.get() + "\" exists already"));
        }
        return text;
    }

    private static String issuer(String text) {
        Provider.address(text);
        return text;
    }

    private Provider.Reading reading(Section section) {
        return new Provider.Reading(
                section.text("user_claim").orElse("email"),
                section.text("groups_claim").orElse("groups"),
                section.text("kind_claim"),
                section.text("owner_claim"),
                section.optional("allow_unverified_email").flatMap(Value::bool).orElse(false));
    }

    private Provider.Demands demands(Section section, Optional<String> client) {
        Set<String> audiences = texts(section, "audience");
        Map<String, String> known =
                Provider.algorithms().stream().collect(Collectors.toMap(Function.identity(), Function.identity()));
        Set<String> algorithms = new LinkedHashSet<>();
        section.optional("algorithms").map(Value::someItems).orElse(List.of()).forEach(v -> v.word("algorithm", known)
                .ifPresent(algorithms::add));
        Map<String, String> claims = new LinkedHashMap<>();
        section.named("required_claims")
                .forEach(entry -> entry.value().text().ifPresent(text -> claims.put(entry.name(), text)));
        return new Provider.Demands(
                audiences.isEmpty() ? client.map(Set::of).orElse(Set.of()) : audiences,
                algorithms.isEmpty() ? Provider.algorithms() : algorithms,
                claims,
                skew(section.optional("clock_skew")),
                longest);
    }

    private static Duration skew(Optional<Value> written) {
        Duration skew = written.flatMap(Value::duration).orElse(SKEW);
        if (skew.compareTo(MOST_SKEW) > 0) {
            written.ifPresent(v -> v.problem(Code.BAD_VALUE, "\"" + v.path() + "\" is at most 5m"));
        }
        return skew;
    }

    private boolean tokensAsPasswords(Section section) {
        Optional<Value> written = section.optional("allow_token_as_password");
        boolean wanted = written.flatMap(Value::bool).orElse(false);
        if (wanted && !underTls) {
            written.ifPresent(v -> v.problem(
                    Code.NO_TLS,
                    "\"" + v.path() + "\" does nothing: tokens are taken under TLS only; give \"listen.tls\" a"
                            + " certificate"));
        }
        return wanted;
    }

    /** A list of texts, or one. */
    private static Set<String> texts(Section section, String key) {
        Set<String> texts = new LinkedHashSet<>();
        section.optional(key).ifPresent(value -> {
            if (value.isList()) {
                value.someItems().forEach(item -> item.text().ifPresent(texts::add));
            } else {
                value.text().ifPresent(texts::add);
            }
        });
        return texts;
    }
}
