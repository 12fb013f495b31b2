package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.masking.Masking;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Upstream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code gatehouse.yaml}. What is wrong becomes a problem and reads as its default, so that all is found at once. */
final class ServerFile {

    private static final String API_VERSION = "gatehouse/v1";

    private final Path folder;
    private boolean federated;

    /** @param folder the file's folder, from which relative paths start */
    ServerFile(Path folder) {
        this.folder = folder;
    }

    /** Whether the file speaks of an identity provider, whose groups are not known here. */
    boolean isFederated() {
        return federated;
    }

    Settings read(Section root) {
        header(root, "Server");
        String name = root.text("name").orElse("gatehouse");
        Settings.Listen listen = root.required("listen")
                .flatMap(Value::section)
                .map(section -> new ListenReader(folder).read(section))
                .orElse(new Settings.Listen(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Settings.Limits.STANDARD));
        UpstreamReader upstreamReader = new UpstreamReader(folder);
        List<Upstream> upstreams = upstreamReader.read(root);
        Settings.Identity identity = root.section("identity")
                .map(section -> identity(section, asksForCertificates(listen)))
                .orElse(new Settings.Identity(List.of(), 0));
        Map<String, Settings.Key> keys = keys(root);
        Settings.PolicyFolder policy =
                root.section("policy").map(this::policy).orElse(new Settings.PolicyFolder(folder.resolve("policy.d")));
        Settings.Journal journal = root.required("journal")
                .flatMap(Value::section)
                .map(this::journal)
                .orElse(new Settings.Journal(folder.resolve("journal"), Settings.Roll.HOURLY, OptionalLong.empty()));
        Masking.Notice maskedNotice =
                root.section("client_messages").map(ServerFile::maskedNotice).orElse(Masking.Notice.ONCE_PER_SESSION);
        Settings.Log log = root.section("log")
                .map(ServerFile::log)
                .orElse(new Settings.Log(Settings.LogFormat.TEXT, Settings.LogLevel.INFO));
        root.ignored("notify");
        root.close();
        return new Settings(
                name, listen, upstreams, upstreamReader.standard(), identity, keys, policy, journal, maskedNotice, log);
    }

    /** Checks the two keys every file begins with. */
    static void header(Section root, String kind) {
        root.required("apiVersion").ifPresent(v -> v.word("apiVersion", Map.of(API_VERSION, API_VERSION)));
        root.required("kind").ifPresent(v -> v.word("kind of file", Map.of(kind, kind)));
    }

    private static boolean asksForCertificates(Settings.Listen listen) {
        return listen.tls().flatMap(Settings.ListenTls::clientCa).isPresent();
    }

    private Settings.Identity identity(Section section, boolean asksForCertificates) {
        federated |= provider(section, "oidc");
        federated |= provider(section, "saml");
        List<Settings.LocalUser> users = new LocalUserReader(asksForCertificates).read(section);
        int most = section.section("sessions")
                .map(sessions -> {
                    sessions.ignored("token_ttl", "web_ttl");
                    int limit = sessions.optional("max_per_user")
                            .flatMap(v -> v.integer(1, 1_000_000))
                            .orElse(0);
                    sessions.close();
                    return limit;
                })
                .orElse(0);
        section.close();
        return new Settings.Identity(users, most);
    }

    /** Refuses identity providers that are not switched off: people would believe they may log in by them. */
    private static boolean provider(Section identity, String kind) {
        boolean any = false;
        for (Value item : identity.items(kind)) {
            Optional<Section> entry = item.section();
            boolean off = entry.flatMap(e -> e.optional("enabled"))
                    .flatMap(Value::bool)
                    .map(enabled -> !enabled)
                    .orElse(false);
            if (entry.isPresent() && !off) {
                item.hide();
                item.notInRelease(Code.NOT_IN_RELEASE, item.path());
                any = true;
            }
        }
        return any;
    }

    private static Map<String, Settings.Key> keys(Section root) {
        Map<String, Settings.Key> keys = new LinkedHashMap<>();
        for (Section.Entry entry : root.named("keys")) {
            entry.value().section().ifPresent(key -> {
                Optional<Settings.KeyType> type = key.required("type")
                        .flatMap(v -> v.word("type of key", Words.hyphened(Settings.KeyType.class)));
                Optional<Secret> secret = key.required("secret").flatMap(Value::secret);
                type.ifPresent(t -> secret.ifPresent(s -> keys.put(entry.name(), new Settings.Key(t, s))));
                key.close();
            });
        }
        return keys;
    }

    private Settings.PolicyFolder policy(Section section) {
        Path dir = folder.resolve(section.text("dir").orElse("policy.d"));
        section.optional("on_error").ifPresent(v -> v.word("on_error", Map.of("fail_closed", "fail_closed")));
        section.section("reload").ifPresent(reload -> {
            for (String key : List.of("watch", "run_tests")) {
                reload.optional(key)
                        .filter(wanted -> wanted.bool().orElse(false))
                        .ifPresent(wanted -> wanted.notInRelease(Code.IGNORED, wanted.path()));
            }
            reload.close();
        });
        section.close();
        return new Settings.PolicyFolder(dir);
    }

    private Settings.Journal journal(Section section) {
        Path dir = folder.resolve(section.required("dir").flatMap(Value::text).orElse("journal"));
        Settings.Roll roll = section.optional("roll")
                .flatMap(v -> v.word("roll", Words.of(Settings.Roll.class)))
                .orElse(Settings.Roll.HOURLY);
        section.section("frames").ifPresent(frames -> {
            frames.optional("client").ifPresent(v -> v.word("frames.client", Map.of("full", "full")));
            frames.optional("server").ifPresent(v -> {
                if (v.word("frames.server", Map.of("masked", "masked", "raw", "raw"))
                        .filter("raw"::equals)
                        .isPresent()) {
                    v.notInRelease(Code.NOT_IN_RELEASE, v.path() + ": raw");
                }
            });
            frames.close();
        });
        section.refused("encrypt", "chain", "retention");
        section.ignored("export");
        OptionalLong free = section.section("disk").map(ServerFile::disk).orElse(OptionalLong.empty());
        section.close();
        return new Settings.Journal(dir, roll, free);
    }

    private static OptionalLong disk(Section disk) {
        Optional<Long> free = disk.optional("min_free").flatMap(Value::size);
        disk.optional("on_full").ifPresent(v -> v.word("on_full", Map.of("refuse_connections", "refuse_connections")));
        disk.close();
        return free.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static Masking.Notice maskedNotice(Section section) {
        section.ignored("style", "support");
        Masking.Notice notice = section.optional("masked_notice")
                .flatMap(v -> v.word("masked_notice", Words.of(Masking.Notice.class)))
                .orElse(Masking.Notice.ONCE_PER_SESSION);
        section.close();
        return notice;
    }

    private static Settings.Log log(Section section) {
        Settings.LogFormat format = section.optional("format")
                .flatMap(v -> v.word("format", Words.of(Settings.LogFormat.class)))
                .orElse(Settings.LogFormat.TEXT);
        Settings.LogLevel level = section.optional("level")
                .flatMap(v -> v.word("level", Words.of(Settings.LogLevel.class)))
                .orElse(Settings.LogLevel.INFO);
        section.close();
        return new Settings.Log(format, level);
    }
}
