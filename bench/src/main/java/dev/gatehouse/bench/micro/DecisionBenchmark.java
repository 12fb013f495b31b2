package dev.gatehouse.bench.micro;

import dev.gatehouse.analyzer.CalciteAnalyzer;
import dev.gatehouse.analyzer.Origins;
import dev.gatehouse.analyzer.catalog.Catalogs;
import dev.gatehouse.approvals.ApprovalDesk;
import dev.gatehouse.bench.compare.Database;
import dev.gatehouse.bench.compare.ShippedConfiguration;
import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.gate.Gate.Checkpoint;
import dev.gatehouse.firewall.gate.Outcome;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Parameter;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Statement;
import dev.gatehouse.gateway.gate.OrderlyGate;
import dev.gatehouse.gateway.settings.Configuration;
import dev.gatehouse.gateway.settings.Loaded;
import dev.gatehouse.journal.EndlessSpool;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What it costs to let a statement of a known shape through: its analysis recalled, ruled on, and recorded. The analyzer,
 * the gate and the policy are those of the gateway under load; the analysis was made against a real server.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecisionBenchmark {

    private static final int ANY_PORT = 1;

    private final Database database;
    private final Catalogs catalogs;
    private final CalciteAnalyzer analyzer;
    private final Checkpoint checkpoint;
    private final Text text;

    /** Starts a server and has the statement analyzed once. */
    public DecisionBenchmark() {
        Configuration configuration;
        try {
            Path work = Files.createTempDirectory("gatehouse-decision");
            database = Database.start(work, 1);
            Loaded loaded = Loaded.load(ShippedConfiguration.write(work, ANY_PORT, database.access()), false, Map.of());
            configuration = loaded.configuration().orElseThrow(() -> new IllegalStateException(loaded.report()));
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("no server to analyze against", e);
        }
        Upstream upstream = configuration.settings().upstreams().get(0);
        Session session = new Session(
                Id.next(),
                configuration.settings().identity().localUsers().get(0).subject(),
                upstream,
                database.access().database(),
                upstream.logins().get(0),
                InetAddress.getLoopbackAddress(),
                "bench",
                false);
        Recorder recorder = EndlessSpool.open();
        catalogs = new Catalogs(name -> upstream);
        analyzer = new CalciteAnalyzer(catalogs);
        ApprovalDesk desk = ApprovalDesk.passing(recorder);
        checkpoint = new OrderlyGate(
                        configuration::policy,
                        desk,
                        desk.grants(),
                        InstantSource.system(),
                        analyzer,
                        new Origins(catalogs),
                        "bench")
                .open(session, recorder);
        text = new Text(
                "SELECT abalance FROM pgbench_accounts WHERE aid = 4711;".getBytes(StandardCharsets.UTF_8),
                new Scope(
                        upstream.name(),
                        session.database(),
                        session.login().username(),
                        Optional.of(List.of("\"$user\"", "public")),
                        new Modes.PostgreSql(true)));
        analyzer.analyze(text.sql(), text.scope()).toCompletableFuture().join();
        if (!(decide() instanceof Outcome.Proceed)) {
            throw new IllegalStateException("the statement is not let through");
        }
    }

    /** Ends the server. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        analyzer.close();
        catalogs.close();
        database.close();
    }

    /** Finds the analysis by the text's shape. */
    @Benchmark
    public Analysis recall() {
        return Objects.requireNonNull(analyzer.recall(text.sql(), text.length(), text.scope()), "it was analyzed");
    }

    /** The whole decision, with its record. */
    @Benchmark
    public Outcome decide() {
        return checkpoint.submit(text, recall());
    }

    /** A text as a client sends it. */
    private record Text(byte[] sql, Scope scope) implements Statement {
        @Override
        public int length() {
            return sql.length;
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public byte[] binding() {
            return new byte[0];
        }

        @Override
        public Transaction transaction() {
            return Transaction.NONE;
        }
    }
}
