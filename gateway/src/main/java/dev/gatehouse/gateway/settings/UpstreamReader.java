package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Dialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code upstreams}. */
final class UpstreamReader {

    static final Map<String, Dialect> PROTOCOLS = Map.of("postgres", Dialect.POSTGRESQL, "mysql", Dialect.MYSQL);
    private static final Duration SCHEMA_REFRESH = Duration.ofMinutes(10);

    private final Path folder;
    private final Set<String> names = new HashSet<>();
    private Optional<String> standard = Optional.empty();

    UpstreamReader(Path folder) {
        this.folder = folder;
    }

    /** The upstream that says {@code default: true}. */
    Optional<String> standard() {
        return standard;
    }

    List<Upstream> read(Section root) {
        List<Upstream> upstreams = new ArrayList<>();
        for (Value item : root.required("upstreams").map(Value::someItems).orElse(List.of())) {
            item.section().flatMap(this::upstream).ifPresent(upstreams::add);
        }
        return upstreams;
    }

    private Optional<Upstream> upstream(Section section) {
        Optional<Value> written = section.required("name");
        Optional<String> name = written.flatMap(Value::text);
        if (name.isPresent() && !names.add(name.get())) {
            written.ifPresent(v -> v.problem(Code.DUPLICATE_NAME, "an upstream \"" + name.get() + "\" exists already"));
        }
        Optional<Value> protocol = section.required("protocol");
        Optional<Dialect> dialect = protocol.flatMap(v -> v.word("protocol", PROTOCOLS));
        Optional<Settings.Address> address = section.required("address").flatMap(v -> v.as(ListenReader::address));
        standard(section, name);
        List<String> databases = texts(section, "databases");
        String database =
                section.text("default_database").orElse(databases.isEmpty() ? name.orElse("") : databases.get(0));
        Upstream.Tls tls = section.section("tls")
                .map(this::tls)
                .orElse(new Upstream.Tls(Upstream.Tls.Mode.VERIFY_FULL, Optional.empty()));
        Map<String, String> labels = new LinkedHashMap<>();
        section.named("labels")
                .forEach(label -> label.value().text().ifPresent(text -> labels.put(label.name(), text)));
        Duration refresh =
                section.optional("schema_refresh").flatMap(Value::duration).orElse(SCHEMA_REFRESH);
        List<Login> logins = logins(section);
        section.refused("estimates");
        int connections =
                section.section("limits").map(UpstreamReader::connections).orElse(0);
        section.close();
        // What is wrong in itself still counts for its name, so that nothing that speaks of it is wrong as well.
        Settings.Address where = address.orElse(new Settings.Address("", 0));
        return name.map(n -> new Upstream(
                n,
                dialect.orElse(Dialect.POSTGRESQL),
                where.host(),
                where.port(),
                database,
                databases,
                tls,
                labels,
                logins,
                connections,
                refresh));
    }

    private void standard(Section section, Optional<String> name) {
        section.optional("default").ifPresent(v -> {
            if (v.bool().orElse(false)) {
                if (standard.isPresent()) {
                    v.problem(Code.CONTRADICTION, "\"" + standard.get() + "\" is the default upstream already");
                } else {
                    standard = name;
                }
            }
        });
    }

    private static List<String> texts(Section section, String key) {
        List<String> texts = new ArrayList<>();
        section.items(key).forEach(item -> item.text().ifPresent(texts::add));
        return texts;
    }

    Upstream.Tls tls(Section section) {
        Upstream.Tls.Mode mode = section.optional("mode")
                .flatMap(v -> v.word("tls mode", Words.hyphened(Upstream.Tls.Mode.class)))
                .orElse(Upstream.Tls.Mode.VERIFY_FULL);
        Optional<Value> written = section.optional("ca");
        Optional<Path> ca = written.flatMap(Value::text).map(folder::resolve);
        if (ca.isPresent() && !Files.isReadable(ca.get())) {
            written.ifPresent(v -> v.problem(Code.SECRET_FILE, "there is no readable file " + ca.get()));
        }
        Upstream.Tls.Negotiation negotiation = section.optional("negotiation")
                .flatMap(v -> v.word("tls negotiation", Words.of(Upstream.Tls.Negotiation.class)))
                .orElse(Upstream.Tls.Negotiation.POSTGRES);
        Optional<Upstream.ClientCertificate> certificate = certificate(section);
        if (mode == Upstream.Tls.Mode.DISABLE && (certificate.isPresent() || section.has("negotiation"))) {
            section.self()
                    .problem(
                            Code.CONTRADICTION,
                            "\"" + section.self().path() + "\" speaks of TLS and switches it off (mode: disable)");
        }
        section.close();
        return new Upstream.Tls(mode, ca, certificate, negotiation);
    }

    /** The gateway's own certificate: both halves or none. */
    private Optional<Upstream.ClientCertificate> certificate(Section section) {
        if (!section.has("cert") && !section.has("key")) {
            return Optional.empty();
        }
        PemReader pem = new PemReader(folder);
        Optional<String> chain = section.required("cert").flatMap(pem::certificates);
        Optional<Secret> key = section.required("key").flatMap(pem::key);
        return chain.isPresent() && key.isPresent()
                ? Optional.of(new Upstream.ClientCertificate(chain.get(), key.get()))
                : Optional.empty();
    }

    private static List<Login> logins(Section section) {
        List<Login> logins = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Value item : section.required("logins").map(Value::someItems).orElse(List.of())) {
            item.section().ifPresent(login -> {
                Optional<Value> written = login.required("name");
                Optional<String> name = written.flatMap(Value::text);
                Optional<String> username = login.required("username").flatMap(Value::text);
                Secret password =
                        login.optional("password").flatMap(Value::secret).orElse(new Secret(""));
                login.close();
                if (name.isPresent() && !taken.add(name.get())) {
                    written.get().problem(Code.DUPLICATE_NAME, "a login \"" + name.get() + "\" exists already");
                } else if (name.isPresent()) {
                    logins.add(new Login(name.get(), username.orElse(""), password));
                }
            });
        }
        return logins;
    }

    private static int connections(Section limits) {
        limits.refused("idle_in_transaction");
        int connections = limits.optional("connections")
                .flatMap(v -> v.integer(1, 1_000_000))
                .orElse(0);
        limits.close();
        return connections;
    }
}
