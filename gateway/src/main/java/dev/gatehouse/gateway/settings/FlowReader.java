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
    private static final Map<String, Boolean> COMMENT = Map.of("optional", false, "required", true);

    private FlowReader() {}

    /** What a flow says of holding. */
    private record Hold(Duration interactive, Duration other, Flow.InTransaction inTransaction) {}

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
        refuse(section, "mode", v -> ticketMode(v), "ticket");
        Hold hold = section.section("hold")
                .map(FlowReader::hold)
                .orElse(new Hold(INTERACTIVE, OTHER, Flow.InTransaction.IF_CLEAN));
        boolean approve = comment(section, "approve");
        boolean reject = comment(section, "reject");
        section.section("comments").ifPresent(comments -> {
            comments.optional("approve");
            comments.optional("reject");
            comments.close();
        });
        ticket(section);
        section.ignored("expires", "run_within", "notify", "escalate", "max_pending_per_identity", "reviewer_may");
        section.close();
        return new Flow(
                name,
                groups,
                users,
                needed,
                true,
                hold.interactive(),
                hold.other(),
                hold.inTransaction(),
                approve,
                reject);
    }

    private static boolean ticketMode(Value value) {
        return value.word("mode", Map.of("auto", false, "hold", false, "ticket", true))
                .orElse(false);
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

    private static Hold hold(Section section) {
        Duration interactive =
                section.optional("interactive").flatMap(Value::duration).orElse(INTERACTIVE);
        Duration other = section.optional("other").flatMap(Value::duration).orElse(OTHER);
        section.optional("then").ifPresent(v -> {
            if (v.word("then", Map.of("ticket", true, "reject", false)).orElse(false)) {
                v.notInRelease(Code.IGNORED, v.path() + ": ticket");
            }
        });
        Flow.InTransaction inTransaction = section.optional("in_transaction")
                .flatMap(v -> v.word("in_transaction", Words.of(Flow.InTransaction.class)))
                .orElse(Flow.InTransaction.IF_CLEAN);
        section.close();
        return new Hold(interactive, other, inTransaction);
    }

    private static boolean comment(Section section, String key) {
        return section.section("comments")
                .flatMap(comments -> comments.optional(key))
                .flatMap(v -> v.word("comments." + key, COMMENT))
                .orElse("reject".equals(key));
    }
}
