package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.gate.Outcome;
import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.wire.postgres.message.Report;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** What the gateway itself tells a client: refusals as errors, waiting as notices, in PostgreSQL's own fields. */
final class Refusals {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
    private static final String NOTICE = "NOTICE";

    private Refusals() {}

    /** A refusal as an error that the session survives. */
    static Report error(Refusal refusal) {
        Ruling.Culprit culprit = refusal.culprit();
        Ruling.Source rule = refusal.rule();
        return Report.of(Report.ERROR, "ERROR", state(refusal.outcome()), refusal.text())
                .with('D', refusal.detail())
                .with('H', refusal.hint())
                .with('P', culprit.position() > 0 ? Integer.toString(culprit.position()) : "")
                .with('s', culprit.schema())
                .with('t', culprit.table())
                .with('c', culprit.column())
                .with('n', rule.id())
                .with('W', refusal.context())
                .with('F', rule.file())
                .with('L', rule.file().isEmpty() ? "" : Integer.toString(rule.line()))
                .with('R', "gatehouse_" + refusal.outcome().word());
    }

    /** An error in the server's own words, for what the server would refuse too. */
    static Report error(String state, String message, String hint) {
        return Report.of(Report.ERROR, "ERROR", state, message).with('H', hint);
    }

    private static String state(Refusal.Outcome outcome) {
        return switch (outcome) {
            case BLOCKED, REJECTED -> "42501";
            case PENDING, EXPIRED -> "55000";
            case WITHDRAWN -> "57014";
            case LIMIT -> "54000";
            case ERROR -> "58000";
        };
    }

    /** Tells that a statement waits, and for whom. */
    static Report held(Outcome.Wait wait) {
        Request request = wait.pending().request();
        Flow flow = request.flow();
        List<String> asked = new ArrayList<>();
        flow.reviewerGroups().stream().sorted().forEach(group -> asked.add("group " + group));
        flow.reviewerUsers().stream().sorted().forEach(asked::add);
        return Report.of(
                        Report.NOTICE,
                        NOTICE,
                        "00000",
                        "held for approval: " + request.id() + "  code " + request.code() + "  (asked: "
                                + String.join(", ", asked) + "; " + flow.needed()
                                + (flow.needed() == 1 ? " approval" : " approvals") + " needed)")
                .with(
                        'D',
                        "Rule " + request.rule().id() + ". Not sent to the database yet. Held until "
                                + CLOCK.format(wait.until().atZone(ZoneId.systemDefault()))
                                + (wait.until().isBefore(request.deadline())
                                        ? ", then it becomes a ticket."
                                        : ", then it expires."))
                .with('H', "Ctrl-C withdraws it. Reviewers: gatehouse approvals show " + request.id());
    }

    /** Tells that a statement that waited was approved. */
    static Report approved(Ticket.Approved approved) {
        Ticket.Vote last = approved.last();
        String comment = last.comment().isEmpty() ? "" : ": \"" + last.comment() + "\"";
        return Report.of(
                Report.NOTICE,
                NOTICE,
                "00000",
                approved.request().id() + " approved by " + last.by().name() + comment);
    }

    /**
     * Tells that values in a result are masked.
     *
     * @param names the result's columns
     */
    static Report masked(List<String> names, MaskPlan plan) {
        List<String> masked = new ArrayList<>();
        for (int i = 0; i < plan.width(); i++) {
            Mask mask = plan.mask(i);
            if (mask != null && mask.replaces()) {
                masked.add('"' + names.get(i) + "\" (" + mask.id() + ')');
            }
        }
        return Report.of(Report.NOTICE, NOTICE, "00000", "masked by policy: " + String.join(", ", masked))
                .with(
                        'H',
                        "In parentheses is the mask of the policy. EXPLAIN POLICY and the statement behind it tells where the columns come from.");
    }
}
