package dev.gatehouse.gateway.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The JSON documents of the API. Fields are only ever added. */
final class Documents {

    private static final String API_VERSION = "gatehouse/v1";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Documents() {}

    static ObjectNode approvals(List<Ticket> tickets, Instant now) {
        ObjectNode document = document("ApprovalList");
        ArrayNode items = document.putArray("items");
        tickets.forEach(ticket -> items.add(body(NODES.objectNode(), ticket, now)));
        return document;
    }

    static ObjectNode approval(Ticket ticket, Instant now) {
        return body(document("Approval"), ticket, now);
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

    static ObjectNode error(Problem problem) {
        ObjectNode document = NODES.objectNode();
        document.putObject("error")
                .put("code", problem.code.name().toLowerCase(Locale.ROOT))
                .put("message", String.valueOf(problem.getMessage()))
                .put("hint", problem.hint)
                .put("id", problem.id);
        return document;
    }

    private static ObjectNode document(String kind) {
        return NODES.objectNode().put("apiVersion", API_VERSION).put("kind", kind);
    }

    private static ObjectNode body(ObjectNode to, Ticket ticket, Instant now) {
        Request request = ticket.request();
        to.put("id", request.id())
                .put("state", state(ticket))
                .put("code", request.code())
                .put("asked", request.asked().toString())
                .put("deadline", request.deadline().toString())
                .put("waitSeconds", Duration.between(request.asked(), now).toSeconds());
        who(to, request.session());
        to.put("sql", request.sql());
        ArrayNode parameters = to.putArray("parameters");
        request.parameters().forEach(parameter -> parameters.add(parameter.text()));
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
                approved -> votes(to, approved.approvals()),
                denied -> votes(to, List.of(denied.vote())),
                expired -> to,
                withdrawn -> to.put("reason", withdrawn.reason()));
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

    private static String state(Ticket ticket) {
        return ticket.match(
                pending -> "pending",
                approved -> "approved",
                denied -> "rejected",
                expired -> "expired",
                withdrawn -> "withdrawn");
    }

    private static ArrayNode texts(Collection<String> values) {
        ArrayNode array = NODES.arrayNode();
        values.stream().sorted().forEach(array::add);
        return array;
    }
}
