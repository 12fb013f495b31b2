package dev.gatehouse.firewall.gate;

import dev.gatehouse.firewall.policy.Ruling;
import java.util.List;
import java.util.Locale;

/**
 * An error the gateway answers with instead of running a statement. Each protocol writes it in its own form.
 *
 * @param outcome what became of the statement
 * @param id the decision's or request's id, {@code dec_…} or {@code req_…}
 * @param message the whole answer in one line, without the tail
 * @param detail more about it; may be empty
 * @param hint what to do; may be empty
 * @param context the policy's version; may be empty
 * @param rule the rule that decided; an empty id when none did
 * @param culprit the part of the statement it points at
 * @param facts what more the tail says, {@code key=value} each; may be empty
 */
public record Refusal(
        Outcome outcome,
        String id,
        String message,
        String detail,
        String hint,
        String context,
        Ruling.Source rule,
        Ruling.Culprit culprit,
        List<String> facts) {

    public Refusal {
        facts = List.copyOf(facts);
    }

    /** A refusal whose tail says no more than its id and rule. */
    public Refusal(
            Outcome outcome,
            String id,
            String message,
            String detail,
            String hint,
            String context,
            Ruling.Source rule,
            Ruling.Culprit culprit) {
        this(outcome, id, message, detail, hint, context, rule, culprit, List.of());
    }

    /** The same with another message. */
    public Refusal saying(String other) {
        return new Refusal(outcome, id, other, detail, hint, context, rule, culprit, facts);
    }

    /** Whether the detail is for a program to read, and no sentence. */
    public boolean isForPrograms() {
        return detail.startsWith("{\"gatehouse\":");
    }

    /** The same with another detail. */
    public Refusal detailed(String other) {
        return new Refusal(outcome, id, message, other, hint, context, rule, culprit, facts);
    }

    /** The message with its machine-readable tail. */
    public String text() {
        StringBuilder tail = new StringBuilder(message + " [gatehouse:" + outcome.word() + " id=" + id);
        if (!rule.id().isEmpty()) {
            tail.append(" rule=").append(rule.id());
        }
        facts.forEach(fact -> tail.append(' ').append(fact));
        return tail.append(']').toString();
    }

    /** The kinds of refusal; each has one error code in each protocol. */
    public enum Outcome {
        BLOCKED,
        REJECTED,
        PENDING,
        EXPIRED,
        WITHDRAWN,
        LIMIT,
        ERROR;

        /** The word in the tail. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
