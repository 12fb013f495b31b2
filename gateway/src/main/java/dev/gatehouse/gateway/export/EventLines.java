package dev.gatehouse.gateway.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.session.Id;
import java.io.IOException;
import java.util.List;

/**
 * The journal's records as a line of JSON each, with nothing left out; {@code docs/schema/journal-record.schema.json} describes
 * them. Fields are only ever added.
 */
public final class EventLines implements Export {

    private final Appendable out;
    private final boolean frames;

    /** @param frames whether records of bytes are among them */
    public EventLines(Appendable out, boolean frames) {
        this.out = out;
        this.frames = frames;
    }

    @Override
    public void add(Event.Entry entry) throws IOException {
        if (frames || !(entry.event() instanceof Event.Frames)) {
            out.append(line(entry).toString()).append('\n');
        }
    }

    @Override
    public void finish() {
        // Every line was written when its entry came.
    }

    private static ObjectNode line(Event.Entry entry) {
        Event event = entry.event();
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("time", entry.at().toString())
                .put("sequence", entry.sequence())
                .put("session", Id.text(Id.SESSION, event.session()));
        if (event instanceof Event.Opened e) {
            line.put("type", "opened").put("user", e.user()).put("kind", e.kind());
            texts(line.putArray("groups"), e.groups());
            line.put("source", e.source()).put("application", e.application());
            line.put("protocol", e.protocol()).put("upstream", e.upstream());
            line.put("database", e.database()).put("login", e.login());
        } else if (event instanceof Event.TurnedAway e) {
            line.put("type", "turned-away").put("user", e.user()).put("source", e.source());
            line.put("reason", e.reason());
        } else if (event instanceof Event.Frames e) {
            line.put("type", "frames");
            line.put("direction", e.direction() == Direction.FROM_CLIENT ? "from-client" : "to-client");
            line.put("bytes", e.bytes());
        } else if (event instanceof Event.Asked e) {
            decision(line.put("type", "asked"), e.decision()).put("sql", e.sql());
            texts(line.putArray("parameters"), e.parameters());
            line.put("verdict", e.verdict().word()).put("rule", e.rule());
            line.put("policy", e.policy()).put("detail", e.detail());
        } else if (event instanceof Event.Decided e) {
            decision(line.put("type", "decided"), e.decision()).put("request", e.request());
            line.put("outcome", e.outcome()).put("by", e.by()).put("comment", e.comment());
        } else if (event instanceof Event.Answered e) {
            decision(line.put("type", "answered"), e.decision()).put("result", e.result());
            texts(line.put("failed", e.failed()).putArray("masked"), e.masked());
        } else if (event instanceof Event.Closed e) {
            line.put("type", "closed").put("reason", e.reason());
        }
        return line;
    }

    private static ObjectNode decision(ObjectNode line, long number) {
        return line.put("decision", Id.text(Id.DECISION, number));
    }

    private static void texts(ArrayNode to, List<String> texts) {
        texts.forEach(to::add);
    }
}
