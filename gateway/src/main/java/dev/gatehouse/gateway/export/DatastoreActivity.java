package dev.gatehouse.gateway.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.journal.StatementSummary;

/**
 * A statement as an event of OCSF's class Datastore Activity, version 1.1.0; what has no place there is under {@code unmapped}.
 *
 * @see <a href="https://schema.ocsf.io/1.1.0/classes/datastore_activity">Datastore Activity</a>
 */
final class DatastoreActivity {

    private static final int APPLICATION_ACTIVITY = 6;
    private static final int DATASTORE_ACTIVITY = 6005;
    private static final int DATABASE = 1;
    private static final int INFORMATIONAL = 1;
    private static final int MEDIUM = 3;
    private static final int SUCCESS = 1;
    private static final int FAILURE = 2;

    private DatastoreActivity() {}

    static String line(StatementSummary statement) {
        Event.Asked asked = statement.asked();
        SqlCommand command = SqlCommand.of(asked.sql());
        boolean isBlocked = asked.verdict() == Verdict.BLOCK;
        boolean hasFailed = isBlocked
                || statement.answer().map(answer -> answer.event().failed()).orElse(true);
        int activity = command.sort().activity;
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("category_uid", APPLICATION_ACTIVITY)
                .put("class_uid", DATASTORE_ACTIVITY)
                .put("activity_id", activity)
                .put("activity_name", command.words())
                .put("type_uid", DATASTORE_ACTIVITY * 100 + activity)
                .put("severity_id", isBlocked ? MEDIUM : INFORMATIONAL)
                .put("time", statement.at().toEpochMilli())
                .put("status_id", hasFailed ? FAILURE : SUCCESS)
                .put("type_id", DATABASE);
        ObjectNode metadata =
                event.putObject("metadata").put("version", "1.1.0").put("uid", statement.id());
        metadata.put("correlation_uid", Id.text(Id.SESSION, asked.session()));
        metadata.putObject("product").put("name", "Gatehouse").put("vendor_name", "Gatehouse");
        people(event, statement);
        event.putObject("query_info").put("query_string", asked.sql());
        statement.answer().ifPresent(answer -> event.put(
                        "duration", answer.took().toMillis())
                .put("status_detail", answer.event().result()));
        if (isBlocked) {
            event.put("status_detail", asked.detail());
        }
        rest(event.putObject("unmapped"), statement);
        return event.toString();
    }

    private static void people(ObjectNode event, StatementSummary statement) {
        ObjectNode user = event.putObject("actor").putObject("user").put("name", statement.user());
        ObjectNode source = event.putObject("src_endpoint");
        ObjectNode database = event.putObject("database").put("type_id", DATABASE);
        statement.opened().ifPresent(opened -> {
            ArrayNode groups = user.putArray("groups");
            opened.groups().forEach(group -> groups.addObject().put("name", group));
            source.put("ip", opened.source());
            database.put("name", opened.database());
            event.putObject("dst_endpoint").put("name", opened.upstream()).put("svc_name", opened.protocol());
        });
    }

    private static void rest(ObjectNode to, StatementSummary statement) {
        Event.Asked asked = statement.asked();
        to.put("verdict", asked.verdict().word()).put("rule", asked.rule()).put("policy", asked.policy());
        statement.opened().ifPresent(opened -> to.put("kind", opened.kind())
                .put("application", opened.application())
                .put("login", opened.login()));
        ArrayNode parameters = to.putArray("parameters");
        asked.parameters().forEach(parameters::add);
        ArrayNode decisions = to.putArray("decisions");
        statement.decisions().forEach(decision -> decisions
                .addObject()
                .put("time", decision.at().toEpochMilli())
                .put("request", decision.event().request())
                .put("outcome", decision.event().outcome())
                .put("by", decision.event().by())
                .put("comment", decision.event().comment()));
        ArrayNode masked = to.putArray("masked");
        statement.answer().ifPresent(answer -> answer.event().masked().forEach(masked::add));
    }
}
