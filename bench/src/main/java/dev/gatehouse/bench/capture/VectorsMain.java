package dev.gatehouse.bench.capture;

import dev.gatehouse.bench.load.Access;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench vectors}: records every scenario against a real server, into one folder. */
@Command(name = "vectors", description = "Records the PostgreSQL test vectors with psql, pgbench and pgjdbc.")
public final class VectorsMain implements Callable<Integer> {

    @Option(
            names = "--bin",
            description = "Programs of an installed server, such as /usr/lib/postgresql/15/bin; else the embedded one.")
    private @Nullable Path bin;

    @Option(names = "--out", required = true, description = "Folder for the .wire files.")
    private Path out = Path.of("vectors");

    @Option(names = "--only", defaultValue = ".*", description = "Pattern of the vectors to record.")
    private Pattern only = Pattern.compile(".*");

    @Override
    public Integer call() throws Exception {
        PostgresServer server = bin == null ? PostgresServer.embedded() : PostgresServer.installed(bin);
        try (VectorServer ready = VectorServer.prepare(server)) {
            List<Scenario> scenarios = Stream.of(PsqlScenarios.all(), JdbcScenarios.all(), RawScenarios.all())
                    .flatMap(List::stream)
                    .filter(scenario -> scenario.files().stream()
                            .anyMatch(file -> only.matcher(file).matches()))
                    .toList();
            for (Scenario scenario : scenarios) {
                record(scenario, ready.access());
            }
        }
        return 0;
    }

    private void record(Scenario scenario, Access direct) throws Exception {
        InetSocketAddress server = new InetSocketAddress(direct.host(), direct.port());
        try (Tee tee = Tee.start(0, server)) {
            scenario.act().play(new Stage(direct.through(tee.port())));
            List<List<String>> connections = tee.transcripts();
            if (connections.size() != scenario.files().size()) {
                throw new IOException(scenario.files() + " made " + connections.size() + " connections");
            }
            for (int i = 0; i < connections.size(); i++) {
                String file = scenario.files().get(i);
                if (!file.isEmpty()) {
                    CaptureMain.write(out.resolve(file + ".wire"), List.of(scenario.about()), connections.get(i));
                    System.out.println(file + ": " + connections.get(i).size() + " lines");
                }
            }
        }
    }
}
