package dev.gatehouse.firewall.approval;

import dev.gatehouse.firewall.approval.Answer.Reason;
import dev.gatehouse.firewall.approval.Answer.Refused;
import dev.gatehouse.firewall.session.Subject;
import java.util.Collections;
import java.util.Optional;

/** What speaks against a person's decision about a pending ticket. Pure functions. */
final class Objections {

    private Objections() {}

    /** The first objection, or empty when the decision may count. */
    static Optional<Refused> to(
            Ticket.Pending ticket, Optional<String> code, Reviewer by, String comment, Approvals.Choice choice) {
        Request request = ticket.request();
        if (asked(request.session().subject(), by)) {
            return refused(Reason.NOT_PERMITTED, "you asked for this yourself; another reviewer must decide");
        }
        if (!reviews(request, by)) {
            return refused(
                    Reason.NOT_PERMITTED,
                    by.name() + " is not a reviewer of " + request.flow().name());
        }
        if (choice == Approvals.Choice.APPROVE && hasApproved(ticket, by)) {
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

    /** How a ticket stands, as a sentence's end: {@code rejected by lena}. */
    static String ending(Ticket ticket) {
        return ticket.match(
                pending -> "it waits",
                approved -> "approved by "
                        + String.join(
                                ", ",
                                approved.approvals().stream()
                                        .map(vote -> vote.by().name())
                                        .toList()),
                denied -> "rejected by " + denied.vote().by().name(),
                expired -> "expired undecided at " + expired.request().deadline(),
                withdrawn -> "withdrawn by the requester (" + withdrawn.reason() + ")");
    }

    private static boolean asked(Subject requester, Reviewer by) {
        return by.name().equalsIgnoreCase(requester.name())
                || requester.owner().map(by.name()::equalsIgnoreCase).orElse(false);
    }

    private static boolean reviews(Request request, Reviewer by) {
        return by.operator()
                || request.flow().reviewerUsers().contains(by.name())
                || !Collections.disjoint(request.flow().reviewerGroups(), by.groups());
    }

    private static boolean hasApproved(Ticket.Pending ticket, Reviewer by) {
        return ticket.approvals().stream().anyMatch(vote -> vote.by().name().equalsIgnoreCase(by.name()));
    }

    private static Optional<Refused> refused(Reason reason, String message) {
        return Optional.of(new Refused(reason, message));
    }
}
