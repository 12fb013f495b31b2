package dev.gatehouse.gateway.notify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.approvals.Notice;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.gateway.settings.Settings.ToldSql;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a webhook is told of one event.
 *
 * @param id the same at each attempt, so that who gets it twice can see that
 * @param event what has happened
 * @param body JSON
 */
record Message(String id, String event, String body) {

    /**
     * The message of a notice.
     *
     * @param console where people decide; empty for nowhere
     */
    static Message of(Notice notice, ToldSql told, Optional<URI> console, String gateway) {
        Ticket ticket = notice.ticket();
        Request request = ticket.request();
        String event = event(notice);
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put("type", event).put("timestamp", time(notice).toString());
        ObjectNode data = all.putObject("data")
                .put("id", request.id())
                .put("gateway", gateway)
                .put("code", request.code())
                .put("digest", request.digest().hex())
                .put("rule", request.rule().id())
                .put("flow", request.flow().name())
                .put("reason", request.reason())
                .put("asked", request.asked().toString())
                .put("deadline", request.deadline().toString());
        who(data, request.session());
        if (told == ToldSql.FULL) {
            data.put("sql", request.sql());
        } else if (told == ToldSql.NONE) {
            data.remove(List.of("digest", "code"));
        }
        console.ifPresent(
                url -> data.put("url", url.resolve("/approvals/" + request.id()).toString()));
        if (notice.step() != Notice.Step.REQUESTED) {
            outcome(data, notice);
        }
        return new Message("msg_" + request.id() + "_" + notice.step().number(), event, all.toString());
    }

    private static String event(Notice notice) {
        return switch (notice.step()) {
            case REQUESTED -> "approval.requested";
            case DECIDED -> "approval.decided";
            case ENDED -> notice.ticket().request().isWish() ? "grant.created" : "approval.ended";
        };
    }

    private static void who(ObjectNode data, Session session) {
        ObjectNode who = data.putObject("subject")
                .put("name", session.subject().name())
                .put("kind", session.subject().kind().name().toLowerCase(Locale.ROOT));
        session.subject().owner().ifPresent(owner -> who.put("owner", owner));
        data.put("upstream", session.upstream().name())
                .put("database", session.database())
                .put("login", session.login().name());
    }

    private static void outcome(ObjectNode data, Notice notice) {
        notice.ticket()
                .match(
                        pending -> data,
                        approved -> votes(data, "approved", approved.approvals()),
                        used -> {
                            votes(data, "approved", used.approved().approvals());
                            return notice.step() == Notice.Step.ENDED
                                    ? data.put("result", used.result().orElse(""))
                                    : data;
                        },
                        denied -> votes(data, "rejected", List.of(denied.vote())),
                        expired -> data.put("outcome", "expired"),
                        withdrawn -> data.put("outcome", "withdrawn"),
                        declined -> data.put("outcome", "declined"));
    }

    private static ObjectNode votes(ObjectNode data, String outcome, List<Ticket.Vote> votes) {
        var all = data.put("outcome", outcome).putArray("votes");
        votes.forEach(vote -> all.addObject()
                .put("by", vote.by().name())
                .put("at", vote.at().toString())
                .put("comment", vote.comment()));
        return data;
    }

    /** When it happened, as far as the request tells. */
    private static Instant time(Notice notice) {
        Request request = notice.ticket().request();
        return notice.step() == Notice.Step.REQUESTED
                ? request.asked()
                : notice.ticket()
                        .match(
                                pending -> request.asked(),
                                approved -> approved.last().at(),
                                used -> used.approved().last().at(),
                                denied -> denied.vote().at(),
                                expired -> request.deadline(),
                                withdrawn -> request.asked(),
                                declined -> request.asked());
    }
}
