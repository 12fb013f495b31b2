package dev.gatehouse.gateway.settings;

import dev.gatehouse.approvals.StoreSettings;
import dev.gatehouse.firewall.masking.Masking;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.identity.Provider;
import dev.gatehouse.journal.seal.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code gatehouse.yaml}. What is wrong becomes a problem and reads as its default, so that all is found at once. */
final class ServerFile {

    private static final String API_VERSION = "gatehouse/v1";

    private static final Duration TOKEN_TTL = Duration.ofHours(8);
    private static final Duration MOST_TOKEN_TTL = Duration.ofDays(30);
    private static final Duration MOST_WEB_TIME = Duration.ofDays(7);

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
                        Optional.empty(),
                        Settings.Limits.STANDARD));
        UpstreamReader upstreamReader = new UpstreamReader(folder);
        List<Upstream> upstreams = upstreamReader.read(root);
        Settings.Identity identity = root.section("identity")
                .map(section -> identity(section, listen))
                .orElse(new Settings.Identity(List.of(), List.of(), 0, Settings.WebTimes.STANDARD));
        Map<String, Settings.Key> keys = keys(root);
        Settings.PolicyFolder policy =
                root.section("policy").map(this::policy).orElse(new Settings.PolicyFolder(folder.resolve("policy.d")));
        Settings.Journal journal = root.required("journal")
                .flatMap(Value::section)
                .map(this::journal)
                .orElse(new Settings.Journal(
                        folder.resolve("journal"),
                        Settings.Roll.HOURLY,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Settings.Journal.CHECKPOINT_EVERY));
        StoreSettings state = root.section("state")
                .map(section -> new StateReader(folder).read(section, journal))
                .orElse(StateReader.standard(journal));
        Masking.Notice maskedNotice =
                root.section("client_messages").map(ServerFile::maskedNotice).orElse(Masking.Notice.ONCE_PER_SESSION);
        Settings.Log log = root.section("log")
                .map(ServerFile::log)
                .orElse(new Settings.Log(Settings.LogFormat.TEXT, Settings.LogLevel.INFO));
        List<Settings.Webhook> webhooks =
                root.section("notify").map(WebhookReader::read).orElse(List.of());
        root.close();
        return new Settings(
                name,
                listen,
                upstreams,
                upstreamReader.standard(),
                identity,
                keys,
                policy,
                journal,
                state,
                maskedNotice,
                webhooks,
                log);
    }

    /** Checks the two keys every file begins with. */
    static void header(Section root, String kind) {
        root.required("apiVersion").ifPresent(v -> v.word("apiVersion", Map.of(API_VERSION, API_VERSION)));
        root.required("kind").ifPresent(v -> v.word("kind of file", Map.of(kind, kind)));
    }

    private static boolean asksForCertificates(Settings.Listen listen) {
        return listen.tls().flatMap(Settings.ListenTls::clientCa).isPresent();
    }

    private Settings.Identity identity(Section section, Settings.Listen listen) {
        federated |= provider(section, "saml");
        Optional<Section> sessions = section.section("sessions");
        Duration longest = sessions.flatMap(s -> s.optional("token_ttl"))
                .flatMap(ServerFile::tokenTtl)
                .orElse(TOKEN_TTL);
        int most = sessions.flatMap(s -> s.optional("max_per_user"))
                .flatMap(v -> v.integer(1, 1_000_000))
                .orElse(0);
        Settings.WebTimes web = new Settings.WebTimes(
                span(sessions, "web_ttl", Settings.WebTimes.STANDARD.lifetime()),
                span(sessions, "web_idle", Settings.WebTimes.STANDARD.idle()));
        sessions.ifPresent(Section::close);
        List<Provider> providers = new OidcReader(folder, listen.tls().isPresent(), longest).read(section);
        federated |= !providers.isEmpty();
        List<Settings.LocalUser> users = new LocalUserReader(asksForCertificates(listen)).read(section);
        section.close();
        return new Settings.Identity(users, providers, most, web);
    }

    /** A time that somebody may be signed in to the console: a minute to a week. */
    private static Duration span(Optional<Section> sessions, String key, Duration standard) {
        Optional<Value> written = sessions.flatMap(s -> s.optional(key));
        Duration span = written.flatMap(Value::duration).orElse(standard);
        if (span.toSeconds() < 60 || span.compareTo(MOST_WEB_TIME) > 0) {
            written.ifPresent(v -> v.problem(Code.BAD_VALUE, "\"" + v.path() + "\" is a time of 1m to 168h"));
        }
        return span;
    }

    private static Optional<Duration> tokenTtl(Value value) {
        Optional<Duration> longest = value.duration();
        if (longest.isPresent() && (longest.get().isZero() || longest.get().compareTo(MOST_TOKEN_TTL) > 0)) {
            value.problem(Code.BAD_VALUE, "\"" + value.path() + "\" is a time of up to 30 days");
            return Optional.empty();
        }
        return longest;
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
        section.refused("encrypt", "retention");
        section.ignored("export");
        OptionalLong free = section.section("disk").map(ServerFile::disk).orElse(OptionalLong.empty());
        Optional<Section> chain = section.section("chain");
        chain.ifPresent(s -> s.optional("algorithm").ifPresent(v -> v.word("algorithm", Map.of("sha256", "sha256"))));
        Optional<SigningKey> key = chain.flatMap(s -> s.optional("sign_with")).flatMap(ServerFile::signingKey);
        Duration every = chain.flatMap(s -> s.optional("checkpoint_every"))
                .flatMap(ServerFile::checkpointEvery)
                .orElse(Settings.Journal.CHECKPOINT_EVERY);
        chain.ifPresent(Section::close);
        section.close();
        return new Settings.Journal(dir, roll, free, key, every);
    }

    private static Optional<SigningKey> signingKey(Value value) {
        return value.secret().flatMap(secret -> {
            try {
                return Optional.of(SigningKey.parse(secret.reveal()));
            } catch (IllegalArgumentException e) {
                value.problem(Code.BAD_VALUE, "\"" + value.path() + "\" is not an Ed25519 key: " + e.getMessage());
                return Optional.empty();
            }
        });
    }

    private static Optional<Duration> checkpointEvery(Value value) {
        Optional<Duration> every = value.duration();
        if (every.isPresent() && every.get().compareTo(Duration.ofSeconds(1)) < 0) {
            value.problem(Code.BAD_VALUE, "\"" + value.path() + "\" is at least 1s");
            return Optional.empty();
        }
        return every;
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
