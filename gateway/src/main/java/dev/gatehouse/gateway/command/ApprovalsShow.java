package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse approvals show}: everything a reviewer needs to decide, the statement in full. */
@Command(name = "show", description = "Show a request in full.")
final class ApprovalsShow implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final AdminOptions gateway;

    @Mixin
    private final RequestChoice request = new RequestChoice();

    @Mixin
    private final Output output = new Output();

    ApprovalsShow(Places places) {
        this.gateway = new AdminOptions(places);
    }

    @Override
    public Integer call() {
        ObjectNode document = gateway.get(request.path());
        PrintWriter out = spec.commandLine().getOut();
        if (output.isForPeople()) {
            lines(document).forEach(out::println);
        } else {
            output.print(out, document);
        }
        return ExitCode.DONE.status();
    }

    private static List<String> lines(ObjectNode request) {
        JsonNode subject = request.path("subject");
        JsonNode rule = request.path("rule");
        JsonNode flow = request.path("flow");
        List<String> lines = new ArrayList<>();
        lines.add(text(request, "id") + "  " + text(request, "state") + "  code " + text(request, "code"));
        lines.add("");
        lines.add(Visible.block(request.path("sql").asText()));
        lines.add("");
        line(lines, "parameters", parameters(request.path("parameters")));
        line(lines, "who", text(subject, "name") + "  " + text(subject, "kind") + owner(subject));
        line(lines, "groups", join(subject.path("groups")));
        line(lines, "client", text(request, "application") + "  from " + text(request, "source"));
        line(
                lines,
                "to",
                text(request, "upstream") + "/" + text(request, "database") + "  login " + text(request, "login"));
        line(lines, "session", text(request, "session"));
        line(lines, "why", text(rule, "id") + "  " + text(rule, "file") + ":" + text(rule, "line"));
        line(
                lines,
                "reviewers",
                text(flow, "name") + ": groups " + join(flow.path("reviewerGroups")) + ", users "
                        + join(flow.path("reviewerUsers")) + "; " + text(flow, "needed") + " needed");
        if (!text(request, "requestReason").isEmpty()) {
            line(lines, "reason", text(request, "requestReason"));
        }
        line(lines, "asked", text(request, "asked") + "  until " + text(request, "deadline"));
        if (text(request, "state").equals("pending")) {
            line(
                    lines,
                    "waiting",
                    Amount.words(Duration.ofSeconds(request.path("waitSeconds").asLong())));
        }
        for (JsonNode vote : request.path("votes")) {
            line(lines, "decision", text(vote, "by") + " (" + text(vote, "via") + ") " + text(vote, "at") + said(vote));
        }
        if (request.has("usedBy")) {
            line(lines, "used", text(request, "usedBy") + "  " + text(request, "outcome"));
        }
        if (request.has("reason")) {
            line(lines, "ended", text(request, "reason"));
        }
        return lines;
    }

    private static String parameters(JsonNode parameters) {
        List<String> values = new ArrayList<>();
        int number = 1;
        for (JsonNode value : parameters) {
            values.add("$" + number++ + " = " + (value.isNull() ? "NULL" : "'" + Visible.line(value.asText()) + "'"));
        }
        return values.isEmpty() ? "none" : String.join(", ", values);
    }

    private static String owner(JsonNode subject) {
        return subject.has("owner") ? "  owner " + text(subject, "owner") : "";
    }

    private static String said(JsonNode vote) {
        return text(vote, "comment").isEmpty() ? "" : "  \"" + text(vote, "comment") + '"';
    }

    private static String join(JsonNode texts) {
        List<String> all = new ArrayList<>();
        texts.forEach(text -> all.add(Visible.line(text.asText())));
        return all.isEmpty() ? "none" : String.join(", ", all);
    }

    private static void line(List<String> lines, String title, String text) {
        lines.add(String.format("%-11s %s", title, text));
    }

    private static String text(JsonNode from, String field) {
        return Visible.line(from.path(field).asText());
    }
}
