package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.gateway.command.Listing.Column;
import dev.gatehouse.journal.StatementSummary;
import java.util.List;

/** A journaled statement as the document programs read and the line people read; fields are only ever added. */
final class StatementDocument {

    /** The outcome that is none: the request was opened for a reason. */
    static final String OPENED = "opened";

    /** The outcome that is none: a person looked at the request. */
    static final String VIEWED = "viewed";

    static final List<Column> COLUMNS = List.of(
            Column.time("TIME", "time"),
            Column.field("DECISION", "id"),
            Column.field("WHO", "user"),
            Column.of(
                    "TO",
                    item -> Target.words(
                            item.path("upstream").asText(),
                            item.path("database").asText())),
            Column.field("VERDICT", "verdict"),
            Column.field("RULE", "rule"),
            Column.of("RESULT", StatementDocument::result),
            Column.shrinking("STATEMENT", item -> item.path("sql").asText()));

    private StatementDocument() {}

    static ObjectNode of(StatementSummary statement) {
        Event.Asked asked = statement.asked();
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("id", statement.id())
                .put("time", statement.at().toString())
                .put("session", Id.text(Id.SESSION, asked.session()))
                .put("user", statement.user())
                .put("upstream", statement.opened().map(Event.Opened::upstream).orElse(""))
                .put("database", statement.opened().map(Event.Opened::database).orElse(""))
                .put(
                        "application",
                        statement.opened().map(Event.Opened::application).orElse(""))
                .put("verdict", asked.verdict().word())
                .put("rule", asked.rule())
                .put("policy", asked.policy())
                .put("detail", asked.detail())
                .put("sql", asked.sql());
        ArrayNode parameters = document.putArray("parameters");
        asked.parameters().forEach(parameters::add);
        ArrayNode decisions = document.putArray("decisions");
        statement.decisions().forEach(decision -> decisions
                .addObject()
                .put("time", decision.at().toString())
                .put("request", decision.event().request())
                .put("outcome", decision.event().outcome())
                .put("by", decision.event().by())
                .put("comment", decision.event().comment())
                .put("waitedMillis", decision.waited().toMillis()));
        statement.answer().ifPresent(answer -> answer(document, answer));
        return document;
    }

    private static void answer(ObjectNode to, StatementSummary.Answer answer) {
        ObjectNode node = to.putObject("answer")
                .put("time", answer.at().toString())
                .put("result", answer.event().result())
                .put("failed", answer.event().failed())
                .put("millis", answer.took().toMillis());
        ArrayNode masked = node.putArray("masked");
        answer.event().masked().forEach(masked::add);
    }

    /** The answer, or else how a held statement's request ended. */
    private static String result(ObjectNode item) {
        String last = "";
        for (JsonNode decision : item.path("decisions")) {
            String outcome = decision.path("outcome").asText();
            last = outcome.equals(VIEWED) || outcome.equals(OPENED) ? last : outcome;
        }
        String outcome = last.equals("used") ? "approved" : last;
        String result = item.path("answer").path("result").asText();
        return outcome.isEmpty() || result.isEmpty() ? outcome + result : outcome + ", " + result;
    }
}
