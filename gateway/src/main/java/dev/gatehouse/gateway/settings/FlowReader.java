package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.policy.Flow;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one of {@code approvals}. */
final class FlowReader {

    private static final Duration INTERACTIVE = Duration.ofMinutes(15);
    private static final Duration OTHER = Duration.ofSeconds(25);
    private static final Duration EXPIRES = Duration.ofHours(4);
    private static final Duration RUN_WITHIN = Duration.ofMinutes(30);
    private static final int MOST_PENDING = 20;
    private static final Map<String, Boolean> COMMENT = Map.of("optional", false, "required", true);

    private FlowReader() {}

    /** Whom a flow keeps waiting. */
    private enum Mode {
        /** A person at a terminal longer than a program. */
        AUTO,
        /** Everybody as long as a person, and then no longer. */
        HOLD,
        /** Everybody as long as the flow says for programs, not at all where it says nothing. */
        TICKET
    }

    static Optional<Flow> read(Section.Entry entry) {
        return entry.value().section().map(section -> read(entry.name(), section));
    }

    private static Flow read(String name, Section section) {
        Set<String> groups = new HashSet<>();
        Set<String> users = new HashSet<>();
        section.required("reviewers").flatMap(Value::section).ifPresent(reviewers -> {
            Vocabulary.items(reviewers, "groups").forEach(v -> v.text().ifPresent(groups::add));
            Vocabulary.items(reviewers, "users").forEach(v -> v.text().ifPresent(users::add));
            if (!reviewers.has("groups") && !reviewers.has("users")) {
                reviewers.self().problem(Code.MISSING_KEY, "reviewers are \"groups\", \"users\", or both");
            }
            reviewers.close();
        });
        int needed = section.optional("needed").flatMap(v -> v.integer(1, 100)).orElse(1);
        refuse(section, "four_eyes", v -> v.bool().filter(eyes -> !eyes).isPresent(), "false");
        Mode mode = section.optional("mode")
                .flatMap(v -> v.word("mode", Words.of(Mode.class)))
                .orElse(Mode.AUTO);
        Flow.Hold hold = section.section("hold").map(given -> hold(given, mode)).orElseGet(() -> hold(mode));
        Duration expires = duration(section, "expires", EXPIRES);
        Duration runWithin = duration(section, "run_within", RUN_WITHIN);
        int mostPending = section.optional("max_pending_per_identity")
                .flatMap(v -> v.integer(1, 1000))
                .orElse(MOST_PENDING);
        boolean approve = comment(section, "approve");
        boolean reject = comment(section, "reject");
        section.section("comments").ifPresent(comments -> {
            comments.optional("approve");
            comments.optional("reject");
            comments.close();
        });
        ticket(section);
        section.ignored("notify", "escalate", "reviewer_may");
        section.close();
        return new Flow(name, groups, users, needed, true, hold, expires, runWithin, mostPending, approve, reject);
    }

    /** Refuses a key whose value this release cannot do. */
    private static void refuse(Section section, String key, java.util.function.Predicate<Value> cannot, String word) {
        section.optional(key)
                .filter(cannot)
                .ifPresent(v -> v.notInRelease(Code.NOT_IN_RELEASE, v.path() + ": " + word));
    }

    private static void ticket(Section section) {
        section.section("ticket").ifPresent(ticket -> {
            boolean required = ticket.optional("required").flatMap(Value::bool).orElse(false);
            ticket.optional("via");
            ticket.close();
            ticket.self()
                    .notInRelease(
                            required ? Code.NOT_IN_RELEASE : Code.IGNORED,
                            ticket.self().path());
        });
    }

    private static Flow.Hold hold(Mode mode) {
        return new Flow.Hold(
                mode == Mode.TICKET ? Duration.ZERO : INTERACTIVE,
                other(mode),
                mode != Mode.HOLD,
                Flow.InTransaction.IF_CLEAN);
    }

    private static Duration other(Mode mode) {
        return switch (mode) {
            case AUTO -> OTHER;
            case HOLD -> INTERACTIVE;
            case TICKET -> Duration.ZERO;
        };
    }

    private static Flow.Hold hold(Section section, Mode mode) {
        Duration interactive = duration(section, "interactive", INTERACTIVE);
        Duration other = duration(section, "other", other(mode));
        boolean ticket = section.optional("then")
                .flatMap(v -> v.word("then", Map.of("ticket", true, "reject", false)))
                .orElse(mode != Mode.HOLD);
        Flow.InTransaction inTransaction = section.optional("in_transaction")
                .flatMap(v -> v.word("in_transaction", Words.of(Flow.InTransaction.class)))
                .orElse(Flow.InTransaction.IF_CLEAN);
        section.close();
        return new Flow.Hold(mode == Mode.TICKET ? other : interactive, other, ticket, inTransaction);
    }

    private static Duration duration(Section section, String key, Duration unless) {
        return section.optional(key).flatMap(Value::duration).orElse(unless);
    }

    private static boolean comment(Section section, String key) {
        return section.section("comments")
                .flatMap(comments -> comments.optional(key))
                .flatMap(v -> v.word("comments." + key, COMMENT))
                .orElse("reject".equals(key));
    }
}
