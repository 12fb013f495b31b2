package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.session.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement with all that became of it, gathered from the events of the journal that speak of its decision. */
final class Exchange {

    private final Instant at;
    private final Event.Asked asked;
    private final Event.@Nullable Opened opened;
    private final List<Event.Entry> decided = new ArrayList<>();
    private Event.@Nullable Entry answered;

    Exchange(Event.Entry entry, Event.Asked asked, Event.@Nullable Opened opened) {
        this.at = entry.at();
        this.asked = asked;
        this.opened = opened;
    }

    void decided(Event.Entry entry) {
        decided.add(entry);
    }

    void answered(Event.Entry entry) {
        answered = entry;
    }

    Instant at() {
        return at;
    }

    Verdict verdict() {
        return asked.verdict();
    }

    String user() {
        return opened == null ? "" : opened.user();
    }

    /** The document programs read; fields are only ever added. */
    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("id", Id.text(Id.DECISION, asked.decision()))
                .put("time", at.toString())
                .put("session", Id.text(Id.SESSION, asked.session()))
                .put("user", user())
                .put("upstream", opened == null ? "" : opened.upstream())
                .put("database", opened == null ? "" : opened.database())
                .put("application", opened == null ? "" : opened.application())
                .put("verdict", asked.verdict().word())
                .put("rule", asked.rule())
                .put("policy", asked.policy())
                .put("detail", asked.detail())
                .put("sql", asked.sql());
        ArrayNode parameters = document.putArray("parameters");
        asked.parameters().forEach(parameters::add);
        decisions(document.putArray("decisions"));
        answer(document);
        return document;
    }

    private void decisions(ArrayNode to) {
        for (Event.Entry entry : decided) {
            if (entry.event() instanceof Event.Decided decision) {
                to.addObject()
                        .put("time", entry.at().toString())
                        .put("request", decision.request())
                        .put("outcome", decision.outcome())
                        .put("by", decision.by())
                        .put("comment", decision.comment());
            }
        }
    }

    private void answer(ObjectNode to) {
        Event.@Nullable Entry entry = answered;
        if (entry != null && entry.event() instanceof Event.Answered answer) {
            Instant forwarded =
                    decided.isEmpty() ? at : decided.get(decided.size() - 1).at();
            ObjectNode node = to.putObject("answer")
                    .put("time", entry.at().toString())
                    .put("result", answer.result())
                    .put("failed", answer.failed())
                    .put("millis", Duration.between(forwarded, entry.at()).toMillis());
            ArrayNode masked = node.putArray("masked");
            answer.masked().forEach(masked::add);
        }
    }
}
