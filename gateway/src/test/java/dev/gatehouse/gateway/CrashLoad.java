package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Clients that write marks through a gateway until it is gone: some of the test's own for both protocols, and pgbench and
 * sysbench where they are installed.
 */
final class CrashLoad {

    /** In every statement of the load, and in none of the gateway's own. */
    static final String MARK = "crash_marks";

    static final String TABLE = "create table " + MARK + " (round int, load_by varchar(10), client int, n int)";

    private static final int THREADS = 2;
    private static final List<String> MODES = List.of("simple", "extended", "prepared");

    private static final String PGBENCH = """
            \\set n :n + 1
            begin /* crash_marks */;
            insert into crash_marks values (:round, 'pgbench', :client_id, :n);
            select count(*) from crash_marks where client = :client_id and n = :n;
            commit /* crash_marks */;
            """;
    private static final String SYSBENCH = """
            sysbench.cmdline.options = { round = {"the round", 0} }
            function thread_init()
                con = sysbench.sql.driver():connect()
                n = 0
            end
            function event()
                n = n + 1
                con:query("begin /* crash_marks */")
                con:query(string.format(
                    "insert into crash_marks values (%d, 'sysbench', %d, %d)", sysbench.opt.round, sysbench.tid, n))
                con:query("commit /* crash_marks */")
            end
            """;

    private final Path folder;
    private final int round;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Process> tools = new ArrayList<>();

    private CrashLoad(Path folder, int round) {
        this.folder = folder;
        this.round = round;
    }

    /** Begins to load a gateway. */
    static CrashLoad on(GatewayProcess gateway, Path folder, int round) throws IOException {
        CrashLoad load = new CrashLoad(folder, round);
        for (int client = 0; client < THREADS; client++) {
            load.begin("jdbc:postgresql://127.0.0.1:" + gateway.port() + "/shop", client);
            load.begin(
                    "jdbc:mariadb://127.0.0.1:" + gateway.mysqlPort() + "/stall?allowPublicKeyRetrieval=true", client);
        }
        if (InstalledTool.isInstalled("pgbench")) {
            load.pgbench(gateway.port());
        }
        if (InstalledTool.isInstalled("sysbench")) {
            load.sysbench(gateway.mysqlPort());
        }
        return load;
    }

    private void begin(String url, int client) {
        Thread thread = new Thread(() -> insertUntilItEnds(url, client));
        thread.start();
        threads.add(thread);
    }

    private void insertUntilItEnds(String url, int client) {
        try (Connection connection = DriverManager.getConnection(url, "erik", TestGateway.PASSWORD);
                Statement statement = connection.createStatement()) {
            for (int n = 0; true; n++) {
                statement.execute("insert into crash_marks values (" + round + ", 'jdbc', " + client + ", " + n + ")");
            }
        } catch (SQLException e) {
            assertThat(e.getSQLState()).startsWith("08");
        }
    }

    private void pgbench(int port) throws IOException {
        Path script = Files.writeString(folder.resolve("marks.sql"), PGBENCH);
        run(
                "pgbench",
                "--no-vacuum",
                "--host=127.0.0.1",
                "--port=" + port,
                "--username=erik",
                "--client=2",
                "--time=3600",
                "--protocol=" + MODES.get(round % MODES.size()),
                "--define=round=" + round,
                "--define=n=0",
                "--file=" + script,
                "shop");
    }

    private void sysbench(int port) throws IOException {
        Path script = Files.writeString(folder.resolve("marks.lua"), SYSBENCH);
        run(
                "sysbench",
                "--db-driver=mysql",
                "--mysql-host=127.0.0.1",
                "--mysql-port=" + port,
                "--mysql-user=erik",
                "--mysql-password=" + TestGateway.PASSWORD,
                "--mysql-db=stall",
                "--threads=2",
                "--time=3600",
                "--events=0",
                "--round=" + round,
                script.toString(),
                "run");
    }

    private void run(String... command) throws IOException {
        File said = folder.resolve(command[0] + ".said").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said);
        builder.environment().put("PGPASSWORD", TestGateway.PASSWORD);
        builder.environment().put("LC_ALL", "C.UTF-8");
        tools.add(builder.start());
    }

    /** The names under which a protocol's clients leave marks. */
    Set<String> names(String tool) {
        return InstalledTool.isInstalled(tool) ? Set.of("jdbc", tool) : Set.of("jdbc");
    }

    /** Fails where a client has ended by itself. */
    void checkThatItRuns() throws IOException {
        for (Thread thread : threads) {
            assertThat(thread.isAlive()).as("a client of the test's own runs").isTrue();
        }
        for (Process tool : tools) {
            if (!tool.isAlive()) {
                throw new AssertionError("a tool has ended: " + said("pgbench") + said("sysbench"));
            }
        }
    }

    private String said(String tool) throws IOException {
        Path said = folder.resolve(tool + ".said");
        return Files.exists(said) ? Files.readString(said) : "";
    }

    /** Waits until its clients have seen that the gateway is gone. */
    void end() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        for (Process tool : tools) {
            tool.destroyForcibly().waitFor();
        }
    }
}
