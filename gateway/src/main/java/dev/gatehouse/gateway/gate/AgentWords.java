package dev.gatehouse.gateway.gate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.session.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a refusal into words a program can act on: the detail becomes one line of JSON that says what became of the statement,
 * whether it is of use to try again, and the one thing to do. Values of the database are never in it. Safe for many threads.
 */
final class AgentWords {

    /** So often one rule may refuse before the advice is to stop. */
    private static final int PATIENCE = 5;

    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final int MOST_RULES = 100;
    private static final int MOST_COMMENT = 120;

    private final Optional<String> owner;
    private final InstantSource clock;
    private final Map<String, Deque<Instant>> blocks = new HashMap<>();

    AgentWords(Subject agent, InstantSource clock) {
        this.owner = agent.owner();
        this.clock = clock;
    }

    /** The refusal in these words. */
    Refusal of(Refusal refusal) {
        boolean tooOften = refusal.outcome() == Refusal.Outcome.BLOCKED
                && isTooOften(refusal.rule().id());
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("gatehouse", 1)
                .put("outcome", refusal.outcome().word())
                .put("id", refusal.id())
                .put("rule", refusal.rule().id())
                .put("retryable", !tooOften && isRetryable(refusal))
                .put("fix", tooOften ? stop(refusal) : fix(refusal));
        if (!refusal.detail().isEmpty()) {
            line.put("detail", refusal.detail());
        }
        refusal.facts().forEach(fact -> {
            int equals = fact.indexOf('=');
            line.put(fact.substring(0, equals), fact.substring(equals + 1));
        });
        return withComment(refusal).detailed(line.toString());
    }

    /** Most agents are shown the message alone; what the reviewer said is what they need. */
    private static Refusal withComment(Refusal refusal) {
        String comment = refusal.detail();
        return refusal.outcome() != Refusal.Outcome.REJECTED || comment.isEmpty()
                ? refusal
                : refusal.saying(refusal.message() + ". "
                        + (comment.length() <= MOST_COMMENT ? comment : comment.substring(0, MOST_COMMENT) + "…"));
    }

    /** What is classified is so in every disguise; what people have refused is not asked again. */
    private static boolean isRetryable(Refusal refusal) {
        return switch (refusal.outcome()) {
            case BLOCKED ->
                !refusal.hint().isEmpty() && refusal.culprit().column().isEmpty();
            case PENDING, EXPIRED, WITHDRAWN, LIMIT -> true;
            case REJECTED, ERROR -> false;
        };
    }

    private static String fix(Refusal refusal) {
        return switch (refusal.outcome()) {
            case PENDING ->
                refusal.id().startsWith("req_")
                        ? "Run CALL gatehouse.wait('" + refusal.id()
                                + "', 50) until it is approved, then send exactly this statement again."
                        : refusal.hint();
            case REJECTED -> "Do not send it again. Do what the reviewer says in the comment.";
            case WITHDRAWN -> "Send it again if it is still needed.";
            case ERROR -> "Stop, and tell the operator of the gateway.";
            case BLOCKED, EXPIRED, LIMIT -> refusal.hint().isEmpty() ? "Do not send it again." : refusal.hint();
        };
    }

    private String stop(Refusal refusal) {
        return "Stop: rule " + refusal.rule().id() + " has refused " + PATIENCE + " statements in ten minutes. Ask "
                + owner.orElse("a person") + ".";
    }

    private synchronized boolean isTooOften(String rule) {
        if (blocks.size() >= MOST_RULES) {
            blocks.clear();
        }
        Deque<Instant> times = blocks.computeIfAbsent(rule, any -> new ArrayDeque<>());
        Instant now = clock.instant();
        times.addLast(now);
        while (times.size() > PATIENCE + 1 || times.getFirst().isBefore(now.minus(WITHIN))) {
            times.removeFirst();
        }
        return times.size() > PATIENCE;
    }
}
