package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Recorder.JournalUnavailable;
import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.gate.Refusal.Outcome;
import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.policy.Ruling.Culprit;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.statement.Statement.Transaction;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The texts of refusals. */
final class Refusals {

    /** Stands for a rule where the protocol itself is what is refused. */
    static final Ruling.Source PROTOCOL = new Ruling.Source("protocol", "", 0);

    private static final int RETRY_AFTER_SECONDS = 60;
    private static final int MOST_NAMED = 3;
    private static final Ruling.Source NO_RULE = new Ruling.Source("", "", 0);

    private final Supplier<Policy> policies;

    Refusals(Supplier<Policy> policies) {
        this.policies = policies;
    }

    Refusal blocked(long decision, Ruling.Refuse refuse) {
        return new Refusal(
                Outcome.BLOCKED,
                Id.text(Id.DECISION, decision),
                message(refuse),
                refuse.culprit().detail(),
                refuse.hint(),
                context(),
                refuse.rule(),
                refuse.culprit());
    }

    Refusal blockedSince(long decision, Ruling.Refuse refuse) {
        return new Refusal(
                Outcome.REJECTED,
                Id.text(Id.DECISION, decision),
                "approved, but since then: " + message(refuse),
                refuse.culprit().detail(),
                refuse.hint(),
                context(),
                refuse.rule(),
                refuse.culprit());
    }

    private static String message(Ruling.Refuse refuse) {
        String rule = "statement blocked by policy rule \"" + refuse.rule().id() + "\"";
        return refuse.message().isEmpty() ? rule : rule + ": " + refuse.message();
    }

    Refusal rejected(Ticket.Denied denied) {
        Ticket.Vote vote = denied.vote();
        return plain(
                Outcome.REJECTED,
                denied,
                "statement rejected by " + vote.by().name(),
                vote.comment().isEmpty() ? "" : "Comment: " + vote.comment(),
                "");
    }

    Refusal expired(Ticket.Expired expired) {
        return plain(
                Outcome.EXPIRED,
                expired,
                "nobody decided in time, so the statement was not run",
                "",
                "Send it again when a reviewer is there.");
    }

    /** Tells what to do until somebody decides, in a message that is enough by itself: many clients show no more. */
    Refusal pending(Ticket.Pending pending) {
        Request request = pending.request();
        return new Refusal(
                Outcome.PENDING,
                request.id(),
                "approval needed: sent to " + reviewers(request.flow()) + " as " + request.id()
                        + ". Re-send exactly this statement after approval; do not change it",
                "Rule " + request.rule().id() + ". The statement was not run. "
                        + pending.approvals().size() + " of " + request.flow().needed() + " approvals given.",
                "CALL gatehouse.status('" + request.id() + "') tells how it stands.",
                context(),
                request.rule(),
                Culprit.NONE,
                List.of(
                        "retry_after=" + RETRY_AFTER_SECONDS,
                        "expires=" + request.deadline().truncatedTo(ChronoUnit.SECONDS),
                        "code=" + request.code()));
    }

    /** Of long lists the first, so that the message stays short. */
    private static String reviewers(Flow flow) {
        List<String> all = Stream.concat(
                        flow.reviewerGroups().stream().sorted(),
                        flow.reviewerUsers().stream().sorted())
                .toList();
        return all.size() <= MOST_NAMED
                ? String.join(", ", all)
                : String.join(", ", all.subList(0, MOST_NAMED)) + " and others";
    }

    Refusal usedElsewhere(Ticket.Used used) {
        return plain(
                Outcome.EXPIRED,
                used,
                "approved once, and another of your sessions has run it",
                "The approval was spent by " + Id.text(Id.DECISION, used.decision()) + ".",
                "Send it again to ask anew.");
    }

    Refusal declined(Ticket.Declined declined) {
        return plain(
                Outcome.LIMIT,
                declined,
                "approval needed, but " + declined.reason(),
                "",
                "Wait until some are decided, or withdraw those that are not needed.");
    }

    Refusal needsSession(long decision, Ruling.Hold hold) {
        return new Refusal(
                Outcome.PENDING,
                Id.text(Id.DECISION, decision),
                "approval needed, but the statement uses what only its session knows, so it cannot be sent again later",
                "Variables, temporary tables, cursors and prepared statements may mean something else by then.",
                "Write the values into the statement.",
                context(),
                hold.rule(),
                Culprit.NONE);
    }

    Refusal withdrawn(Ticket.Withdrawn withdrawn) {
        return plain(
                Outcome.WITHDRAWN,
                withdrawn,
                "canceling statement due to user request",
                "The request was withdrawn: " + withdrawn.reason() + ".",
                "");
    }

    /** The client took a statement back while its grant was looked at. */
    Refusal recalled(long decision, Ruling.Source rule) {
        return new Refusal(
                Outcome.WITHDRAWN,
                Id.text(Id.DECISION, decision),
                "canceling statement due to user request",
                "",
                "",
                context(),
                rule,
                Culprit.NONE);
    }

    Refusal grantOver(long decision, Ruling.Source rule, String grant) {
        return new Refusal(
                Outcome.BLOCKED,
                Id.text(Id.DECISION, decision),
                "the grant " + grant + " no longer counts: it is revoked, over, or used up",
                "The statement was not run.",
                "Send it again to learn what applies without it, or ask for another grant.",
                context(),
                rule,
                Culprit.NONE);
    }

    private Refusal plain(Outcome outcome, Ticket ticket, String message, String detail, String hint) {
        return new Refusal(
                outcome,
                ticket.request().id(),
                message,
                detail,
                hint,
                context(),
                ticket.request().rule(),
                Culprit.NONE);
    }

    Refusal cannotWait(long decision, Ruling.Hold hold, Transaction transaction) {
        String why = transaction == Transaction.FAILED
                ? "the transaction has failed already"
                : "it cannot wait inside this transaction, which would keep locks meanwhile";
        return new Refusal(
                Outcome.PENDING,
                Id.text(Id.DECISION, decision),
                "approval needed, but " + why,
                "",
                transaction == Transaction.FAILED ? "ROLLBACK first." : "Put the statement first, or COMMIT before it.",
                context(),
                hold.rule(),
                Culprit.NONE);
    }

    Refusal unrecorded(long decision, JournalUnavailable cause) {
        return new Refusal(
                Outcome.ERROR,
                Id.text(Id.DECISION, decision),
                "statement not run, as it could not be recorded",
                String.valueOf(cause.getMessage()),
                "Tell the operator of the gateway.",
                context(),
                NO_RULE,
                Culprit.NONE);
    }

    /** The store of the requests is down. Nobody was asked, and the same statement may be sent again. */
    Refusal noDesk(long decision) {
        return new Refusal(
                Outcome.PENDING,
                Id.text(Id.DECISION, decision),
                "approval needed, but nobody can be asked now",
                "The gateway cannot reach its store of requests. The statement was not run.",
                "Send it again in a while, or tell the operator of the gateway.",
                context(),
                NO_RULE,
                Culprit.NONE,
                List.of("retry_after=" + RETRY_AFTER_SECONDS));
    }

    Refusal fault(long decision) {
        return new Refusal(
                Outcome.ERROR,
                Id.text(Id.DECISION, decision),
                "statement not run: its request ended undecided",
                "",
                "Send it again.",
                context(),
                NO_RULE,
                Culprit.NONE);
    }

    Refusal notPassed(long decision, String what) {
        return new Refusal(
                Outcome.BLOCKED,
                Id.text(Id.DECISION, decision),
                what + " does not pass the gateway",
                "",
                "Use a plain SQL statement.",
                context(),
                PROTOCOL,
                Culprit.NONE);
    }

    private String context() {
        return "policy " + policies.get().version();
    }
}
