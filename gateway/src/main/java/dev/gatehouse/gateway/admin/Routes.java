package dev.gatehouse.gateway.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.gateway.admin.Problem.Code;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What each address of the API does; knows nothing of sockets. Throws {@link Problem} for whatever it cannot do. */
final class Routes {

    private static final String LAST = "last";

    private final Approvals desk;
    private final Peers peers;
    private final Supplier<Status> status;
    private final InstantSource clock;

    Routes(Approvals desk, Peers peers, Supplier<Status> status, InstantSource clock) {
        this.desk = desk;
        this.peers = peers;
        this.status = status;
        this.clock = clock;
    }

    /** Whether the caller wants to read or to change something. */
    enum Verb {
        GET,
        POST
    }

    /**
     * A call of the API.
     *
     * @param uid the caller's user, by the kernel's word
     * @param path the path's segments without empty ones
     * @param all whether ended requests are wanted too
     * @param body the fields of the JSON body, texts only
     */
    record Call(int uid, Verb verb, List<String> path, boolean all, Map<String, String> body) {}

    /** Answers a call. */
    ObjectNode answer(Call call) {
        List<String> path = call.path();
        if (path.size() < 2 || !path.get(0).equals("v1")) {
            throw unknown(path);
        }
        if (path.equals(List.of("v1", "status"))) {
            only(Verb.GET, call);
            return Documents.status(status.get(), pending());
        }
        if (!path.get(1).equals("approvals") || path.size() > 4) {
            throw unknown(path);
        }
        return path.size() < 4 ? read(call) : decide(call);
    }

    private ObjectNode read(Call call) {
        only(Verb.GET, call);
        peers.reviewer(call.uid(), Optional.empty());
        if (call.path().size() == 2) {
            List<Ticket> tickets = desk.tickets().stream()
                    .filter(ticket -> call.all() || ticket instanceof Ticket.Pending)
                    .toList();
            return Documents.approvals(tickets, clock.instant());
        }
        return Documents.approval(find(call.path().get(2)), clock.instant());
    }

    private ObjectNode decide(Call call) {
        String choice = call.path().get(3);
        if (!choice.equals("approve") && !choice.equals("reject")) {
            throw unknown(call.path());
        }
        only(Verb.POST, call);
        Map<String, String> body = call.body();
        Reviewer reviewer = peers.reviewer(call.uid(), Optional.ofNullable(body.get("as")));
        String id = pendingId(call.path().get(2));
        Optional<String> code = Optional.ofNullable(body.get("code"));
        String comment = body.getOrDefault("comment", "");
        Answer answer = choice.equals("approve")
                ? desk.approve(id, code, reviewer, comment)
                : desk.reject(id, code, reviewer, comment);
        return answer.match(moved -> Documents.approval(moved.ticket(), clock.instant()), refused -> {
            throw new Problem(code(refused.reason()), refused.message(), hint(refused.reason(), id), id);
        });
    }

    private Ticket find(String id) {
        Optional<Ticket> ticket = id.equals(LAST)
                ? desk.lastPending().or(() -> desk.tickets().stream().findFirst())
                : desk.find(id);
        return ticket.orElseThrow(() -> new Problem(
                Code.NOT_FOUND,
                id.equals(LAST) ? "nobody has asked for anything yet" : "there is no request " + id,
                "gatehouse approvals list --all",
                id));
    }

    private String pendingId(String id) {
        if (!id.equals(LAST)) {
            return id;
        }
        return desk.lastPending()
                .map(ticket -> ticket.request().id())
                .orElseThrow(
                        () -> new Problem(Code.NOT_FOUND, "no request waits", "gatehouse approvals list --all", LAST));
    }

    private long pending() {
        return desk.tickets().stream().filter(Ticket.Pending.class::isInstance).count();
    }

    private static void only(Verb verb, Call call) {
        if (call.verb() != verb) {
            throw new Problem(
                    Code.METHOD_NOT_ALLOWED, "/" + String.join("/", call.path()) + " takes " + verb + " only", "", "");
        }
    }

    private static Problem unknown(List<String> path) {
        return new Problem(
                Code.NOT_FOUND,
                "there is nothing at /" + String.join("/", path),
                "/v1/approvals, /v1/approvals/{id}, /v1/approvals/{id}/approve, /v1/approvals/{id}/reject, /v1/status",
                "");
    }

    private static Code code(Answer.Reason reason) {
        return switch (reason) {
            case UNKNOWN -> Code.NOT_FOUND;
            case NOT_PERMITTED -> Code.NOT_PERMITTED;
            case CLOSED -> Code.CLOSED;
            case COMMENT_REQUIRED -> Code.COMMENT_REQUIRED;
            case CODE_MISMATCH -> Code.CODE_MISMATCH;
            case JOURNAL -> Code.JOURNAL;
        };
    }

    private static String hint(Answer.Reason reason, String id) {
        return switch (reason) {
            case UNKNOWN -> "gatehouse approvals list --all";
            case NOT_PERMITTED -> "gatehouse approvals show " + id + " names its reviewers";
            case CLOSED, CODE_MISMATCH -> "gatehouse approvals show " + id;
            case COMMENT_REQUIRED -> "say why with -m TEXT";
            case JOURNAL -> "see the gateway's log; it lets no statement through either until the journal works";
        };
    }
}
