package dev.gatehouse.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.console.api.Status;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.session.Argon2Verifier;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.gateway.admin.AdminServer;
import dev.gatehouse.gateway.admin.Waiting;
import dev.gatehouse.journal.Selection;
import dev.gatehouse.journal.Verification;
import dev.gatehouse.journal.seal.Hash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Commands as a person types them, and what comes back: text, exit status, and nothing on the wrong stream. */
final class GatehouseTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final long SESSION = Id.number(Id.SESSION, "ses_1P2K8Q7V00A0");

    private final List<Event.Entry> journal = new ArrayList<>();
    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    GatehouseTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void theHelpListsEveryCommand() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "serve", "demo", "check", "approvals", "journal", "policy", "user", "bench", "test", "version");
    }

    @Test
    void aMistypedCommandGetsASuggestion() {
        assertThat(run("aprovals")).isEqualTo(2);
        assertThat(err.toString()).contains("approvals").doesNotContain("\tat ");
    }

    @Test
    void errorsAreJsonWhereAnswersAre() throws IOException {
        assertThat(run(
                        "approvals",
                        "list",
                        "-o",
                        "json",
                        "--addr",
                        folder.resolve("none").toString()))
                .isEqualTo(8);
        assertThat(new ObjectMapper()
                        .readTree(err.toString())
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("unreachable");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void approvingLetsTheWaitingGoAndSaysSo() throws IOException {
        Waiting waiting = new Waiting();
        CompletableFuture<Ticket> ended = waiting.ask("req_7F3K", Waiting.SQL + "\n/* \u202e\u001b[2J */");
        try (AdminServer server = serve(waiting)) {
            String addr = server.socket().toString();
            assertThat(run("approvals", "list", "--addr", addr)).isZero();
            assertThat(out.toString())
                    .contains("req_7F3K", "erik  psql", "big-writes-reviewed", Waiting.CODE, "⟨U+202E⟩", "⟨U+001B⟩")
                    .doesNotContain("\u202e", "\u001b");
            assertThat(run("approvals", "watch", "--for", "1ms", "--addr", addr))
                    .isZero();
            assertThat(out.toString())
                    .contains("pending", "req_7F3K", Waiting.CODE, "erik", "⟨U+202E⟩")
                    .doesNotContain("\u202e", "\u001b");
            assertThat(run("approvals", "show", "--last", "--addr", addr)).isZero();
            assertThat(out.toString()).contains("$1 = '42', $2 = NULL", "prod.yaml:74", "groups dba-leads", "CHG-118");
            assertThat(run("approvals", "reject", "req_7F3K", "--addr", addr)).isEqualTo(2);
            assertThat(run("approvals", "approve", "req_7F3K", "--code", "0000-0000", "--addr", addr))
                    .isEqualTo(4);
            assertThat(run("approvals", "approve", "req_7F3K", "--as", "erik", "--addr", addr))
                    .isEqualTo(7);
            assertThat(run("approvals", "approve", "req_NONE", "--addr", addr)).isEqualTo(6);
            assertThat(ended).isNotDone();
            assertThat(run("approvals", "approve", "--last", "-m", "ok", "--as", "lead", "--addr", addr))
                    .isZero();
            assertThat(out.toString()).startsWith("req_7F3K approved by lead");
            assertThat(ended).isCompletedWithValueMatching(t -> t instanceof Ticket.Used);
            assertThat(run("approvals", "approve", "req_7F3K", "--addr", addr)).isEqualTo(1);
            assertThat(err.toString()).contains("approved by lead");
        }
    }

    @Test
    void aNarrowingOptionGoesWithARequestNotWithTwo() {
        assertThat(run("approvals", "show", "req_1", "--last", "--addr", "/none"))
                .isEqualTo(2);
        assertThat(run("approvals", "show", "../status", "--addr", "/none")).isEqualTo(2);
    }

    @Test
    void thePolicyIsAskedAboutAStatement() throws IOException {
        Files.writeString(folder.resolve("gatehouse.yaml"), "");
        String config = folder.resolve("gatehouse.yaml").toString();
        assertThat(run("policy", "explain", "-c", config, "--as", "maya", "--to", "shop", "select \u001b 1"))
                .isZero();
        assertThat(out.toString()).startsWith("ALLOW  select ⟨U+001B⟩ 1").contains("from=/127.0.0.1");
        String[] blocked = {
            "policy",
            "explain",
            "-c",
            config,
            "--as",
            "maya",
            "--to",
            "shop",
            "--at",
            "2026-11-20T23:30+01:00",
            "--from",
            "10.0.0.7",
            "--groups",
            "a",
            "--kind",
            "agent",
            "--exit-code",
            "-o",
            "json",
            "delete"
        };
        assertThat(run(blocked)).isEqualTo(4);
        assertThat(new ObjectMapper().readTree(out.toString()))
                .isEqualTo(new ObjectMapper()
                        .readTree(
                                "{\"apiVersion\":\"gatehouse/v1\",\"kind\":\"Explanation\",\"id\":\"rule-1\",\"verdict\":"
                                        + "\"block\",\"rule\":\"rule-1\",\"policy\":\"pol_1\",\"lines\":[\"ALLOW  delete\",\"Inquiry[sql=delete,"
                                        + " as=maya, kind=Optional[AGENT], groups=[a], to=shop, login=Optional.empty,"
                                        + " at=2026-11-20T22:30:00Z, from=/10.0.0.7, application=, catalog=Optional.empty,"
                                        + " schemas=[]]\"]}"));
        assertThat(run("policy", "explain", "-c", config, "--to", "shop", "select 1"))
                .isEqualTo(2);
        assertThat(run("policy", "explain", "-c", config, "--as", "m", "--to", "s", "--from", "localhost", "select 1"))
                .isEqualTo(2);
        assertThat(run("policy", "explain", "-c", config, "--as", "m", "--to", "s", "--at", "noon", "select 1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("is not a time such as 2026-11-20T23:30+01:00");
        assertThat(run("policy", "explain", "-c", folder + "/none", "--as", "m", "--to", "s", "select 1"))
                .isEqualTo(3);
        assertThat(run("policy", "explain", "--help")).isZero();
        assertThat(out.toString()).contains("--exit-code", "The statement does not run");
    }

    @Test
    void theJournalListsStatementsWithWhatBecameOfThem() {
        record();
        assertThat(run("journal", "list", "--dir", folder.toString())).isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches(".*erik +orders +approve +reviewed +approved, UPDATE 1999 +UPDATE.*"))
                .anyMatch(line -> line.matches(".*erik +orders +block +no-where +DELETE FROM orders"));
        assertThat(run("journal", "ls", "-q", "--verdict", "block", "--dir", folder.toString()))
                .isZero();
        assertThat(out.toString().lines()).containsExactly(Id.text(Id.DECISION, 12));
        assertThat(run("journal", "list", "--limit", "1", "-o", "jsonl", "--dir", folder.toString()))
                .isZero();
        assertThat(out.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("2 earlier statements");
        assertThat(run("journal", "show", "req_7F3K", "--dir", folder.toString()))
                .isZero();
        assertThat(out.toString()).contains("matches CHG-118");
    }

    @Test
    void theJournalListsSessionsWithWhatTheyAsked() {
        record();
        assertThat(run("journal", "list", "--sessions", "--user", "er*", "--dir", folder.toString()))
                .isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches(".*ses_1P2K8Q7V00A0 +erik +psql .* 3 +1 +1 +client left"));
        assertThat(run("journal", "list", "--sessions", "--user", "maya", "--dir", folder.toString()))
                .isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("nothing of that");
    }

    @Test
    void aReplayShowsWhatTheClientSaw() {
        record();
        assertThat(run("journal", "replay", "--last", "--speed", "0", "--utc", "--dir", folder.toString()))
                .isZero();
        assertThat(out.toString().lines().map(String::stripTrailing))
                .containsExactly(
                        "12:00:00.000  erik@orders  ● ses_1P2K8Q7V00A0  psql from 127.0.0.1, login rw",
                        "12:00:01.000  erik@orders  ▸ SELECT email",
                        "                               FROM customers",
                        "                             email | note",
                        "                             m***@acme.test | NULL",
                        "12:00:02.000  erik@orders  ◂ SELECT 1  1.0 s  ▒ masked email",
                        "12:00:03.000  erik@orders  ▸ DELETE FROM orders",
                        "                           ✘ blocked  dec_C  no-where: add a WHERE",
                        "12:00:04.000  erik@orders  ▸ UPDATE orders SET status='paid' WHERE id<2000",
                        "                           ⏸ held  req_7F3K  reviewed",
                        "12:03:16.000  erik@orders  ✔ approved by lena \"matches CHG-118\"",
                        "12:03:16.131  erik@orders  ◂ UPDATE 1999  131 ms",
                        "12:03:17.000  erik@orders  ○ client left");
    }

    @Test
    void aReplayKeepsTheTimingItIsAskedFor() {
        journal.add(entry(0, asked(11, "SELECT 1", Verdict.ALLOW, "reads", "")));
        journal.add(entry(4_000, new Event.Closed(SESSION, "client left")));
        long start = System.nanoTime();

        assertThat(run("journal", "replay", "--last", "--speed", "20", "--dir", folder.toString()))
                .isZero();

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000L);
    }

    @Test
    void aMissingJournalIsNotFound() {
        assertThat(run("journal", "list", "--dir", folder.resolve("none").toString()))
                .isEqualTo(6);
        assertThat(run("journal", "replay", "ses_1", "--dir", folder.toString()))
                .isEqualTo(6);
        assertThat(run("journal", "replay", "nonsense", "--dir", folder.toString()))
                .isEqualTo(2);
        assertThat(run("journal", "list", "--since", "yesterday", "--dir", folder.toString()))
                .isEqualTo(2);
    }

    @Test
    void theConfigurationNamesTheJournalAndTheSocket() throws IOException {
        Path config = folder.resolve("gatehouse.yaml");
        Files.writeString(config, "listen: { admin_socket: run/a.sock }\njournal: { dir: here }\n");
        Places places = new Places(Map.of(), folder);

        assertThat(places.adminSocket(java.util.Optional.empty(), java.util.Optional.of(config)))
                .isEqualTo(folder.resolve("run/a.sock"));
        assertThat(places.journal(java.util.Optional.empty(), java.util.Optional.of(config)))
                .isEqualTo(folder.resolve("here"));
    }

    @Test
    void anInvalidConfigurationExitsThree() throws IOException {
        Path config = Files.writeString(folder.resolve("gatehouse.yaml"), "bad");
        assertThat(run("check", "-c", config.toString())).isEqualTo(3);
        assertThat(out.toString()).isEqualTo("gatehouse.yaml  1 error" + System.lineSeparator());
        assertThat(run("check", "-c", folder.resolve("none").toString())).isEqualTo(3);
    }

    @Test
    void aPasswordOnStdinBecomesOneLineThatFitsIt() {
        InputStream terminal = System.in;
        try {
            System.setIn(new ByteArrayInputStream("pencil\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(run("user", "hash-password", "--iterations", "5000")).isZero();
            assertThat(out.toString().lines()).singleElement().asString().startsWith("SCRAM-SHA-256$5000:");
            System.setIn(new ByteArrayInputStream("pencil\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(run("user", "hash-password", "--for", "argon2")).isZero();
            byte[] pencil = "pencil".getBytes(StandardCharsets.UTF_8);
            assertThat(Argon2Verifier.parse(out.toString().strip()).fits(pencil))
                    .isTrue();
            System.setIn(new ByteArrayInputStream(new byte[0]));
            assertThat(run("user", "hash-password")).isEqualTo(2);
            assertThat(run("user", "hash-password", "--for", "md5")).isEqualTo(2);
        } finally {
            System.setIn(terminal);
        }
    }

    private void record() {
        journal.add(entry(
                0,
                new Event.Opened(
                        SESSION,
                        "erik",
                        "human",
                        List.of("backend-eng"),
                        "127.0.0.1",
                        "psql",
                        "postgres",
                        "orders",
                        "orders",
                        "rw")));
        journal.add(entry(1_000, asked(11, "SELECT email\n  FROM customers", Verdict.ALLOW, "reads", "")));
        byte[] rows = rows();
        journal.add(entry(1_500, frames(rows, 0, 9)));
        journal.add(entry(1_600, frames(rows, 9, rows.length)));
        journal.add(entry(2_000, new Event.Answered(SESSION, 11, "SELECT 1", false, List.of("email"))));
        journal.add(entry(3_000, asked(12, "DELETE FROM orders", Verdict.BLOCK, "no-where", "add a WHERE")));
        journal.add(entry(4_000, asked(13, Waiting.SQL, Verdict.APPROVE, "reviewed", "req_7F3K")));
        journal.add(entry(196_000, new Event.Decided(SESSION, 13, "req_7F3K", "approved", "lena", "matches CHG-118")));
        journal.add(entry(196_131, new Event.Answered(SESSION, 13, "UPDATE 1999", false, List.of())));
        journal.add(entry(197_000, new Event.Closed(SESSION, "client left")));
    }

    private static Event asked(long decision, String sql, Verdict verdict, String rule, String detail) {
        return new Event.Asked(SESSION, decision, sql, List.of(), verdict, rule, "pol_1", detail);
    }

    private Event.Entry entry(long millis, Event event) {
        return new Event.Entry(NOON.plusMillis(millis), millis * 1_000_000, journal.size(), event);
    }

    private static Event frames(byte[] bytes, int from, int to) {
        return new Event.Frames(SESSION, Direction.TO_CLIENT, java.util.Arrays.copyOfRange(bytes, from, to));
    }

    /** A description of two columns, one row, and the end of the answer, as PostgreSQL sends them. */
    private static byte[] rows() {
        byte[] email = "m***@acme.test".getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(256);
        bytes.put((byte) 'T').putInt(4 + 2 + (6 + 18) + (5 + 18)).putShort((short) 2);
        bytes.put("email\0".getBytes(StandardCharsets.UTF_8)).put(new byte[18]);
        bytes.put("note\0".getBytes(StandardCharsets.UTF_8)).put(new byte[18]);
        bytes.put((byte) 'D').putInt(4 + 2 + 4 + email.length + 4).putShort((short) 2);
        bytes.putInt(email.length).put(email).putInt(-1);
        bytes.put((byte) 'C').putInt(4 + 9).put("SELECT 1\0".getBytes(StandardCharsets.UTF_8));
        byte[] all = new byte[bytes.flip().remaining()];
        bytes.get(all);
        return all;
    }

    private AdminServer serve(Waiting waiting) throws IOException {
        Status status = new Status("fw", "1", "pol_1", NOON, List.of(), folder, 0, 0, 0);
        return AdminServer.start(
                folder.resolve("admin.sock"),
                waiting.desk(),
                Waiting::directory,
                subject -> Optional.empty(),
                ticket -> Optional.empty(),
                () -> status);
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = Gatehouse.line(
                new Given(), new Places(Map.of(), folder.resolve("elsewhere")), Map.of(), List.of(new NoDemo()));
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** Takes the demo's place. */
    @Command(name = "demo")
    private static final class NoDemo implements Callable<Integer> {
        @Override
        public Integer call() {
            return 0;
        }
    }

    /** A journal of given entries. */
    private final class Given implements Parts {

        @Override
        public Report check(Path config, boolean strict, boolean live) {
            return new Report(false, "gatehouse.yaml  1 error");
        }

        @Override
        public Explained explain(Path config, Inquiry inquiry) {
            Verdict verdict = inquiry.sql().startsWith("select") ? Verdict.ALLOW : Verdict.BLOCK;
            return new Explained(verdict, "rule-1", "pol_1", List.of("ALLOW  " + inquiry.sql(), inquiry.toString()));
        }

        @Override
        public Running serve(Path config, boolean live) {
            throw new UnsupportedOperationException("nothing is served here");
        }

        @Override
        public Reading journal(Path dir) {
            return new Reading() {
                @Override
                public Verification verify(Optional<Hash> trusted, List<Path> checkpoints) {
                    throw new UnsupportedOperationException("no command under test verifies");
                }

                @Override
                public Iterator<Event.Entry> entries(Selection selection) {
                    return journal.stream()
                            .filter(entry -> selection.session().isEmpty()
                                    || selection.session().getAsLong()
                                            == entry.event().session())
                            .filter(entry -> selection.since().isEmpty()
                                    || !entry.at().isBefore(selection.since().get()))
                            .iterator();
                }

                @Override
                public void close() {}
            };
        }
    }
}
