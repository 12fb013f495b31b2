package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.gateway.command.Gatehouse;
import dev.gatehouse.gateway.command.Places;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An approval's receipt, written by a running gateway and checked without it. */
final class ReceiptTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Reviewer LEAD = new Reviewer("lead", Set.of("leads"), false, "test");
    private static final String SQL = "update orders set status = 'receipt' where id = 7";

    @TempDir
    private static Path folder;

    private static TestGateway gateway;
    private static String id = "";
    private static Path receipt = Path.of("");
    private static String key = "";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void approve() throws Exception {
        gateway = TestGateway.start(folder);
        Approvals desk = gateway.gateway().approvals();
        try (Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Integer> running = CompletableFuture.supplyAsync(() -> {
                try {
                    return statement.executeUpdate(SQL);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Optional<Ticket> pending = Optional.empty();
            while (pending.isEmpty()) {
                Thread.onSpinWait();
                pending = desk.lastPending();
            }
            Request request = pending.get().request();
            id = request.id();
            assertThat(desk.approve(id, Optional.of(request.code()), LEAD, "matches CHG-118"))
                    .isInstanceOf(Answer.Moved.class);
            assertThat(running.join()).isEqualTo(1);
        }
        ReceiptTest first = new ReceiptTest();
        assertThat(first.run("approvals", "receipt", id, "--addr", folder + "/admin.sock"))
                .as(first.err.toString())
                .isZero();
        receipt = Files.writeString(folder.resolve("receipt.json"), first.out.toString());
        key = MAPPER.readTree(receipt.toFile())
                .path("signatures")
                .path(0)
                .path("keyid")
                .asText();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private int run(String... arguments) {
        CommandLine line = Gatehouse.line(
                new Product(Map.of()), new Places(Map.of(), folder.resolve("elsewhere")), Map.of(), List.of());
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private int verify(Path file, String with) {
        return run("journal", "receipt", "verify", file.toString(), "--key", with);
    }

    @Test
    void itIsCheckedWithThePublicKeyAndSaysWhatWasApproved() {
        assertThat(verify(receipt, key)).as(err.toString()).isZero();

        assertThat(out.toString()).contains("ok  " + id, SQL, "maya", "lead", "matches CHG-118", "updates-reviewed");
    }

    @Test
    void theKeyIsTheOneThatSignsTheJournal() {
        assertThat(run("journal", "verify", "--dir", gateway.journal().toString(), "--key", key))
                .as(out + "" + err)
                .isZero();
    }

    @Test
    void itBindsWhatRanToWhoSaidYesAndToThePlaceInTheJournal() throws IOException {
        JsonNode content = content();
        Ticket ticket = gateway.gateway().approvals().find(id).orElseThrow();

        assertThat(content.path("digest").asText())
                .isEqualTo("sha256:" + ticket.request().digest().hex());
        assertThat(content.path("statement").path("sql").asText()).isEqualTo(SQL);
        assertThat(content.path("policy").asText()).startsWith("pol_");
        assertThat(content.path("requester").path("name").asText()).isEqualTo("maya");
        assertThat(content.path("use").path("result").asText()).isEqualTo("UPDATE 1");
        assertThat(content.path("journal").path("record").asLong()).isPositive();
        assertThat(content.path("approvals")).hasSize(1);
    }

    @Test
    void whatWasChangedIsRefused() throws IOException {
        ObjectNode changed = (ObjectNode) MAPPER.readTree(receipt.toFile());
        String other = content().toString().replace("where id = 7", "where id < 7");
        changed.put("payload", Base64.getEncoder().encodeToString(other.getBytes(StandardCharsets.UTF_8)));
        Path file = Files.writeString(folder.resolve("changed.json"), changed.toString());

        assertThat(verify(file, key)).isEqualTo(9);
        assertThat(err.toString()).contains("was changed after it was signed");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whatAnotherKeySignedIsRefused() {
        assertThat(verify(receipt, "11".repeat(32))).isEqualTo(9);

        assertThat(err.toString()).contains("another key");
    }

    @Test
    void whatIsNoReceiptIsSaidToBeNone() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.json"), "");
        Path list = Files.writeString(folder.resolve("list.json"), "[1, 2]");

        assertThat(verify(empty, key)).isEqualTo(9);
        assertThat(verify(list, key)).isEqualTo(9);
        assertThat(verify(folder.resolve("nowhere.json"), key)).isEqualTo(6);
        assertThat(verify(receipt, "not a key")).isEqualTo(2);
    }

    @Test
    void whatNobodyApprovedHasNone() {
        assertThat(run("approvals", "receipt", "req_NONE", "--addr", folder + "/admin.sock"))
                .isEqualTo(6);
    }

    private static JsonNode content() throws IOException {
        Matcher payload = Pattern.compile("\"payload\":\"([^\"]+)\"").matcher(Files.readString(receipt));
        assertThat(payload.find()).isTrue();
        return MAPPER.readTree(Base64.getDecoder().decode(payload.group(1)));
    }
}
