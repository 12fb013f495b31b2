package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a webhook is told of a request, whatever it answers. */
final class WebhookTest {

    private static final Reviewer LEAD = new Reviewer("lead", Set.of("leads"), false, "test");
    private static final byte[] KEY = "of the tests alone, and long".getBytes(StandardCharsets.US_ASCII);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);

    private HttpServer receiver;

    private record Told(String id, String time, String signature, String body) {
        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }
    }

    @BeforeEach
    void receive() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", this::take);
        receiver.createContext("/hangs", exchange -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        receiver.setExecutor(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        released.countDown();
        receiver.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        told.add(new Told(
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                body));
        exchange.sendResponseHeaders(refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 503 : 204, -1);
        exchange.close();
    }

    private TestGateway gateway(String sql) throws Exception {
        String address = "http://127.0.0.1:" + receiver.getAddress().getPort();
        String secret = "whsec_" + Base64.getEncoder().encodeToString(KEY);
        return TestGateway.configured(
                TestGateway.POLICY,
                folder,
                TestGateway.shop(),
                file -> file + """
                        notify:
                          webhooks:
                            - { name: hangs, url: "%s/hangs", signing_secret: "%s" }
                            - { name: grc, url: "%s/hook", signing_secret: "%s", include_sql: %s }
                        """.formatted(address, secret, address, secret, sql));
    }

    private Told next() throws InterruptedException {
        Told message = told.poll(60, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        return message;
    }

    private static Request pending(Approvals desk) {
        Optional<Ticket> pending = Optional.empty();
        while (pending.isEmpty()) {
            Thread.onSpinWait();
            pending = desk.lastPending();
        }
        return pending.get().request();
    }

    private static CompletableFuture<Integer> update(Statement statement) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return statement.executeUpdate("update orders set status = '<b>told</b>' where id = 1");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static String signed(Told message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        String text = message.id() + "." + message.time() + "." + message.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A hook that refuses is told again under the same id, one that never answers delays nobody, and order is kept. */
    @Test
    void aWebhookIsToldOfARequestInOrderUntilItHasTakenEverything() throws Exception {
        refusals.set(1);
        try (TestGateway gateway = gateway("full");
                Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            Approvals desk = gateway.gateway().approvals();
            CompletableFuture<Integer> running = update(statement);
            Request request = pending(desk);
            Told first = next();
            desk.approve(request.id(), Optional.of(request.code()), LEAD, "fine");
            assertThat(running.get(60, TimeUnit.SECONDS)).isEqualTo(1);

            Told again = next();
            assertThat(again.id()).isEqualTo(first.id());
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.signature()).isEqualTo(signed(again));
            assertThat(again.json().path("type").asText()).isEqualTo("approval.requested");
            JsonNode data = again.json().path("data");
            assertThat(data.path("id").asText()).isEqualTo(request.id());
            assertThat(data.path("sql").asText()).isEqualTo(request.sql());
            assertThat(data.path("code").asText()).isEqualTo(request.code());

            Told decided = next();
            assertThat(decided.signature()).isEqualTo(signed(decided));
            assertThat(decided.json().path("type").asText()).isEqualTo("approval.decided");
            assertThat(decided.json().path("data").path("outcome").asText()).isEqualTo("approved");
            assertThat(decided.json()
                            .path("data")
                            .path("votes")
                            .path(0)
                            .path("by")
                            .asText())
                    .isEqualTo("lead");

            Told ended = next();
            assertThat(ended.json().path("type").asText()).isEqualTo("approval.ended");
            assertThat(ended.json().path("data").path("result").asText()).isEqualTo("UPDATE 1");
        }
    }

    /** What was not told when the gateway ended is told by the next one; by default, without the statement. */
    @Test
    void whatWasNotToldIsToldAfterARestart() throws Exception {
        refusals.set(Integer.MAX_VALUE);
        String database;
        String id;
        try (TestGateway gateway = gateway("digest");
                Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            database = gateway.database();
            CompletableFuture<Integer> running = update(statement);
            Request request = pending(gateway.gateway().approvals());
            id = request.id();
            next();
            gateway.gateway().approvals().reject(id, Optional.empty(), LEAD, "no");
            assertThat(running).failsWithin(Duration.ofMinutes(1));
        }
        refusals.set(0);
        told.clear();
        String file = Files.readString(folder.resolve("gatehouse.yaml"));
        try (TestGateway gateway = TestGateway.configured(TestGateway.POLICY, folder, database, written -> file)) {
            Told requested = next();
            assertThat(requested.id()).isEqualTo("msg_" + id + "_1");
            assertThat(requested.body()).doesNotContain("told</b>").contains("digest");
            assertThat(next().json().path("data").path("outcome").asText()).isEqualTo("rejected");
            assertThat(gateway.port()).isPositive();
        }
    }
}
