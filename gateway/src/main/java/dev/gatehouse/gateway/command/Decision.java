package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of a decision, and the sending of it; approving and rejecting differ by a word. */
final class Decision {

    @Mixin
    private final AdminOptions gateway;

    @Mixin
    private final RequestChoice request = new RequestChoice();

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "The code you saw with the statement; refused when the request is another one.")
    private Optional<String> code = Optional.empty();

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "A comment; the requester and the journal get it.")
    private Optional<String> comment = Optional.empty();

    @Option(
            names = "--as",
            paramLabel = "USER",
            description = "The reviewer on whose word you act; for root and the gateway's own user only.")
    private Optional<String> as = Optional.empty();

    Decision(Places places) {
        this.gateway = new AdminOptions(places);
    }

    /**
     * Sends the decision.
     *
     * @param verb {@code approve} or {@code reject}
     */
    Integer send(String verb, CommandSpec spec) {
        Map<String, String> fields = new LinkedHashMap<>();
        code.ifPresent(value -> fields.put("code", value));
        comment.ifPresent(value -> fields.put("comment", value));
        as.ifPresent(value -> fields.put("as", value));
        ObjectNode ticket = gateway.post(request.path() + "/" + verb, fields);
        if (output.isForPeople()) {
            spec.commandLine().getOut().println(sentence(ticket));
        } else {
            output.print(spec.commandLine().getOut(), ticket);
        }
        return ExitCode.DONE.status();
    }

    private static String sentence(ObjectNode ticket) {
        String id = ticket.path("id").asText();
        String state = ticket.path("state").asText();
        int votes = ticket.path("votes").size();
        String by = Visible.line(ticket.path("votes").path(votes - 1).path("by").asText());
        String who = Visible.line(ticket.path("subject").path("name").asText());
        String sql = Visible.line(ticket.path("sql").asText());
        String first = state.equals("pending")
                ? id + " approved by " + by + "; " + votes + " of "
                        + ticket.path("flow").path("needed").asInt() + " approvals"
                : id + " " + state + " by " + by;
        return first + "  (" + who + ": " + sql + ")";
    }
}
