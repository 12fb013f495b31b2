package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse approvals watch}: a line for each request that comes, and for each that moves. */
@Command(
        name = "watch",
        description = "Show what waits, and then each request as it comes and moves, until interrupted.")
final class ApprovalsWatch implements Callable<Integer> {

    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final AdminOptions gateway;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--for", paramLabel = "SPAN", description = "Stop after so long.")
    private Optional<Duration> span = Optional.empty();

    /** How each request stood when it was last looked at. */
    private final Map<String, String> seen = new HashMap<>();

    ApprovalsWatch(Places places) {
        this.gateway = new AdminOptions(places);
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        long began = System.nanoTime();
        boolean first = true;
        while (!Thread.currentThread().isInterrupted()) {
            look(out, first);
            first = false;
            if (span.isPresent() && System.nanoTime() - began >= span.get().toNanos()) {
                break;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return ExitCode.DONE.status();
    }

    /** What had ended before the first look is no news. */
    private void look(PrintWriter out, boolean first) {
        for (JsonNode item : gateway.get("/v1/approvals?all=1").withArray("items")) {
            String id = item.path("id").asText();
            String standing = standing(item);
            boolean news = !standing.equals(seen.put(id, standing));
            boolean wanted = !first || item.path("state").asText().equals("pending");
            if (news && wanted && item instanceof ObjectNode request) {
                tell(out, request);
            }
        }
        out.flush();
    }

    /** The state, how many have decided, and what came of it. */
    private static String standing(JsonNode item) {
        return item.path("state").asText() + " " + item.path("votes").size() + " "
                + item.path("outcome").asText();
    }

    private void tell(PrintWriter out, ObjectNode request) {
        if (!output.isForPeople()) {
            output.print(out, request);
            return;
        }
        String state = request.path("state").asText();
        StringBuilder line = new StringBuilder()
                .append(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                .append("  ")
                .append(String.format("%-9s", state))
                .append("  ")
                .append(request.path("id").asText());
        if (state.equals("pending")) {
            line.append("  code ")
                    .append(request.path("code").asText())
                    .append("  ")
                    .append(Visible.line(request.path("subject").path("name").asText()))
                    .append("  ")
                    .append(Visible.line(Target.words(
                            request.path("upstream").asText(),
                            request.path("database").asText())))
                    .append("  ")
                    .append(request.path("rule").path("id").asText())
                    .append("  ")
                    .append(Visible.line(request.path("sql").asText()));
        }
        for (JsonNode vote : request.path("votes")) {
            String comment = vote.path("comment").asText();
            line.append("  by ")
                    .append(Visible.line(vote.path("by").asText()))
                    .append(comment.isEmpty() ? "" : " \"" + Visible.line(comment) + '"');
        }
        String outcome = request.path("outcome").asText();
        line.append(outcome.isEmpty() ? "" : "  " + Visible.line(outcome));
        out.println(line);
    }
}
