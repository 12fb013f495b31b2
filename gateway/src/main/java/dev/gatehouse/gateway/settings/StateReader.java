package dev.gatehouse.gateway.settings;

import dev.gatehouse.approvals.StoreSettings;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Upstream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code state}: where requests and decisions are kept. */
final class StateReader {

    private static final String FOLDER = "state";
    private static final String DATABASE = "gatehouse";

    private final Path folder;

    /** @param folder the file's folder, from which relative paths start */
    StateReader(Path folder) {
        this.folder = folder;
    }

    /** Where they are when the file does not say: with the journal, which is this gateway's alone. */
    static StoreSettings standard(Settings.Journal journal) {
        return new StoreSettings.Embedded(journal.dir().resolve(FOLDER));
    }

    StoreSettings read(Section section, Settings.Journal journal) {
        Optional<Section> postgres = section.section("postgres");
        Optional<Path> dir = section.text("dir").map(folder::resolve);
        if (postgres.isPresent() && dir.isPresent()) {
            section.self().problem(Code.CONTRADICTION, "\"state\" is in a folder or in PostgreSQL, not in both");
        }
        section.close();
        return postgres.flatMap(this::postgres)
                .or(() -> dir.map(StoreSettings.Embedded::new))
                .orElseGet(() -> standard(journal));
    }

    private Optional<StoreSettings> postgres(Section section) {
        Optional<Settings.Address> address = section.required("address").flatMap(v -> v.as(ListenReader::address));
        String database = section.text("database").orElse(DATABASE);
        String username = section.text("username").orElse(DATABASE);
        Secret password = section.optional("password").flatMap(Value::secret).orElse(new Secret(""));
        Upstream.Tls tls = section.section("tls")
                .map(new UpstreamReader(folder)::tls)
                .orElse(new Upstream.Tls(Upstream.Tls.Mode.VERIFY_FULL, Optional.empty()));
        section.close();
        return address.map(
                where -> new StoreSettings.Postgres(where.toString(), database, username, password, properties(tls)));
    }

    /** In the driver's words. */
    private static Map<String, String> properties(Upstream.Tls tls) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(
                "sslmode",
                switch (tls.mode()) {
                    case DISABLE -> "disable";
                    case REQUIRE -> "require";
                    case VERIFY_CA -> "verify-ca";
                    case VERIFY_FULL -> "verify-full";
                });
        if (tls.ca().isPresent()) {
            properties.put("sslrootcert", tls.ca().get().toString());
        } else if (tls.mode() == Upstream.Tls.Mode.VERIFY_CA || tls.mode() == Upstream.Tls.Mode.VERIFY_FULL) {
            properties.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        return properties;
    }
}
