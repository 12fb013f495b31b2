package dev.gatehouse.firewall.policy;

import java.util.function.Function;

/** What the policy says about a statement. */
public sealed interface Ruling {

    /**
     * It may run.
     *
     * @param rule the rule that decided
     */
    record Allow(Source rule) implements Ruling {}

    /**
     * It may not run.
     *
     * @param rule the rule that decided
     * @param message what is shown after the rule's id; at most 200 characters
     * @param hint what to do; may be empty
     * @param culprit what in the statement decided
     */
    record Refuse(Source rule, String message, String hint, Culprit culprit) implements Ruling {}

    /**
     * It may run when people approve it.
     *
     * @param rule the rule that decided
     * @param flow who may approve, and for how long it waits
     */
    record Hold(Source rule, Flow flow) implements Ruling {}

    /**
     * Where a rule stands.
     *
     * @param id the rule's id; {@code default} and {@code mask_use} for the two that have none
     * @param file the policy file's name without its folder; may be empty
     * @param line its line there, 1-based; 0 when unknown
     */
    record Source(String id, String file, int line) {}

    /**
     * The part of a statement a refusal points at.
     *
     * @param position 1-based character offset into the text; 0 for none
     * @param schema the table's schema; empty for none
     * @param table the table; empty for none
     * @param column the column; empty for none
     * @param detail a sentence about it; may be empty
     */
    record Culprit(int position, String schema, String table, String column, String detail) {
        public static final Culprit NONE = new Culprit(0, "", "", "", "");
    }

    /** The rule that decided. */
    Source rule();

    /** Answers by case. A new kind of ruling does not compile until every caller answers it. */
    default <R> R match(Function<Allow, R> allow, Function<Refuse, R> refuse, Function<Hold, R> hold) {
        if (this instanceof Allow a) {
            return allow.apply(a);
        }
        if (this instanceof Refuse r) {
            return refuse.apply(r);
        }
        return hold.apply((Hold) this);
    }
}
