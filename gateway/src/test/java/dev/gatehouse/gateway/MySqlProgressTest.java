package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.testing.RealMariaDb;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that agreed on reports of progress is told for whom its statement waits, as often as it may want to know. */
@Timeout(120)
final class MySqlProgressTest {

    private static final long PROGRESS = 1L << 32;
    private static final Reviewer LEAD = new Reviewer("lead", Set.of("leads"), false, "test");

    @TempDir
    private static Path folder;

    private static MySqlGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = MySqlGateway.start(RealMariaDb.shared(), folder);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Approvals desk() {
        return gateway.gateway().approvals();
    }

    private static MySqlWireClient maya(MySqlGateway gateway, long more) throws Exception {
        gateway.connect("maya").close();
        return MySqlWireClient.to("127.0.0.1", gateway.port(), "maya", TestGateway.PASSWORD, gateway.database(), more);
    }

    private static Request held(String text) throws InterruptedException {
        while (true) {
            Ticket last = desk().lastPending().orElse(null);
            if (last != null && last.request().sql().contains(text)) {
                return last.request();
            }
            Thread.sleep(10);
        }
    }

    private static void approve(Request request) {
        assertThat(desk().approve(request.id(), Optional.of(request.code()), LEAD, "fine"))
                .isInstanceOf(Answer.Moved.class);
    }

    private static String update(String status) {
        return "update orders set status = '" + status + "' where id = 7";
    }

    /** Reads two reports, and checks that they are numbered on and say what they should. */
    private static void hearTwice(MySqlWireClient client, Request request) throws Exception {
        for (int number = 1; number <= 2; number++) {
            ByteBuffer report = client.receive();
            assertThat(client.received()).isEqualTo(number);
            String text = StandardCharsets.UTF_8.decode(report.duplicate()).toString();
            assertThat(report.getShort(1)).isEqualTo((short) -1);
            assertThat(text).contains(request.id()).contains("waiting for leads");
        }
    }

    private static int behindReports(MySqlWireClient client, List<String> reports) throws Exception {
        int kind = client.receive(reports).get(0);
        assertThat(client.received()).isEqualTo(3 + reports.size());
        return kind;
    }

    @Test
    void theAnswerIsNumberedOnBehindTheReports() throws Exception {
        try (MySqlWireClient client = maya(gateway, PROGRESS)) {
            client.begin(update("told"));
            Request request = held("'told'");
            hearTwice(client, request);
            approve(request);
            assertThat(behindReports(client, new ArrayList<>())).isZero();
            assertThat(client.run("select status from orders where id = 7")).isEqualTo("told");
        }
    }

    @Test
    void aPreparedStatementsAnswerAsWell() throws Exception {
        try (MySqlWireClient client = maya(gateway, PROGRESS)) {
            ByteBuffer execute = MySqlWireClient.buffer(16);
            execute.putInt(client.prepare(update("prepared"))).put((byte) 0).putInt(1);
            client.command(MySqlWireClient.EXECUTE, execute);
            Request request = held("'prepared'");
            hearTwice(client, request);
            approve(request);
            assertThat(behindReports(client, new ArrayList<>())).isZero();
            assertThat(client.run("select status from orders where id = 7")).isEqualTo("prepared");
        }
    }

    @Test
    void aRefusalIsNumberedOnBehindTheReports() throws Exception {
        try (MySqlWireClient client = maya(gateway, PROGRESS)) {
            client.begin(update("rejected"));
            Request request = held("'rejected'");
            hearTwice(client, request);
            assertThat(desk().reject(request.id(), Optional.empty(), LEAD, "no"))
                    .isInstanceOf(Answer.Moved.class);
            assertThat(behindReports(client, new ArrayList<>())).isEqualTo(-1);
            assertThat(client.run("select 1")).isEqualTo("1");
        }
    }

    @Test
    void theEndOfTheGatewayIsNumberedOnBehindTheReports() throws Exception {
        MySqlGateway ending = MySqlGateway.start(RealMariaDb.shared(), folder.resolve("ending"));
        try (MySqlWireClient client = maya(ending, PROGRESS)) {
            client.begin(update("never"));
            client.receive();
            ending.gateway().drain(Draining.LONG);
            List<String> reports = new ArrayList<>();
            String error = MySqlWireClient.error(client.receive(reports));
            assertThat(error).startsWith("1053 ");
            assertThat(client.received()).isEqualTo(2 + reports.size());
        } finally {
            ending.close();
        }
    }

    @Test
    void whoDidNotAgreeOnReportsGetsNone() throws Exception {
        try (MySqlWireClient other = maya(gateway, PROGRESS);
                MySqlWireClient client = maya(gateway, 0)) {
            other.begin(update("other"));
            Request first = held("'other'");
            client.begin(update("silent"));
            Request request = held("'silent'");
            hearTwice(other, first);
            approve(request);
            assertThat(client.receive().get(0)).isZero();
            assertThat(client.received()).isEqualTo(1);
        }
    }

    @Test
    void mariaDbsClientShowsThem() throws Exception {
        InstalledTool.assume("mariadb");
        InstalledTool.assume("script");
        String client = "mariadb --progress-reports --no-auto-rehash -h 127.0.0.1 -P " + gateway.port() + " -u maya -p"
                + TestGateway.PASSWORD + " " + gateway.database();
        // Only at a terminal does it show any.
        ProcessBuilder terminal = new ProcessBuilder("script", "-qec", client, "/dev/null").redirectErrorStream(true);
        terminal.environment().put("TERM", "dumb");
        Process process = terminal.start();
        InputStream out = process.getInputStream();
        String said = readUntil(out, "]> ");
        type(process, update("shown") + ";\n");
        Request request = held("'shown'");
        said += readUntil(out, "waiting for leads");
        approve(request);
        said += readUntil(out, "]> ");
        type(process, "exit\n");
        out.readAllBytes();
        assertThat(process.waitFor()).isZero();
        assertThat(said).contains("Stage: 1 of 1 '" + request.id()).contains("Query OK, 1 row affected");
    }

    private static void type(Process process, String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder said = new StringBuilder();
        while (said.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("it ended behind " + said);
            }
            said.append((char) next);
        }
        return said.toString();
    }
}
