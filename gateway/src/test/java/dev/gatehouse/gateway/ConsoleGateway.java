package dev.gatehouse.gateway;

import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A gateway with its console, and the people who come to it: maya asks, helper is her agent, lead and tom decide, ada looks,
 * root operates, erik has nothing to do with it. The password of each is the usual one.
 */
final class ConsoleGateway implements AutoCloseable {

    static final String POLICY = TestGateway.POLICY
            .replace("  engineer: { groups: [engineers] }\n", """
                  engineer: { groups: [engineers] }
                  auditor: { groups: [auditors], console: view }
                  operator: { groups: [operators], console: operate }
                """)
            .replace("other: 20s, then: reject", "other: 60s, then: reject")
            .replace("expires: 4h", "expires: 4h\n    comments: { approve: optional, reject: required }");

    private static final long PATIENCE_SECONDS = 30;

    private final TestGateway gateway;

    private ConsoleGateway(TestGateway gateway) {
        this.gateway = gateway;
    }

    static ConsoleGateway start(Path folder) throws Exception {
        return start(folder, POLICY, server -> server);
    }

    static ConsoleGateway start(Path folder, String policy, UnaryOperator<String> change) throws Exception {
        return new ConsoleGateway(TestGateway.configured(
                policy, folder, TestGateway.shop(), server -> change.apply(withConsole(server))));
    }

    private static String withConsole(String server) {
        String hash = TestGateway.verifier();
        String more = """
                - { name: tom, password_hash: "%1$s", groups: [leads] }
                - { name: ada, password_hash: "%1$s", groups: [auditors] }
                - { name: root, password_hash: "%1$s", groups: [operators] }
                - { name: far, password_hash: "%1$s", groups: [leads], source: ["10.9.0.0/16"] }
                - { name: helper, kind: agent, owner: maya, password_hash: "%1$s", groups: [analysts, leads] }
            """.formatted(hash);
        return server.replace("  admin_socket:", "  web: { addr: \"127.0.0.1:0\" }\n  admin_socket:")
                .replace("keys:\n", more + "keys:\n");
    }

    int port() {
        return gateway.gateway().web().orElseThrow().getPort();
    }

    TestGateway gateway() {
        return gateway;
    }

    Browser browser(String name) throws Exception {
        return Browser.of(port(), name);
    }

    /** Has somebody send an update, which waits. */
    Asking ask(String user, String sql) throws Exception {
        CompletableFuture<Integer> rows = new CompletableFuture<>();
        Thread client = new Thread(
                () -> {
                    try (Connection connection = gateway.connect(user);
                            Statement statement = connection.createStatement()) {
                        rows.complete(statement.executeUpdate(sql));
                    } catch (SQLException e) {
                        rows.completeExceptionally(e);
                    }
                },
                "client");
        client.setDaemon(true);
        client.start();
        return new Asking(pending(sql), rows);
    }

    /**
     * A statement that waits.
     *
     * @param rows completes when its client has its answer
     */
    record Asking(Request request, CompletableFuture<Integer> rows) {

        String id() {
            return request.id();
        }

        String code() {
            return request.code();
        }

        int result() throws Exception {
            return rows.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Approvals desk() {
        return gateway.gateway().approvals();
    }

    private Request pending(String sql) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            List<Ticket> tickets = desk().tickets();
            for (Ticket ticket : tickets) {
                // It is on the desk a moment before its client is known to wait.
                if (ticket instanceof Ticket.Pending
                        && ticket.request().sql().equals(sql)
                        && desk().waiting(ticket.request().id()) > 0) {
                    return ticket.request();
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError("it does not wait: " + sql);
    }

    Ticket ticket(String id) {
        return gateway.gateway().approvals().find(id).orElseThrow();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
