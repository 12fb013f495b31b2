package dev.gatehouse.gateway.demo;

import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import dev.gatehouse.gateway.command.Gatehouse;
import dev.gatehouse.gateway.command.Parts;
import dev.gatehouse.gateway.command.Places;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse demo}: the whole product on databases of its own, with statements to try. */
@Command(name = "demo", description = "Run the whole product on databases of its own, and say what to try.")
public final class Demo implements Callable<Integer> {

    /** From 16432, which is near PostgreSQL's proxies, to 16033, which is near MySQL's. */
    private static final int MYSQL_BELOW = 399;

    /** From 16432 to 18443, which is near where consoles are. */
    private static final int WEB_ABOVE = 2011;

    private static final int MOST_PORT = 65535;
    private static final long BEGINNING_SECONDS = 60;

    private final Parts parts;
    private final Places places;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--script", description = "Perform every step, check what comes of it, and exit 0 or 1.")
    private boolean script;

    @Option(names = "--keep", paramLabel = "DIR", description = "Put everything into DIR, and leave it there.")
    private Optional<Path> keep = Optional.empty();

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            defaultValue = "16432",
            description =
                    "Where the gateway listens for PostgreSQL clients, 399 below it for MySQL's, and 2011 above it for"
                            + " browsers; 0 for any free ports (default: ${DEFAULT-VALUE}, so 16033 and 18443).")
    private int portBase = 16432;

    public Demo(Parts parts, Places places) {
        this.parts = parts;
        this.places = places;
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        return script ? perform() : show();
    }

    /** Runs until a signal comes; leaves word in the well-known folder, so that other commands find it. */
    private Integer show() throws IOException, SQLException, InterruptedException {
        DemoFolder folder = DemoFolder.take(places);
        CompletableFuture<Stage> begun = new CompletableFuture<>();
        atTheEnd(() -> {
            strike(begun);
            folder.close();
        });
        Path home = keep.orElse(DemoFolder.home(places));
        Stage stage = set(begun, home, places.demoSocket());
        folder.point(stage.config());
        PrintWriter out = spec.commandLine().getOut();
        String self = System.getenv().getOrDefault("GATEHOUSE_SELF", "gatehouse");
        Tutorial.lines(stage, self).forEach(out::println);
        out.flush();
        new CountDownLatch(1).await();
        return ExitCode.DONE.status();
    }

    /** Runs in a folder that no other command finds, does the steps, and ends. */
    private Integer perform() throws IOException, SQLException {
        Path aside = Files.createTempDirectory("gatehouse-script-");
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("XDG_RUNTIME_DIR", aside.toString());
        Path home = keep.orElse(aside.resolve("home"));
        Path socket = aside.resolve("admin.sock");
        PrintWriter out = spec.commandLine().getOut();
        CompletableFuture<Stage> begun = new CompletableFuture<>();
        atTheEnd(() -> {
            strike(begun);
            DemoFolder.stopIn(home);
            DemoHome.remove(aside);
        });
        try (Stage stage = set(begun, home, socket)) {
            environment.put("GATEHOUSE_CONFIG", stage.config().toString());
            CommandLine commands = Gatehouse.line(parts, new Places(environment, aside), environment, List.of(this));
            boolean isGood = new Script(stage, commands, out).perform();
            return (isGood ? ExitCode.DONE : ExitCode.FAILED).status();
        }
    }

    /** Sets the stage, and tells those who are to strike it; or that there is nothing to strike. */
    private Stage set(CompletableFuture<Stage> begun, Path home, Path socket) throws IOException, SQLException {
        try {
            Stage stage = Stage.set(parts, home, ports(), socket, keep.isPresent());
            begun.complete(stage);
            return stage;
        } finally {
            begun.cancel(false);
        }
    }

    private Ports ports() throws IOException {
        if (portBase == 0) {
            return new Ports(freePort(), freePort(), freePort());
        }
        if (portBase <= MYSQL_BELOW || portBase > MOST_PORT - WEB_ABOVE) {
            throw new Failure(
                    ExitCode.USAGE,
                    "usage",
                    "--port-base is 0 or " + (MYSQL_BELOW + 1) + " to " + (MOST_PORT - WEB_ABOVE) + ", not " + portBase,
                    "");
        }
        return new Ports(portBase, portBase - MYSQL_BELOW, portBase + WEB_ABOVE);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Has something done when the process ends, by itself or by a signal. */
    private void atTheEnd(Ending ending) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                ending.run();
                            } catch (IOException e) {
                                spec.commandLine()
                                        .getErr()
                                        .println("gatehouse: something of the demo remains: " + e.getMessage());
                            }
                        },
                        "demo-end"));
    }

    /** Ends what was begun. What is just beginning is waited for: ended half way, it would leave something behind. */
    private static void strike(CompletableFuture<Stage> begun) throws IOException {
        try {
            begun.get(BEGINNING_SECONDS, TimeUnit.SECONDS).close();
        } catch (CancellationException e) {
            // It has cleared away itself what it had begun.
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the demo is still starting", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is done when the process ends. */
    private interface Ending {
        void run() throws IOException;
    }
}
