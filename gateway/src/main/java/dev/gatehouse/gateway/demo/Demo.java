package dev.gatehouse.gateway.demo;

import dev.gatehouse.gateway.command.ExitCode;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse demo}: the whole product on a PostgreSQL of its own, with statements to try. */
@Command(name = "demo", description = "Run the whole product on a PostgreSQL of its own, and say what to try.")
public final class Demo implements Callable<Integer> {

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
            description = "Where the gateway listens; 0 for any free port (default: ${DEFAULT-VALUE}).")
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
        AtomicReference<@Nullable Stage> begun = new AtomicReference<>();
        atTheEnd(() -> {
            strike(begun);
            folder.close();
        });
        Path home = keep.orElse(DemoFolder.home(places));
        Stage stage = Stage.set(parts, home, port(), places.demoSocket(), keep.isPresent());
        begun.set(stage);
        folder.point(stage.config());
        PrintWriter out = spec.commandLine().getOut();
        String self = System.getenv().getOrDefault("GATEHOUSE_SELF", "gatehouse");
        Tutorial.lines(stage.port(), stage.seconds(), self).forEach(out::println);
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
        AtomicReference<@Nullable Stage> begun = new AtomicReference<>();
        atTheEnd(() -> {
            strike(begun);
            ShopDatabase.stopIn(home);
            DemoHome.remove(aside);
        });
        try (Stage stage = Stage.set(parts, home, port(), socket, keep.isPresent())) {
            begun.set(stage);
            environment.put("GATEHOUSE_CONFIG", stage.config().toString());
            CommandLine commands = Gatehouse.line(parts, new Places(environment, aside), environment, List.of(this));
            boolean isGood = new Script(stage, commands, out).perform();
            return (isGood ? ExitCode.DONE : ExitCode.FAILED).status();
        }
    }

    private int port() throws IOException {
        if (portBase != 0) {
            return portBase;
        }
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

    private static void strike(AtomicReference<@Nullable Stage> stage) throws IOException {
        Stage set = stage.get();
        if (set != null) {
            set.close();
        }
    }

    /** What is done when the process ends. */
    private interface Ending {
        void run() throws IOException;
    }
}
