package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.journal.JournalReader;
import dev.gatehouse.testing.RealPostgres;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
