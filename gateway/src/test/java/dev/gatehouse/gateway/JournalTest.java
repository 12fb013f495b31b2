package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.gateway.command.Gatehouse;
import dev.gatehouse.gateway.command.Places;
import dev.gatehouse.journal.JournalReader;
import dev.gatehouse.testing.RealPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every frame and every decision is in the journal, whatever happens to the process. */
final class JournalTest {

    @TempDir
    private Path folder;

    private static List<Event> read(Path journal) {
        List<Event> events = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(journal)) {
            for (Iterator<Event.Entry> entries = reader.entries(); entries.hasNext(); ) {
                events.add(entries.next().event());
            }
        }
        return events;
    }

    /** Runs the command as an auditor does, and tells how it ended and what it wrote. */
    private static Map.Entry<Integer, String> verify(Path journal, String... options) {
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("journal", "verify", "--dir", journal.toString()));
        arguments.addAll(List.of(options));
        int status = Gatehouse.line(new Product(Map.of()), new Places(Map.of(), journal), Map.of(), List.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments.toArray(new String[0]));
        return Map.entry(status, out.toString());
    }

    @Test
    void anAuditorFindsThatAJournalWasChanged() throws Exception {
        Path journal = folder.resolve("journal");
        try (TestGateway gateway = TestGateway.start(folder);
                Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            statement.execute("select name from customers where id = 77");
            assertThat(verify(journal).getKey()).as("beside a live gateway").isZero();
        }
        Map.Entry<Integer, String> good = verify(journal);
        assertThat(good.getKey()).as(good.getValue()).isZero();
        Matcher key = Pattern.compile(
                        "ok  1 segments, \\d+ records, last checkpoint \\S+Z signed by ed25519:([0-9a-f]{64});"
                                + " 0 records since\\s*")
                .matcher(good.getValue());
        assertThat(key.matches()).as(good.getValue()).isTrue();
        assertThat(verify(journal, "--key", key.group(1)).getKey()).isZero();
        assertThat(verify(journal, "--key", "ab".repeat(32)).getKey()).isEqualTo(9);

        Path queue;
        try (Stream<Path> files = Files.list(journal.resolve("queue"))) {
            queue = files.filter(file -> file.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(queue);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("customers where id = 77");
        bytes[at + "customers where id = ".length()] = '8';
        Files.delete(queue);
        Files.write(queue, bytes);

        Map.Entry<Integer, String> changed = verify(journal);
        assertThat(changed.getKey()).isEqualTo(9);
        assertThat(changed.getValue())
                .startsWith("fault  a document is not the one that was written here")
                .contains("record ");
        assertThat(verify(journal, "-o", "json").getValue()).contains("\"good\" : false");
    }

    @Test
    void aSessionIsToldFromItsFirstFrameToItsLast() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder)) {
            try (Connection connection = gateway.connect("maya", "preferQueryMode", "simple");
                    Statement statement = connection.createStatement()) {
                try (ResultSet rows = statement.executeQuery("select email from customers where id = 1")) {
                    rows.next();
                }
                RefusedHere.run(statement, "delete from orders");
            }
        }
        List<Event> events = read(folder.resolve("journal"));
        assertThat(events)
                .anyMatch(e -> e instanceof Event.Opened opened && opened.user().equals("maya"));
        assertThat(events).anyMatch(e -> e instanceof Event.Closed);
        assertThat(events)
                .anyMatch(e -> e instanceof Event.Asked asked
                        && asked.sql().equals("select email from customers where id = 1")
                        && asked.rule().equals("reads"));
        assertThat(events)
                .anyMatch(e -> e instanceof Event.Asked asked
                        && asked.sql().equals("delete from orders")
                        && asked.rule().equals("no-where"));
        assertThat(events)
                .anyMatch(e -> e instanceof Event.Answered answered
                        && answered.result().equals("SELECT 1")
                        && answered.masked().contains("email"));
        String toClient = frames(events, Direction.TO_CLIENT);
        String fromClient = frames(events, Direction.FROM_CLIENT);
        assertThat(fromClient)
                .contains("select email from customers where id = 1")
                .contains("delete from orders");
        assertThat(toClient)
                .contains("u***@acme.test")
                .doesNotContain("user1@acme.test")
                .contains("gatehouse:blocked");
        assertThat(fromClient).doesNotContain("p=").doesNotContain("biws");
    }

    private static String frames(List<Event> events, Direction direction) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        events.forEach(event -> {
            if (event instanceof Event.Frames frames && frames.direction() == direction) {
                bytes.writeBytes(frames.bytes());
            }
        });
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A statement that must fail. */
    private static final class RefusedHere {
        static void run(Statement statement, String sql) {
            try {
                statement.execute(sql);
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo("42501");
                return;
            }
            throw new AssertionError(sql + " was not refused");
        }
    }

    @Test
    void noStatementThatWasForwardedIsLostWhenTheProcessIsKilled() throws Exception {
        String database = TestGateway.shop();
        try (Connection admin = RealPostgres.shared().connect(database)) {
            admin.createStatement().execute("create table marks (n int primary key)");
        }
        Path config = TestGateway.write(folder, database, "127.0.0.1:0");
        GatewayProcess process = GatewayProcess.serve(config);
        int port = process.port();
        AtomicInteger next = new AtomicInteger();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread client = new Thread(() -> insertUntilItEnds(port, next));
            client.start();
            clients.add(client);
        }
        while (next.get() < 500 && process.isAlive()) {
            Thread.sleep(10);
        }
        assertThat(process.isAlive()).isTrue();
        process.kill();
        for (Thread client : clients) {
            client.join();
        }
        Set<Integer> told = new HashSet<>();
        Pattern insert = Pattern.compile("insert into marks values \\((\\d+)\\)");
        for (Event event : read(folder.resolve("journal"))) {
            if (event instanceof Event.Asked asked) {
                Matcher matcher = insert.matcher(asked.sql());
                if (matcher.matches()) {
                    told.add(Integer.valueOf(matcher.group(1)));
                }
            }
        }
        Set<Integer> done = new HashSet<>();
        try (Connection admin = RealPostgres.shared().connect(database);
                ResultSet rows = admin.createStatement().executeQuery("select n from marks")) {
            while (rows.next()) {
                done.add(rows.getInt(1));
            }
        }
        assertThat(done).hasSizeGreaterThan(400);
        assertThat(told).containsAll(done);
    }

    private static void insertUntilItEnds(int port, AtomicInteger next) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/shop?user=erik&password=" + TestGateway.PASSWORD;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            while (true) {
                statement.execute("insert into marks values (" + next.incrementAndGet() + ")");
            }
        } catch (SQLException e) {
            assertThat(e.getSQLState()).startsWith("08");
        }
    }
}
