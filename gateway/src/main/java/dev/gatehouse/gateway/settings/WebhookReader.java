package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.gateway.settings.Settings.ToldSql;
import dev.gatehouse.gateway.settings.Settings.Webhook;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code notify}: of all that can be told by it, webhooks. */
final class WebhookReader {

    private static final Set<String> EVENTS =
            Set.of("approval.requested", "approval.decided", "approval.ended", "grant.created");
    /** Of the format, but nothing tells them yet. */
    private static final Set<String> NOT_YET = Set.of("statement.blocked", "journal.verify_failed");

    private static final int SHORTEST_SECRET = 24;

    private WebhookReader() {}

    static List<Webhook> read(Section notify) {
        notify.ignored("slack", "pagerduty", "jira");
        List<Webhook> hooks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Value item : notify.items("webhooks")) {
            item.section().flatMap(section -> hook(section, names)).ifPresent(hooks::add);
        }
        notify.close();
        return hooks;
    }

    private static Optional<Webhook> hook(Section section, Set<String> names) {
        Optional<String> name = section.required("name").flatMap(Vocabulary::id).filter(id -> {
            if (!names.add(id)) {
                section.self().problem(Code.DUPLICATE_NAME, "a webhook \"" + id + "\" exists already");
            }
            return true;
        });
        Optional<URI> url = section.required("url").flatMap(v -> v.as(WebhookReader::url));
        Set<String> events = section.has("events") ? events(section) : EVENTS;
        Optional<Value> secret = section.required("signing_secret");
        Optional<Secret> key = secret.flatMap(Value::secret);
        key.filter(text -> text.reveal().length() < SHORTEST_SECRET).ifPresent(text -> secret.get()
                .problem(Code.BAD_VALUE, "\"signing_secret\" has less than " + SHORTEST_SECRET + " characters"));
        ToldSql sql = section.optional("include_sql")
                .flatMap(v -> v.word("include_sql", Words.of(ToldSql.class)))
                .orElse(ToldSql.DIGEST);
        section.close();
        return name.isEmpty() || url.isEmpty() || key.isEmpty()
                ? Optional.empty()
                : Optional.of(new Webhook(name.get(), url.get(), events, key.get(), sql));
    }

    private static Set<String> events(Section section) {
        Set<String> events = new HashSet<>();
        for (Value item : Vocabulary.items(section, "events")) {
            if (item.text().filter(NOT_YET::contains).isPresent()) {
                item.notInRelease(Code.IGNORED, item.text().orElse(""));
            } else {
                item.name("event", EVENTS).ifPresent(events::add);
            }
        }
        return events;
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        boolean near = "http".equals(url.getScheme())
                && Set.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(url.getHost()));
        if (url.getHost() == null || url.getUserInfo() != null || !(near || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException("a webhook is at https://HOST/…, or http:// on this machine");
        }
        return url;
    }
}
