package dev.gatehouse.firewall.gate;

import dev.gatehouse.firewall.policy.Ruling;
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
 */
public record Refusal(
        Outcome outcome,
        String id,
        String message,
        String detail,
        String hint,
        String context,
        Ruling.Source rule,
        Ruling.Culprit culprit) {

    /** The message with its machine-readable tail. */
    public String text() {
        String tail = rule.id().isEmpty() ? "" : " rule=" + rule.id();
        return message + " [gatehouse:" + outcome.word() + " id=" + id + tail + "]";
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
