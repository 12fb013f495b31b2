package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Answer.Reason;
import dev.gatehouse.firewall.approval.Answer.Refused;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import java.util.Optional;

/** What speaks against a person's decision about a pending ticket. Pure functions. */
final class Objections {

    private Objections() {}

    /** The first objection, or empty when the decision may count. */
    static Optional<Refused> to(
            Ticket.Pending ticket, Optional<String> code, Reviewer by, String comment, Choice choice) {
        Request request = ticket.request();
        if (request.isAskedBy(by)) {
            return refused(Reason.NOT_PERMITTED, "you asked for this yourself; another reviewer must decide");
        }
        if (!request.isReviewedBy(by)) {
            return refused(
                    Reason.NOT_PERMITTED,
                    by.name() + " is not a reviewer of " + request.flow().name());
        }
        if (choice == Choice.APPROVE && ticket.isApprovedBy(by)) {
            return refused(Reason.NOT_PERMITTED, "you approved this already; another reviewer must approve it too");
        }
        if (code.isPresent() && !code.get().equalsIgnoreCase(request.code())) {
            return refused(
                    Reason.CODE_MISMATCH,
                    "the code of " + request.id() + " is not " + code.get() + "; look at the request again");
        }
        if (choice.needsComment(request) && comment.isBlank()) {
            return refused(Reason.COMMENT_REQUIRED, request.flow().name() + " wants a comment with this decision");
        }
        return Optional.empty();
    }

    /** The objection to taking a request back. */
    static Optional<Refused> toWithdrawing(Request request, Reviewer by) {
        return by.operator() || request.isAskedBy(by)
                ? Optional.empty()
                : refused(Reason.NOT_PERMITTED, "only who asked for " + request.id() + " can take it back");
    }

    /** The objection to ending a grant before its time: who holds it may, and whoever could have refused it. */
    static Optional<Refused> toRevoking(Request request, Reviewer by) {
        return by.operator() || request.isAskedBy(by) || request.isReviewedBy(by)
                ? Optional.empty()
                : refused(
                        Reason.NOT_PERMITTED,
                        "only who holds " + request.id() + " and the reviewers of "
                                + request.flow().name() + " can revoke it");
    }

    /** How a ticket stands, as a sentence's end: {@code rejected by lena}. */
    static String ending(Ticket ticket) {
        return ticket.match(
                pending -> "it waits",
                Objections::approved,
                used -> approved(used.approved()),
                denied -> "rejected by " + denied.vote().by().name(),
                expired -> "expired; it could be decided until "
                        + expired.request().deadline(),
                withdrawn -> "withdrawn by the requester (" + withdrawn.reason() + ")",
                declined -> "not taken in, as " + declined.reason());
    }

    private static String approved(Ticket.Approved approved) {
        return "approved by "
                + String.join(
                        ", ",
                        approved.approvals().stream()
                                .map(vote -> vote.by().name())
                                .toList());
    }

    private static Optional<Refused> refused(Reason reason, String message) {
        return Optional.of(new Refused(reason, message));
    }
}
