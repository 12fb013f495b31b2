package dev.gatehouse.bench.compare;

import dev.gatehouse.bench.load.Access;
import dev.gatehouse.bench.micro.MicroMain;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench compare}: the gateway beside nothing, a bytes-only relay, and the peers that are installed. */
@Command(
        name = "compare",
        description = "Compares the gateway with a bytes-only relay and installed peers; exits 1 if it costs too much.")
public final class CompareMain implements Callable<Integer> {

    private static final int TOO_DEAR = 1;
    private static final List<String> OURS = List.of(Middle.DIRECT, Middle.RELAY, Middle.GATEWAY);
    private static final List<String> ALL =
            List.of(Middle.DIRECT, Middle.RELAY, Middle.GATEWAY, "pgbouncer", "haproxy");

    @Option(names = "--quick", description = "What the guard needs; three minutes on a quiet machine.")
    private boolean quick;

    @Option(names = "--full", description = "Everything; the default.")
    private boolean full;

    @Option(names = "--pgbench", description = "Measures with pgbench too, where it is installed.")
    private boolean pgbench;

    @Option(names = "--no-jmh", description = "With --quick: leaves out the quick run of the JMH benchmarks.")
    private boolean withoutJmh;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "Only what the guard judges, CPU per query, but in so many rounds: to tell small changes apart.")
    private int rounds;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--guard",
            defaultValue = "" + Guard.ONE_RUN,
            description = "Greatest CPU per query of the gateway ÷ the relay's; default ${DEFAULT-VALUE}, the goal is "
                    + Guard.GOAL + ".")
    private double guard;

    @Option(
            names = "--targets",
            split = ",",
            description =
                    "Of direct, relay, gateway, pgbouncer, haproxy; default all of them, with --quick the first three. "
                            + "Peers that are not installed are left out.")
    private List<String> targets = List.of();

    @Option(names = "--flag", description = "One more JVM flag for relay and gateway; may be repeated.")
    private List<String> flags = List.of();

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        if (quick && full && spec != null) {
            throw new ParameterException(spec.commandLine(), "--quick and --full exclude each other");
        }
        Plan plan = rounds > 0 ? Plan.guarded(rounds) : quick ? Plan.quick(pgbench) : Plan.full(pgbench);
        int code = compare(plan);
        if (quick && rounds == 0 && !withoutJmh) {
            new CommandLine(new MicroMain()).execute("--quick");
        }
        return code;
    }

    private int compare(Plan plan) throws IOException, SQLException, InterruptedException {
        Path work = Files.createTempDirectory("gatehouse-compare");
        try (Database database = Database.start(work, plan.rows());
                LoadGenerator load = LoadGenerator.start();
                Started started = start(work, database.access())) {
            Comparison comparison = new Comparison(plan, load, started.middles(), out);
            comparison.warm();
            comparison.rush();
            comparison.stream();
            comparison.pace();
            comparison.churn();
            return report(comparison, started.middles());
        } finally {
            delete(work);
        }
    }

    private int report(Comparison comparison, List<Middle> middles) {
        List<String> names = new ArrayList<>(middles.stream().map(Middle::name).toList());
        if (names.contains(Middle.GATEWAY)) {
            names.add(Comparison.MASKED);
        }
        out.println();
        Table.print(comparison.figures(), names, out);
        comparison.notes().forEach(note -> out.println("left out: " + note));
        if (!names.contains(Middle.GATEWAY) || !names.contains(Middle.RELAY)) {
            out.println("guard: not judged without both gateway and relay");
            return 0;
        }
        List<String> violations = new Guard(guard).violations(comparison.figures());
        violations.forEach(violation -> out.println("guard: " + violation));
        if (violations.isEmpty()) {
            out.println("guard: passed, limit " + guard);
        }
        return violations.isEmpty() ? 0 : TOO_DEAR;
    }

    private Started start(Path work, Access server) throws IOException, InterruptedException {
        List<String> jvm = new ArrayList<>(GatewayUnderTest.FLAGS);
        jvm.addAll(flags);
        Started started = new Started(new ArrayList<>());
        try {
            for (String target : targets.isEmpty() ? (quick || rounds > 0 ? OURS : ALL) : targets) {
                started.middles.addAll(start(target, work, server, jvm));
            }
            return started;
        } catch (IOException | InterruptedException e) {
            started.close();
            throw e;
        }
    }

    private List<Middle> start(String target, Path work, Access server, List<String> jvm)
            throws IOException, InterruptedException {
        return switch (target) {
            case "direct" -> List.of(Middle.direct(server));
            case "relay" -> List.of(RelayUnderTest.start(work, server, jvm));
            case "gateway" -> List.of(GatewayUnderTest.start(work, server, jvm));
            case "pgbouncer" -> pgbouncers(work, server);
            case "haproxy" -> haproxy(work, server);
            default -> throw new IOException("no such target: " + target);
        };
    }

    private static List<Middle> pgbouncers(Path work, Access server) throws IOException, InterruptedException {
        Optional<Path> program = Peers.program("pgbouncer");
        if (program.isEmpty()) {
            return List.of();
        }
        return List.of(
                Peers.pgbouncer(program.get(), "session", work, server),
                Peers.pgbouncer(program.get(), "transaction", work, server));
    }

    private static List<Middle> haproxy(Path work, Access server) throws IOException, InterruptedException {
        Optional<Path> program = Peers.program("haproxy");
        return program.isEmpty() ? List.of() : List.of(Peers.haproxy(program.get(), work, server));
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = new ArrayList<>(walk.toList());
        }
        Collections.reverse(paths);
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }

    /** What was started, to be ended. */
    private record Started(List<Middle> middles) implements AutoCloseable {
        @Override
        public void close() {
            middles.forEach(Middle::close);
        }
    }
}
