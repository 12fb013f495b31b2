package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.gateway.admin.AdminClient;
import dev.gatehouse.gateway.admin.AdminClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which running gateway is meant, and the talk with it. */
final class AdminOptions {

    private final Places places;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The gateway's configuration, which names its admin socket.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--addr",
            paramLabel = "SOCKET",
            description =
                    "The gateway's admin socket. Default: $GATEHOUSE_ADDR, the configuration's, a running demo's.")
    private Optional<Path> addr = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            defaultValue = "10s",
            description = "How long to wait for an answer (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(10);

    AdminOptions(Places places) {
        this.places = places;
    }

    /** Reads a document from the gateway. */
    ObjectNode get(String path) {
        return talk(client -> client.get(path));
    }

    /** Has the gateway do something. */
    ObjectNode post(String path, Map<String, String> fields) {
        return talk(client -> client.post(path, fields));
    }

    private ObjectNode talk(Exchange exchange) {
        Path socket = places.adminSocket(addr, config);
        try {
            Reply reply = exchange.with(new AdminClient(socket, timeout));
            if (reply.isOk() && reply.body() instanceof ObjectNode document) {
                return document;
            }
            throw failure(reply);
        } catch (IOException e) {
            throw new Failure(
                            ExitCode.UNREACHABLE,
                            "unreachable",
                            "no gateway answers at " + socket + ": " + e.getMessage(),
                            "is it running, and may you use its socket? another socket: --addr SOCKET")
                    .because(e);
        }
    }

    private static Failure failure(Reply reply) {
        JsonNode error = reply.body().path("error");
        String code = error.path("code").asText("http_" + reply.status());
        String message = error.path("message").asText("the gateway answered HTTP " + reply.status());
        return new Failure(
                exit(code),
                code,
                message,
                error.path("hint").asText(""),
                error.path("id").asText(""));
    }

    private static ExitCode exit(String code) {
        return switch (code) {
            case "not_found" -> ExitCode.NOT_FOUND;
            case "not_permitted" -> ExitCode.NOT_PERMITTED;
            case "comment_required", "bad_request" -> ExitCode.USAGE;
            case "code_mismatch" -> ExitCode.REFUSED;
            default -> ExitCode.FAILED;
        };
    }

    /** One question to the gateway. */
    private interface Exchange {
        Reply with(AdminClient client) throws IOException;
    }
}
