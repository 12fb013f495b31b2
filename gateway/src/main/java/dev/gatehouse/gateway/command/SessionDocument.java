package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.gateway.command.Listing.Column;
import dev.gatehouse.journal.SessionSummary;
import java.time.Duration;
import java.util.List;

/** A journaled session as the document programs read and the line people read; fields are only ever added. */
final class SessionDocument {

    static final List<Column> COLUMNS = List.of(
            Column.time("STARTED", "started"),
            Column.field("SESSION", "id"),
            Column.field("WHO", "user"),
            Column.field("CLIENT", "application"),
            Column.field("FROM", "source"),
            Column.of(
                    "TO",
                    item -> Target.words(
                            item.path("upstream").asText(),
                            item.path("database").asText())),
            Column.of(
                    "LASTED",
                    item -> Amount.words(Duration.ofMillis(item.path("millis").asLong()))),
            Column.field("STATEMENTS", "statements"),
            Column.field("BLOCKED", "blocked"),
            Column.field("HELD", "held"),
            Column.shrinking("END", item -> item.path("end").asText()));

    private SessionDocument() {}

    static ObjectNode of(SessionSummary session) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("id", session.id())
                .put("started", session.started().toString())
                .put("last", session.last().toString())
                .put("millis", session.duration().toMillis())
                .put("user", session.user())
                .put("kind", session.kind())
                .put("source", session.source())
                .put("application", session.application())
                .put("protocol", session.protocol())
                .put("upstream", session.upstream())
                .put("database", session.database())
                .put("login", session.login())
                .put("statements", session.statements())
                .put("blocked", session.blocked())
                .put("held", session.held())
                .put("end", session.end().orElse(""));
        ArrayNode groups = document.putArray("groups");
        session.groups().forEach(groups::add);
        return document;
    }
}
