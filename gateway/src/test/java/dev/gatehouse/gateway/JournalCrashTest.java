package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.journal.JournalReader;
import dev.gatehouse.journal.Selection;
import dev.gatehouse.testing.MySqlServer;
import dev.gatehouse.testing.RealMariaDb;
import dev.gatehouse.testing.RealPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a server was told to run, by its own log, is in the journal, however often the gateway is killed under load. The
 * system property {@code gatehouse.test.kills} makes it longer than it usually is.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class JournalCrashTest {

    private static final int KILLS = Integer.getInteger("gatehouse.test.kills", 10);
    private static final int MOST_MARKS = 400;
    private static final long MILLIS_BETWEEN_LOOKS = 20;

    private static final Pattern TOLD = Pattern.compile("(?:statement|execute [^:]++): (.*)", Pattern.DOTALL);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final RealPostgres postgres = RealPostgres.telling();
    private final MySqlServer mysql = RealMariaDb.shared();

    private Path configure(String shop, String stall) throws Exception {
        RealPostgres usual = RealPostgres.shared();
        Path file = Configured.in(folder, shop)
                .listening("mysql: { addr: \"127.0.0.1:0\" }")
                .with(usual.host() + ":" + usual.port(), postgres.host() + ":" + postgres.port())
                .with("identity:\n", """
                          - name: stall
                            protocol: mysql
                            address: "%s:%d"
                            default_database: %s
                            databases: [%s]
                            tls: { mode: disable }
                            logins:
                              - { name: rw, username: %s, password: "%s" }
                        identity:
                        """.formatted(
                                mysql.host(), mysql.port(), stall, stall, mysql.username(), mysql.password()))
                .write();
        String policy = TestGateway.EVERYTHING.replace("[shop]", "[shop, stall]");
        Files.writeString(folder.resolve("policy.d/test.yaml"), policy);
        return file;
    }

    @Test
    void everyStatementThatAServerTellsOfIsInTheJournalHoweverOftenTheGatewayIsKilled() throws Exception {
        String shop = postgres.createDatabase();
        String stall = mysql.createDatabase();
        Path config = configure(shop, stall);
        Random random = new Random(8);
        try (Connection pg = postgres.connect(shop);
                Connection my = mysql.connect(stall)) {
            execute(pg, CrashLoad.TABLE);
            execute(my, CrashLoad.TABLE);
            execute(my, "set global log_output = 'TABLE'");
            execute(my, "truncate mysql.general_log");
            execute(my, "set global general_log = on");
            for (int round = 0; round < KILLS; round++) {
                int marks = random.nextInt(1, MOST_MARKS);
                try (GatewayProcess gateway = GatewayProcess.serve(config)) {
                    CrashLoad load = CrashLoad.on(gateway, folder, round);
                    await(pg, round, marks, load, load.names("pgbench"));
                    await(my, round, marks, load, load.names("sysbench"));
                    gateway.kill();
                    load.end();
                }
                check(pg, my, shop, "after kill " + round);
            }
            GatewayProcess last = GatewayProcess.serve(config);
            last.terminate();
            assertThat(last.status()).as(last.log()).isEqualTo(128 + 15);
            check(pg, my, shop, "after a start and an end as it should be");
        } finally {
            try (Connection my = mysql.connect("mysql")) {
                execute(my, "set global general_log = off");
                execute(my, "truncate mysql.general_log");
                execute(my, "set global log_output = 'FILE'");
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Waits until all clients of a server have left marks, so many together. */
    private static void await(Connection direct, int round, int marks, CrashLoad load, Set<String> names)
            throws Exception {
        try (Statement statement = direct.createStatement()) {
            while (true) {
                int count = 0;
                Set<String> seen = new HashSet<>();
                try (ResultSet rows = statement.executeQuery(
                        "select load_by, count(*) from crash_marks where round = " + round + " group by load_by")) {
                    while (rows.next()) {
                        seen.add(rows.getString(1));
                        count += rows.getInt(2);
                    }
                }
                if (count >= marks && seen.containsAll(names)) {
                    return;
                }
                load.checkThatItRuns();
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            }
        }
    }

    private void check(Connection pg, Connection my, String shop, String when) throws Exception {
        Map<String, Integer> recorded = new HashMap<>();
        try (JournalReader reader = JournalReader.open(folder.resolve("journal"))) {
            reader.entries(Selection.WITHOUT_FRAMES).forEachRemaining(entry -> {
                if (entry.event() instanceof Event.Asked asked) {
                    recorded.merge(asked.sql() + parameters(asked), 1, Integer::sum);
                }
            });
            assertThat(reader.verify(Optional.empty(), List.of()).findings())
                    .as(when)
                    .isEmpty();
        }
        containsAll(recorded, toldPostgres(shop, count(pg)), when);
        Map<String, Integer> told = toldMySql(my);
        assertThat(sum(told)).as("in the log " + when).isGreaterThanOrEqualTo(count(my));
        containsAll(recorded, told, when);
    }

    private static int sum(Map<String, Integer> told) {
        return told.values().stream().mapToInt(count -> count).sum();
    }

    private static void containsAll(Map<String, Integer> recorded, Map<String, Integer> told, String when) {
        told.forEach((statement, count) -> assertThat(recorded.getOrDefault(statement, 0))
                .as("%s: %s", when, statement)
                .isGreaterThanOrEqualTo(count));
    }

    private static int count(Connection direct) throws SQLException {
        try (Statement statement = direct.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from crash_marks")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** The bound values as PostgreSQL writes them into its log. */
    private static String parameters(Event.Asked asked) {
        StringJoiner values = new StringJoiner(", ", "|", "").setEmptyValue("");
        for (int i = 0; i < asked.parameters().size(); i++) {
            values.add("$" + (i + 1) + " = '" + asked.parameters().get(i) + "'");
        }
        return values.toString();
    }

    /** Waits until as many statements are in the log as left marks: another process writes it. */
    private Map<String, Integer> toldPostgres(String shop, int marks) throws Exception {
        while (true) {
            Map<String, Integer> told = new HashMap<>();
            tellPostgres(shop, told);
            if (sum(told) >= marks) {
                return told;
            }
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    private void tellPostgres(String shop, Map<String, Integer> told) throws SQLException, JsonProcessingException {
        for (String line : postgres.told()) {
            JsonNode entry = JSON.readTree(line);
            Matcher message = TOLD.matcher(entry.path("message").asText());
            if (entry.path("dbname").asText().equals(shop) && message.matches() && isOfTheLoad(message.group(1))) {
                String values = entry.path("detail").asText();
                int first = values.indexOf("$1 = ");
                told.merge(message.group(1) + (first < 0 ? "" : "|" + values.substring(first)), 1, Integer::sum);
            }
        }
    }

    private static Map<String, Integer> toldMySql(Connection direct) throws SQLException {
        Map<String, Integer> told = new HashMap<>();
        try (Statement statement = direct.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select convert(argument using utf8mb4) from mysql.general_log where command_type = 'Query'")) {
            while (rows.next()) {
                if (isOfTheLoad(rows.getString(1))) {
                    told.merge(rows.getString(1), 1, Integer::sum);
                }
            }
        }
        return told;
    }

    /** And not the test's own looking at it. */
    private static boolean isOfTheLoad(String sql) {
        return sql.contains(CrashLoad.MARK)
                && !sql.equals(CrashLoad.TABLE)
                && !sql.contains("group by load_by")
                && !sql.equals("select count(*) from crash_marks");
    }
}
