package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.identity.Provider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What clients of a gateway need of its server file: who vouches for them, where it listens, what can be reached. Secrets that
 * their user may not read are left out, and what is wrong elsewhere is {@code gatehouse check}'s to tell.
 *
 * @param upstreams the names of the upstreams, and what they speak
 * @param underTls whether clients may come under TLS
 */
public record ClientView(
        List<Provider> providers,
        Optional<Settings.Address> postgres,
        Optional<Settings.Address> mysql,
        Map<String, Dialect> upstreams,
        boolean underTls) {

    public ClientView {
        providers = List.copyOf(providers);
        upstreams = Map.copyOf(upstreams);
    }

    /**
     * Reads a server file.
     *
     * @param environment what its variables look at
     * @throws IllegalArgumentException if it is none, or says nothing good about its identity providers
     */
    public static ClientView of(Path file, Map<String, String> environment) {
        Problems problems = new Problems(false);
        Path folder = file.toAbsolutePath().normalize().resolveSibling("");
        Section root = SourceText.read(file, file.getFileName().toString(), problems)
                .flatMap(text -> new Document(text, problems, Optional.of(new Variables(environment, folder))).root())
                .orElseThrow(() -> new IllegalArgumentException(first(problems)));
        List<Provider> providers = root.section("identity")
                .map(section -> new OidcReader(folder, true, Duration.ofHours(8)).read(section))
                .orElse(List.of());
        if (providers.isEmpty() && !problems.sorted().isEmpty()) {
            throw new IllegalArgumentException(first(problems));
        }
        Optional<Section> listen = root.section("listen");
        Map<String, Dialect> upstreams = new LinkedHashMap<>();
        for (Value item : root.items("upstreams")) {
            item.section().ifPresent(section -> section.text("name")
                    .ifPresent(name -> upstreams.put(
                            name,
                            section.text("protocol").filter("mysql"::equals).isPresent()
                                    ? Dialect.MYSQL
                                    : Dialect.POSTGRESQL)));
        }
        return new ClientView(
                providers,
                address(listen, "postgres"),
                address(listen, "mysql"),
                upstreams,
                listen.flatMap(section -> section.section("tls")).isPresent());
    }

    private static Optional<Settings.Address> address(Optional<Section> listen, String protocol) {
        return listen.flatMap(section -> section.section(protocol))
                .flatMap(section -> section.optional("addr"))
                .flatMap(addr -> addr.as(ListenReader::address));
    }

    private static String first(Problems problems) {
        return problems.sorted().stream()
                .findFirst()
                .map(problem -> problem.file() + ":" + problem.line() + " " + problem.message())
                .orElse("it says nothing");
    }
}
