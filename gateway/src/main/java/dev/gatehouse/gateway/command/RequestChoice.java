package dev.gatehouse.gateway.command;

import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which request a command is about: the one named, or the last. */
final class RequestChoice {

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The request's id, such as req_7F3K.")
    private Optional<String> id = Optional.empty();

    @Option(names = "--last", description = "The latest request.")
    private boolean last;

    /** The place of the request in the API. */
    String path() {
        if (id.isPresent() == last) {
            throw new Failure(
                    ExitCode.USAGE,
                    "usage",
                    last ? "an id and --last are two requests" : "which request?",
                    "give its id or --last; `gatehouse approvals list` shows what waits");
        }
        String named = id.orElse("last");
        if (!named.matches("[A-Za-z0-9_]{1,40}")) {
            throw new Failure(ExitCode.USAGE, "usage", "not a request's id: " + named, "ids look like req_7F3K");
        }
        return "/v1/approvals/" + named;
    }
}
