package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.policy.Names;
import dev.gatehouse.firewall.policy.Role;
import dev.gatehouse.firewall.policy.Rule;
import dev.gatehouse.firewall.policy.RuleBook;
import dev.gatehouse.firewall.policy.StatementMatch;
import dev.gatehouse.firewall.policy.Then;
import dev.gatehouse.firewall.policy.Who;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.StatementClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds what is written correctly and yet does nothing. */
final class Lints {

    private final RuleBook book;
    private final Settings settings;
    private final boolean federated;

    /** @param federated whether groups come from a provider, so that they are not known here */
    Lints(RuleBook book, Settings settings, boolean federated) {
        this.book = book;
        this.settings = settings;
        this.federated = federated;
    }

    void check(List<PolicyFiles.File> files) {
        for (PolicyFiles.File file : files) {
            if (!federated) {
                file.root().named("roles").forEach(this::role);
            }
            file.root().items("rules").forEach(item -> book.rules().stream()
                    .filter(r ->
                            r.place().file().equals(file.name()) && r.place().line() == item.line())
                    .forEach(rule -> approve(rule, item)));
        }
    }

    private void role(Section.Entry entry) {
        boolean anybody = settings.identity().localUsers().stream().anyMatch(user -> has(entry.name(), user));
        if (!anybody) {
            entry.key().problem(Code.NOBODY, "no local user has the role \"" + entry.name() + "\"");
        }
    }

    private boolean has(String role, Settings.LocalUser user) {
        return book.roles().stream()
                .filter(r -> r.name().equals(role))
                .anyMatch((Role r) -> r.includes(user.subject()));
    }

    /** Warns of an approve rule, or a part of one, that tightens nothing because nothing is allowed there. */
    private void approve(Rule rule, Value item) {
        if (!(rule.then() instanceof Then.Approve) || book.allowByDefault()) {
            return;
        }
        StatementMatch match = rule.statement().orElse(StatementMatch.ANY);
        List<String> classes = new ArrayList<>();
        for (StatementClass asked : new TreeSet<>(match.classes())) {
            boolean alive = Stream.of(Kind.values())
                    .filter(k -> k.statementClass() == asked && match.covers(k))
                    .anyMatch(k -> allowed(rule, k));
            if (!alive) {
                classes.add(asked.word());
            }
        }
        List<String> kinds = match.kinds().stream()
                .sorted()
                .filter(match::covers)
                .filter(k -> !allowed(rule, k))
                .map(Kind::word)
                .toList();
        report(rule, item, "classes", classes);
        report(rule, item, "kinds", kinds);
    }

    private static void report(Rule rule, Value item, String what, List<String> dead) {
        if (!dead.isEmpty()) {
            String roles = rule.who()
                    .filter(w -> !w.roles().isEmpty())
                    .map(w -> " to role " + String.join(", ", patterns(w.roles())))
                    .orElse("");
            item.lineProblem(
                    Code.NEVER_DECIDES,
                    "rule `" + rule.id() + "` never decides for " + what + " " + String.join(", ", dead)
                            + ": nothing allows them" + roles);
        }
    }

    private static Collection<String> patterns(Names names) {
        return names.globs().stream().map(Object::toString).toList();
    }

    /** Whether some allow rule may apply to the same people for this kind; where that is not plain, it is taken to. */
    private boolean allowed(Rule approve, Kind kind) {
        return book.rules().stream()
                .filter(r -> r.enforced() && r.then() instanceof Then.Allow)
                .filter(r -> r.statement().orElse(StatementMatch.ANY).covers(kind))
                .anyMatch(r -> r.who().isEmpty()
                        || approve.who().isEmpty()
                        || mayMeet(r.who().get(), approve.who().get()));
    }

    private static boolean mayMeet(Who allowed, Who asked) {
        if (allowed.roles().isEmpty() || asked.roles().isEmpty()) {
            return true;
        }
        return patterns(allowed.roles()).stream().anyMatch(asked.roles()::match)
                || patterns(asked.roles()).stream().anyMatch(allowed.roles()::match);
    }
}
