package dev.gatehouse.gateway.login;

import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import dev.gatehouse.gateway.command.Places;
import dev.gatehouse.gateway.settings.ClientView;
import dev.gatehouse.gateway.settings.Settings.Address;
import dev.gatehouse.identity.Grant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse connect}: starts psql or mysql with the token of whoever signed in. */
@Command(
        name = "connect",
        description = "Start psql or mysql at an upstream, with the token of `gatehouse login` as the password.")
public final class Connect implements Callable<Integer> {

    private static final String ANYWHERE = "0.0.0.0";

    private final Places places;
    private final Map<String, String> environment;
    private final Wallet wallet;

    /** What is printed instead of starting a client. */
    enum Form {
        URL,
        JDBC,
        PG_SERVICE,
        ENV
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "UPSTREAM", description = "The upstream, or UPSTREAM/DATABASE.")
    private String upstream = "";

    @Parameters(index = "1..*", paramLabel = "ARGUMENTS", description = "What psql or mysql gets besides, behind --.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The gateway's configuration, which says where it listens.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--gateway",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:GATEHOUSE_GATEWAY}",
            description = "Where the gateway is, instead ($GATEHOUSE_GATEWAY).")
    private Optional<String> gateway = Optional.empty();

    @Option(names = "--mysql", description = "With --gateway: it speaks MySQL's protocol there.")
    private boolean mysql;

    @Option(
            names = "--gateway-ca",
            paramLabel = "FILE",
            description = "Who issues the gateway's certificate, in PEM. Default: what the client takes by itself.")
    private Optional<Path> ca = Optional.empty();

    @Option(
            names = "--print",
            paramLabel = "FORM",
            description = "Print how to connect, without the password, instead: ${COMPLETION-CANDIDATES}.")
    private Optional<Form> print = Optional.empty();

    public Connect(Places places, Map<String, String> environment) {
        this.places = places;
        this.environment = environment;
        this.wallet = new Wallet(environment, InstantSource.system());
    }

    @Override
    public Integer call() throws InterruptedException {
        Grant.Shown token = wallet.token(Duration.ofMinutes(1));
        Way way = way(token.user());
        if (print.isPresent()) {
            way.lines(print.get()).forEach(spec.commandLine().getOut()::println);
            return ExitCode.DONE.status();
        }
        ProcessBuilder builder = new ProcessBuilder(way.command(arguments)).inheritIO();
        builder.environment().put(way.isMySql() ? "MYSQL_PWD" : "PGPASSWORD", token.token());
        try {
            Process client = builder.start();
            // Ctrl-C is for the client, which goes on.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> await(client), "client"));
            return client.waitFor();
        } catch (IOException e) {
            throw new Failure(
                            ExitCode.NOT_FOUND,
                            "no_client",
                            way.command(List.of()).get(0) + " cannot be started: " + e.getMessage(),
                            "--print tells how any other client connects")
                    .because(e);
        }
    }

    private static void await(Process client) {
        try {
            client.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Way way(String user) {
        Optional<String> given = gateway.filter(text -> !text.isBlank());
        if (given.isPresent()) {
            int colon = given.get().lastIndexOf(':');
            if (colon <= 0 || !given.get().substring(colon + 1).matches("[0-9]{1,5}")) {
                throw new Failure(ExitCode.USAGE, "gateway", "--gateway is HOST:PORT", "");
            }
            return new Way(
                    given.get().substring(0, colon),
                    Integer.parseInt(given.get().substring(colon + 1)),
                    mysql,
                    upstream,
                    user,
                    ca);
        }
        Path file = places.config(config);
        ClientView view = ProviderOptions.view(file, environment);
        int slash = upstream.indexOf('/');
        Dialect dialect = view.upstreams().get(slash < 0 ? upstream : upstream.substring(0, slash));
        if (dialect == null) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "no_upstream",
                    "there is no upstream \"" + upstream + "\"",
                    "there are: "
                            + String.join(
                                    ", ",
                                    view.upstreams().keySet().stream().sorted().toList()));
        }
        boolean speaksMySql = dialect == Dialect.MYSQL;
        Address address = (speaksMySql ? view.mysql() : view.postgres())
                .orElseThrow(() -> new Failure(
                        ExitCode.NOT_FOUND,
                        "no_listener",
                        file + " has no listener for " + dialect.name().toLowerCase(Locale.ROOT),
                        "--gateway HOST:PORT"));
        if (!view.underTls()) {
            throw new Failure(
                    ExitCode.INVALID,
                    "no_tls",
                    "tokens are taken under TLS only, and " + file + " has no listen.tls",
                    "");
        }
        String host = address.host().equals(ANYWHERE) || address.host().equals("::") ? "localhost" : address.host();
        return new Way(host, address.port(), speaksMySql, upstream, user, ca);
    }
}
