package dev.gatehouse.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.firewall.approval.Finding;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** The JSON documents of the API. Fields are only ever added. */
public final class Documents {

    private static final String API_VERSION = "gatehouse/v1";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Documents() {}

    static ObjectNode approvals(List<Ticket> tickets, ToIntFunction<Ticket> waiting, Instant now) {
        ObjectNode document = document("ApprovalList");
        ArrayNode items = document.putArray("items");
        tickets.forEach(ticket -> items.add(body(NODES.objectNode(), ticket, waiting.applyAsInt(ticket), now)));
        return document;
    }

    static ObjectNode approval(Ticket ticket, int waiting, Instant now) {
        return body(document("Approval"), ticket, waiting, now);
    }

    static ObjectNode status(Status status, long pending) {
        ObjectNode document = document("Status")
                .put("name", status.name())
                .put("version", status.version())
                .put("policy", status.policy())
                .put("started", status.started().toString())
                .put("journal", status.journal().toString())
                .put("sessions", status.sessions())
                .put("unauthenticated", status.unauthenticated())
                .put("turnedAway", status.turnedAway())
                .put("approvalsPending", pending);
        document.set("listeners", texts(status.listeners()));
        return document;
    }

    /** What a caller is told instead of an answer. */
    public static ObjectNode error(Problem problem) {
        ObjectNode document = NODES.objectNode();
        document.putObject("error")
                .put("code", problem.code().name().toLowerCase(Locale.ROOT))
                .put("message", problem.message())
                .put("hint", problem.hint())
                .put("id", problem.id());
        return document;
    }

    /** The beginning of a document. */
    public static ObjectNode document(String kind) {
        return NODES.objectNode().put("apiVersion", API_VERSION).put("kind", kind);
    }

    private static ObjectNode body(ObjectNode to, Ticket ticket, int waiting, Instant now) {
        Request request = ticket.request();
        to.put("id", request.id())
                .put("state", state(ticket))
                .put("code", request.code())
                .put("asked", request.asked().toString())
                .put("deadline", request.deadline().toString())
                .put("waitSeconds", Duration.between(request.asked(), now).toSeconds())
                .put("clientsWaiting", waiting);
        who(to, request.session());
        to.put("sql", request.sql()).put("digest", request.digest().hex()).put("requestReason", request.reason());
        ArrayNode parameters = to.putArray("parameters");
        request.parameters().forEach(parameter -> parameters.add(parameter.text()));
        ArrayNode findings = to.putArray("findings");
        for (Finding finding : request.findings()) {
            findings.addObject()
                    .put("about", finding.about().name().toLowerCase(Locale.ROOT))
                    .put("text", finding.text());
        }
        to.putObject("rule")
                .put("id", request.rule().id())
                .put("file", request.rule().file())
                .put("line", request.rule().line());
        ObjectNode flow = to.putObject("flow")
                .put("name", request.flow().name())
                .put("needed", request.flow().needed());
        flow.set("reviewerGroups", texts(request.flow().reviewerGroups()));
        flow.set("reviewerUsers", texts(request.flow().reviewerUsers()));
        return ending(to, ticket);
    }

    private static void who(ObjectNode to, Session session) {
        ObjectNode subject = to.putObject("subject")
                .put("name", session.subject().name())
                .put("kind", session.subject().kind().name().toLowerCase(Locale.ROOT));
        subject.set("groups", texts(session.subject().groups()));
        session.subject().owner().ifPresent(owner -> subject.put("owner", owner));
        to.put("session", session.id())
                .put("application", session.application())
                .put("source", session.source().getHostAddress())
                .put("upstream", session.upstream().name())
                .put("database", session.database())
                .put("login", session.login().name());
    }

    private static ObjectNode ending(ObjectNode to, Ticket ticket) {
        return ticket.match(
                pending -> votes(to, pending.approvals()),
                approved -> votes(to, approved.approvals())
                        .put("until", approved.until().toString()),
                used -> votes(to, used.approved().approvals())
                        .put("usedBy", Id.text(Id.DECISION, used.decision()))
                        .put("outcome", used.result().orElse("claimed, outcome unknown")),
                denied -> votes(to, List.of(denied.vote())),
                expired -> to,
                withdrawn -> to.put("reason", withdrawn.reason()),
                declined -> to.put("reason", declined.reason()));
    }

    private static ObjectNode votes(ObjectNode to, List<Ticket.Vote> votes) {
        ArrayNode all = to.putArray("votes");
        for (Ticket.Vote vote : votes) {
            all.addObject()
                    .put("by", vote.by().name())
                    .put("via", vote.by().via())
                    .put("comment", vote.comment())
                    .put("at", vote.at().toString());
        }
        return to;
    }

    /** How it stands, in one word. */
    public static String state(Ticket ticket) {
        return ticket.match(
                pending -> "pending",
                approved -> "approved",
                used -> "approved",
                denied -> "rejected",
                expired -> "expired",
                withdrawn -> "withdrawn",
                declined -> "declined");
    }

    private static ArrayNode texts(Collection<String> values) {
        ArrayNode array = NODES.arrayNode();
        values.stream().sorted().forEach(array::add);
        return array;
    }
}
