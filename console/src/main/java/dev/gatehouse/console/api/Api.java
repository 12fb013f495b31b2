package dev.gatehouse.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.console.api.Problem.Code;
import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Recorder;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What each address of the API does; knows nothing of sockets. Throws {@link Problem} for whatever it cannot do. What a caller
 * may not see does not exist for them: the answer is the same as for an id that nobody ever had.
 */
public final class Api {

    private static final String LAST = "last";

    private final Approvals desk;
    private final Function<Ticket, Optional<ObjectNode>> receipts;
    private final Supplier<Status> status;
    private final InstantSource clock;

    /**
     * @param desk where decisions are made
     * @param receipts the signed word that a request was approved, where there is one
     * @param status how the gateway is now
     */
    public Api(
            Approvals desk,
            Function<Ticket, Optional<ObjectNode>> receipts,
            Supplier<Status> status,
            InstantSource clock) {
        this.desk = desk;
        this.receipts = receipts;
        this.status = status;
        this.clock = clock;
    }

    /** Answers a call; of operations that are about requests or the gateway, as the others are the doors' own. */
    public ObjectNode answer(Call call) {
        return switch (call.operation()) {
            case STATUS -> status(call);
            case APPROVALS -> list(call);
            case APPROVAL -> document(view(call.caller(), call.id()));
            case RECEIPT -> receipt(ticket(call.caller(), call.id()));
            case APPROVE, REJECT, WITHDRAW -> document(decide(call.caller(), call.id(), call.operation(), call.body()));
            case DOCUMENT, SIGN_IN, SESSION, SIGN_OUT, EVENTS ->
                throw new Problem(
                        Code.NOT_FOUND, "there is no " + call.operation().address() + " at this door", "", "");
        };
    }

    /** The requests a caller may see: those that are open, the oldest first, then those that ended, the latest first. */
    public List<Ticket> tickets(Caller caller) {
        return stored(desk::tickets).stream().filter(caller::sees).toList();
    }

    /**
     * A request the caller may see.
     *
     * @param id {@code req_…}, or {@code last} for the latest that waits, or else that there was
     */
    public Ticket ticket(Caller caller, String id) {
        Optional<Ticket> found = id.equals(LAST)
                ? lastPending(caller).or(() -> tickets(caller).stream().findFirst())
                : stored(() -> desk.find(id)).filter(caller::sees);
        return found.orElseThrow(() -> notFound(id));
    }

    /** The same, shown to the caller in full, which is recorded first. */
    public Ticket view(Caller caller, String id) {
        String real = ticket(caller, id).request().id();
        try {
            return stored(() -> desk.view(real, caller.reviewer())).orElseThrow(() -> notFound(real));
        } catch (Recorder.JournalUnavailable e) {
            throw new Problem(
                    Code.JOURNAL, "the journal cannot record that this is shown", "see the gateway's log", real);
        }
    }

    /**
     * Decides about a request, or takes it back.
     *
     * @param choice {@link Operation#APPROVE}, {@link Operation#REJECT}, or else to take it back
     * @param body {@code code} and {@code comment}, where given
     */
    public Ticket decide(Caller caller, String id, Operation choice, Map<String, String> body) {
        String real = id.equals(LAST)
                ? lastPending(caller)
                        .orElseThrow(() -> notFound(LAST))
                        .request()
                        .id()
                : ticket(caller, id).request().id();
        Reviewer reviewer = caller.reviewer();
        Optional<String> code = Optional.ofNullable(body.get("code"));
        String comment = body.getOrDefault("comment", "");
        Answer answer =
                switch (choice) {
                    case APPROVE -> desk.approve(real, code, reviewer, comment);
                    case REJECT -> desk.reject(real, code, reviewer, comment);
                    default -> desk.withdraw(real, caller.whoWithdraws());
                };
        return answer.match(Answer.Moved::ticket, refused -> {
            throw new Problem(code(refused.reason()), refused.message(), hint(refused.reason(), real), real);
        });
    }

    /** How many clients wait behind a request. */
    public int waiting(Ticket ticket) {
        return desk.waiting(ticket.request().id());
    }

    /** What the desk's store says, if it answers. */
    private static <T> T stored(Supplier<T> question) {
        try {
            return question.get();
        } catch (Approvals.Unavailable e) {
            throw new Problem(Code.STORE, String.valueOf(e.getMessage()), "try again in a while", "");
        }
    }

    private ObjectNode status(Call call) {
        if (!call.caller().seesAll()) {
            throw new Problem(
                    Code.NOT_PERMITTED,
                    "the gateway's status is for operators and those whose role has a right in the console",
                    "console: view",
                    "");
        }
        return Documents.status(status.get(), pending(call.caller()));
    }

    private ObjectNode list(Call call) {
        List<Ticket> tickets = tickets(call.caller()).stream()
                .filter(ticket -> call.all() || ticket instanceof Ticket.Pending)
                .toList();
        return Documents.approvals(tickets, this::waiting, clock.instant());
    }

    private ObjectNode receipt(Ticket ticket) {
        String id = ticket.request().id();
        return stored(() -> receipts.apply(ticket))
                .orElseThrow(() -> new Problem(
                        Code.NOT_FOUND,
                        "there is no receipt of " + id
                                + ": it was not approved, or not at this gateway, in whose journal the decision would"
                                + " stand",
                        "gatehouse approvals show " + id,
                        id));
    }

    private ObjectNode document(Ticket ticket) {
        return Documents.approval(ticket, waiting(ticket), clock.instant());
    }

    private Optional<Ticket> lastPending(Caller caller) {
        return tickets(caller).stream().filter(Ticket.Pending.class::isInstance).reduce((earlier, later) -> later);
    }

    private long pending(Caller caller) {
        return tickets(caller).stream().filter(Ticket.Pending.class::isInstance).count();
    }

    private static Problem notFound(String id) {
        return new Problem(
                Code.NOT_FOUND,
                id.equals(LAST) ? "no request waits" : "there is no request " + id,
                "gatehouse approvals list --all",
                id);
    }

    private static Code code(Answer.Reason reason) {
        return switch (reason) {
            case UNKNOWN -> Code.NOT_FOUND;
            case NOT_PERMITTED -> Code.NOT_PERMITTED;
            case CLOSED -> Code.CLOSED;
            case COMMENT_REQUIRED -> Code.COMMENT_REQUIRED;
            case CODE_MISMATCH -> Code.CODE_MISMATCH;
            case JOURNAL -> Code.JOURNAL;
            case STORE -> Code.STORE;
        };
    }

    private static String hint(Answer.Reason reason, String id) {
        return switch (reason) {
            case UNKNOWN -> "gatehouse approvals list --all";
            case NOT_PERMITTED -> "gatehouse approvals show " + id + " names its reviewers";
            case CLOSED, CODE_MISMATCH -> "gatehouse approvals show " + id;
            case COMMENT_REQUIRED -> "say why with -m TEXT";
            case JOURNAL -> "see the gateway's log; it lets no statement through either until the journal works";
            case STORE -> "try again; the gateway's log tells why its store does not answer";
        };
    }
}
