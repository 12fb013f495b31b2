package dev.gatehouse.approvals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.firewall.approval.Digest;
import dev.gatehouse.firewall.approval.Finding;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Parameter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request as the store keeps it: all that reviewers are shown and that decides who may decide, as JSON. It names the server
 * and the login, and holds neither address nor credential; what is read back knows no more.
 */
final class RequestDocument {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RequestDocument() {}

    static String write(Request request) {
        ObjectNode to = NODES.objectNode();
        to.put("digest", request.digest().hex()).put("sql", request.sql()).put("reason", request.reason());
        ArrayNode parameters = to.putArray("parameters");
        request.parameters().forEach(parameter -> parameters.add(parameter.text()));
        ArrayNode findings = to.putArray("findings");
        request.findings().forEach(finding -> findings.addObject()
                .put("about", finding.about().name())
                .put("text", finding.text()));
        to.putObject("rule")
                .put("id", request.rule().id())
                .put("file", request.rule().file())
                .put("line", request.rule().line());
        to.set("flow", flow(request.flow()));
        to.set("session", session(request.session()));
        return to.toString();
    }

    /** A flow, the same text for the same flow. */
    static ObjectNode flow(Flow flow) {
        ObjectNode to = NODES.objectNode().put("name", flow.name());
        to.set("groups", sorted(flow.reviewerGroups()));
        to.set("users", sorted(flow.reviewerUsers()));
        to.put("needed", flow.needed()).put("fourEyes", flow.fourEyes());
        to.putObject("hold")
                .put("interactive", flow.hold().interactive().toString())
                .put("other", flow.hold().other().toString())
                .put("ticket", flow.hold().ticket())
                .put("inTransaction", flow.hold().inTransaction().name());
        return to.put("expires", flow.expires().toString())
                .put("runWithin", flow.runWithin().toString())
                .put("mostPending", flow.mostPending())
                .put("approveComment", flow.approveComment())
                .put("rejectComment", flow.rejectComment());
    }

    private static ObjectNode session(Session session) {
        ObjectNode to = NODES.objectNode().put("number", session.number());
        ObjectNode subject = to.putObject("subject")
                .put("name", session.subject().name())
                .put("kind", session.subject().kind().name());
        subject.set("groups", sorted(session.subject().groups()));
        session.subject().owner().ifPresent(owner -> subject.put("owner", owner));
        return to.put("upstream", session.upstream().name())
                .put("dialect", session.upstream().dialect().name())
                .put("database", session.database())
                .put("login", session.login().name())
                .put("source", HexFormat.of().formatHex(session.source().getAddress()))
                .put("application", session.application())
                .put("encrypted", session.encrypted());
    }

    private static ArrayNode sorted(Collection<String> values) {
        ArrayNode array = NODES.arrayNode();
        values.stream().sorted().forEach(array::add);
        return array;
    }

    /** Reads what {@link #write} wrote. */
    static Request read(String document, String id, Instant asked, Instant deadline) {
        JsonNode from = parse(document);
        List<Parameter> parameters = new ArrayList<>();
        from.get("parameters").forEach(value -> parameters.add(new Parameter(value.textValue())));
        List<Finding> findings = new ArrayList<>();
        from.path("findings")
                .forEach(finding -> findings.add(new Finding(
                        Finding.About.valueOf(finding.get("about").textValue()),
                        finding.get("text").textValue())));
        JsonNode rule = from.get("rule");
        return new Request(
                id,
                new Digest(from.get("digest").textValue()),
                session(from.get("session")),
                from.get("sql").textValue(),
                parameters,
                findings,
                from.get("reason").textValue(),
                new Ruling.Source(
                        rule.get("id").textValue(),
                        rule.get("file").textValue(),
                        rule.get("line").intValue()),
                flow(from.get("flow")),
                asked,
                deadline);
    }

    private static JsonNode parse(String document) {
        try {
            return MAPPER.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds a request that is not JSON", e);
        }
    }

    private static Flow flow(JsonNode from) {
        JsonNode hold = from.get("hold");
        return new Flow(
                from.get("name").textValue(),
                texts(from.get("groups")),
                texts(from.get("users")),
                from.get("needed").intValue(),
                from.get("fourEyes").booleanValue(),
                new Flow.Hold(
                        Duration.parse(hold.get("interactive").textValue()),
                        Duration.parse(hold.get("other").textValue()),
                        hold.get("ticket").booleanValue(),
                        Flow.InTransaction.valueOf(hold.get("inTransaction").textValue())),
                Duration.parse(from.get("expires").textValue()),
                Duration.parse(from.get("runWithin").textValue()),
                from.get("mostPending").intValue(),
                from.get("approveComment").booleanValue(),
                from.get("rejectComment").booleanValue());
    }

    private static Session session(JsonNode from) {
        JsonNode subject = from.get("subject");
        Login login = new Login(from.get("login").textValue(), "", new Secret(""));
        String database = from.get("database").textValue();
        Upstream upstream = new Upstream(
                from.get("upstream").textValue(),
                Dialect.valueOf(from.get("dialect").textValue()),
                "",
                0,
                database,
                List.of(),
                new Upstream.Tls(Upstream.Tls.Mode.VERIFY_FULL, Optional.empty()),
                Map.of(),
                List.of(login),
                0,
                Duration.ZERO);
        return new Session(
                from.get("number").longValue(),
                new Subject(
                        subject.get("name").textValue(),
                        Subject.Kind.valueOf(subject.get("kind").textValue()),
                        texts(subject.get("groups")),
                        Optional.ofNullable(subject.get("owner")).map(JsonNode::textValue)),
                upstream,
                database,
                login,
                address(from.get("source").textValue()),
                from.get("application").textValue(),
                from.get("encrypted").booleanValue());
    }

    private static InetAddress address(String hex) {
        try {
            return InetAddress.getByAddress(HexFormat.of().parseHex(hex));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the store holds an address that is none: " + hex, e);
        }
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> values = new LinkedHashSet<>();
        array.forEach(value -> values.add(value.textValue()));
        return values;
    }
}
