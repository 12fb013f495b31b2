package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.session.Subject;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse policy explain}: what the policy makes of a statement, and why. */
@Command(
        name = "explain",
        description = {
            "Tell what the policy makes of a statement, and why. The statement does not run.",
            "",
            "It is the answer of EXPLAIN POLICY in a session of that user. No gateway need run; the tables are looked up on"
                    + " the upstream, with the login the user would get, or in the file of --catalog."
        },
        footer = {
            "",
            "Exit status: 0; with --exit-code 0 allowed, 4 blocked, 5 waits for approval. 3 the configuration is invalid,"
                    + " 6 no such user or upstream, 8 the upstream cannot be reached."
        })
final class PolicyExplain implements Callable<Integer> {

    private final Parts parts;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ConfigOption config;

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--as",
            paramLabel = "USER",
            required = true,
            description = "Who asks: a user of the configuration.")
    private String as = "";

    @Option(
            names = "--to",
            paramLabel = "UPSTREAM[/DATABASE]",
            required = true,
            description = "Which upstream is asked, and which of its databases.")
    private String to = "";

    @Option(
            names = "--groups",
            paramLabel = "GROUP",
            split = ",",
            description = "The user's groups, in place of the configuration's; then the user need not be in it.")
    private Set<String> groups = new LinkedHashSet<>();

    @Option(names = "--kind", paramLabel = "KIND", description = "What sort of user asks: ${COMPLETION-CANDIDATES}.")
    private Optional<Subject.Kind> kind = Optional.empty();

    @Option(names = "--login", paramLabel = "LOGIN", description = "The login the session asks for.")
    private Optional<String> login = Optional.empty();

    @Option(names = "--at", paramLabel = "TIME", description = "When, as 2026-11-20T23:30+01:00 (default: now).")
    private Optional<String> at = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The client's IP address (default: ${DEFAULT-VALUE}).")
    private String from = "";

    @Option(
            names = "--application",
            paramLabel = "NAME",
            defaultValue = "",
            description = "What the client calls itself, as psql.")
    private String application = "";

    @Option(
            names = "--catalog",
            paramLabel = "FILE",
            description = "The tables, in a file of docs/catalog-file.md; without it the upstream is asked.")
    private Optional<String> catalog = Optional.empty();

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            split = ",",
            description = "Where names without a schema are looked up, as in PostgreSQL's search path.")
    private List<String> schemas = List.of();

    @Option(names = "--exit-code", description = "Say the verdict by the exit status too.")
    private boolean exitCode;

    @Parameters(arity = "1", paramLabel = "SQL", description = "The statement.")
    private String sql = "";

    PolicyExplain(Parts parts, Places places) {
        this.parts = parts;
        this.config = new ConfigOption(places);
    }

    @Override
    public Integer call() {
        Parts.Explained explained = parts.explain(
                config.file(),
                new Inquiry(sql, as, kind, groups, to, login, time(), address(), application, catalog, schemas));
        PrintWriter out = spec.commandLine().getOut();
        if (output.isForPeople()) {
            explained.lines().forEach(line -> out.println(Visible.block(line)));
        } else {
            output.print(out, document(explained));
        }
        return exitCode ? status(explained.verdict()) : ExitCode.DONE.status();
    }

    private static int status(Verdict verdict) {
        return switch (verdict) {
            case ALLOW -> ExitCode.DONE.status();
            case BLOCK -> ExitCode.REFUSED.status();
            case APPROVE -> ExitCode.PENDING.status();
        };
    }

    private static ObjectNode document(Parts.Explained explained) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("apiVersion", "gatehouse/v1")
                .put("kind", "Explanation")
                .put("id", explained.rule())
                .put("verdict", explained.verdict().name().toLowerCase(Locale.ROOT))
                .put("rule", explained.rule())
                .put("policy", explained.policy());
        explained.lines().forEach(document.putArray("lines")::add);
        return document;
    }

    private Instant time() {
        try {
            return at.map(text -> OffsetDateTime.parse(text).toInstant()).orElseGet(Instant::now);
        } catch (DateTimeException e) {
            throw usage("\"" + at.orElse("") + "\" is not a time such as 2026-11-20T23:30+01:00")
                    .because(e);
        }
    }

    private InetAddress address() {
        boolean literal =
                !from.isEmpty() && from.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':');
        try {
            if (literal && (from.contains(":") || from.chars().noneMatch(Character::isLetter))) {
                return InetAddress.getByName(from);
            }
        } catch (UnknownHostException e) {
            throw usage("\"" + from + "\" is not an IP address").because(e);
        }
        throw usage("\"" + from + "\" is not an IP address");
    }

    private static Failure usage(String message) {
        return new Failure(ExitCode.USAGE, "usage", message, "see `gatehouse policy explain --help`");
    }
}
