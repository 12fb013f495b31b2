package dev.gatehouse.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.console.api.Status;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.gateway.admin.AdminClient.Reply;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from the client to the desk, through a real socket. */
final class AdminServerTest {

    private final Waiting waiting = new Waiting();
    private final Path socket;
    private final AdminClient client;
    private AdminServer server;

    AdminServerTest(@TempDir Path folder) throws IOException {
        socket = folder.resolve("run").resolve("admin.sock");
        client = new AdminClient(socket, Duration.ofSeconds(30));
        server = start();
    }

    @BeforeEach
    void ask() {
        assertThat(waiting.ask("req_0001", "SELECT 1")).isNotDone();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void theSocketIsOpenToItsGroupAndItsFolderToItsOwner() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-rw----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.resolveSibling(""))))
                .isEqualTo("rwx------");
    }

    @Test
    void theListHasWhatWaits() throws IOException {
        JsonNode items = client.get("/v1/approvals").body().path("items");

        assertThat(items).hasSize(1);
        assertThat(items.path(0).path("id").asText()).isEqualTo("req_0001");
        assertThat(items.path(0).path("sql").asText()).isEqualTo("SELECT 1");
        assertThat(items.toString()).doesNotContain("not-to-be-seen");
    }

    @Test
    void whoIsShownARequestIsOnRecord() throws IOException {
        assertThat(client.get("/v1/approvals/req_0001").isOk()).isTrue();

        assertThat(waiting.events()).last().isInstanceOfSatisfying(Event.Decided.class, viewed -> {
            assertThat(viewed.request()).isEqualTo("req_0001");
            assertThat(viewed.outcome()).isEqualTo("viewed");
            assertThat(viewed.by()).contains("admin socket");
        });
    }

    @Test
    void theLastIsTheLatestThatWaits() throws IOException {
        assertThat(waiting.ask("req_0002", Waiting.SQL)).isNotDone();

        JsonNode last = client.get("/v1/approvals/last").body();

        assertThat(last.path("id").asText()).isEqualTo("req_0002");
        assertThat(last.path("parameters").toString()).isEqualTo("[\"42\",null]");
        assertThat(last.path("flow").path("reviewerGroups").path(0).asText()).isEqualTo("dba-leads");
    }

    @Test
    void anApprovalReachesWhoeverWaits() throws IOException {
        CompletableFuture<Ticket> ended = waiting.ask("req_0002", Waiting.SQL);

        Reply reply =
                client.post("/v1/approvals/last/approve", Map.of("code", Waiting.CODE, "comment", "ok", "as", "lead"));

        assertThat(reply.isOk()).as(reply.toString()).isTrue();
        assertThat(reply.body().path("state").asText()).isEqualTo("approved");
        assertThat(ended).isCompletedWithValueMatching(t -> t instanceof Ticket.Used);
        assertThat(waiting.events())
                .contains(new Event.Decided(
                        7,
                        99,
                        "req_0002",
                        "approved",
                        "lead (admin socket, uid " + LocalAccounts.ownUid() + ")",
                        "ok"));
    }

    @Test
    void aRejectionNeedsItsComment() throws IOException {
        assertError(client.post("/v1/approvals/req_0001/reject", Map.of()), 422, "comment_required");

        Reply reply = client.post("/v1/approvals/req_0001/reject", Map.of("comment", "no"));

        assertThat(reply.body().path("state").asText()).isEqualTo("rejected");
        assertThat(client.get("/v1/approvals").body().path("items")).isEmpty();
        assertThat(client.get("/v1/approvals?all=1").body().path("items")).hasSize(1);
    }

    @Test
    void whatCannotBeDoneIsSaidByStatusAndCode() throws IOException {
        assertError(client.get("/v1/approvals/req_NONE"), 404, "not_found");
        assertError(client.get("/v1/nothing"), 404, "not_found");
        assertError(client.post("/v1/approvals", Map.of()), 405, "method_not_allowed");
        assertError(approve(Map.of("code", "0000-0000")), 412, "code_mismatch");
        assertError(approve(Map.of("as", "erik")), 403, "not_permitted");
        assertError(approve(Map.of("as", "maya")), 403, "not_permitted");
        assertError(approve(Map.of("as", "nobody")), 403, "not_permitted");
        assertError(approve(Map.of("user", "lead")), 400, "bad_request");
        waiting.desk().withdraw("req_0001", new Reviewer("erik", Set.of(), false, ""));
        assertError(approve(Map.of()), 409, "closed");
        assertError(client.post("/v1/approvals/last/approve", Map.of()), 404, "not_found");
    }

    @Test
    void theStatusTellsHowTheGatewayIs() throws IOException {
        JsonNode status = client.get("/v1/status").body();

        assertThat(status.path("name").asText()).isEqualTo("fw");
        assertThat(status.path("approvalsPending").asInt()).isEqualTo(1);
        assertThat(status.path("sessions").asInt()).isEqualTo(7);
        assertThat(status.path("unauthenticated").asInt()).isEqualTo(2);
        assertThat(status.path("turnedAway").asInt()).isEqualTo(5);
        assertThat(status.path("listeners").path(0).asText()).isEqualTo("postgres 127.0.0.1:6432");
    }

    @Test
    void aBodyOverTheLimitIsRefused() throws IOException {
        Reply reply =
                whole("POST /v1/approvals/last/approve HTTP/1.1\r\nConnection: close\r\nContent-Length: 65537\r\n\r\n");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(waiting.events())
                .noneMatch(event -> event instanceof Event.Decided decided
                        && !decided.outcome().equals("opened"));
    }

    @Test
    void garbageGetsAnErrorAndDisturbsNobody() throws IOException {
        assertThat(whole("\0\1\2 garbage\r\n\r\n").status()).isEqualTo(400);
        assertThat(client.get("/v1/status").isOk()).isTrue();
    }

    @Test
    void aSecondGatewayDoesNotTakeTheSocketAway() throws IOException {
        assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("another gateway");
        assertThat(client.get("/v1/status").isOk()).isTrue();
    }

    @Test
    void theSocketOfADeadGatewayIsReplaced() throws IOException {
        server.close();
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();

        server = start();

        assertThat(client.get("/v1/status").isOk()).isTrue();
    }

    @Test
    void aFileThatIsNoSocketIsLeftAlone() throws IOException {
        server.close();
        Files.writeString(socket, "precious");

        assertThatThrownBy(this::start).hasMessageContaining("not a socket");
        assertThat(socket).hasContent("precious");
    }

    @Test
    void closingRemovesTheSocket() throws IOException {
        server.close();

        assertThat(socket).doesNotExist();
        assertThatThrownBy(() -> client.get("/v1/status")).isInstanceOf(IOException.class);
    }

    private AdminServer start() throws IOException {
        Status status = new Status(
                "fw",
                "1",
                "pol_00000000",
                Instant.EPOCH,
                List.of("postgres 127.0.0.1:6432"),
                socket.resolveSibling("journal"),
                7,
                2,
                5);
        return AdminServer.start(
                socket,
                waiting.desk(),
                Waiting::directory,
                subject -> Optional.empty(),
                ticket -> Optional.empty(),
                () -> status);
    }

    private Reply approve(Map<String, String> fields) throws IOException {
        return client.post("/v1/approvals/req_0001/approve", fields);
    }

    /** Sends bytes as they are; answers the status only. */
    private Reply whole(String bytes) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
            ByteBuffer answer = ByteBuffer.allocate(4096);
            channel.read(answer);
            String text = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
            return new Reply(
                    Integer.parseInt(text.split(" ", -1)[1]),
                    client.get("/v1/status").body());
        }
    }

    private static void assertError(Reply reply, int status, String code) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body().path("error").path("code").asText()).isEqualTo(code);
        assertThat(reply.body().path("error").path("message").asText()).isNotBlank();
    }
}
