package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands that a client sends without waiting for the answers to those before. */
final class MySqlPipelinesTest {

    private static final Reviewer LEAD = new Reviewer("lead", Set.of("leads"), false, "test");

    @TempDir
    private Path folder;

    private static ByteBuffer text(String sql) {
        ByteBuffer text = MySqlWireClient.buffer(512);
        text.put(MySqlWireClient.bytes(sql));
        return text;
    }

    private static void hold(MySqlWireClient client, String marker, String behind) throws Exception {
        client.together(
                MySqlWireClient.QUERY,
                text("update orders set status = '" + marker + "' where id = 21"),
                MySqlWireClient.QUERY,
                text(behind));
    }

    private static Ticket held(MySqlGateway gateway, String marker) throws InterruptedException {
        Approvals desk = gateway.gateway().approvals();
        while (true) {
            Optional<Ticket> pending =
                    desk.lastPending().filter(ticket -> ticket.request().sql().contains(marker));
            if (pending.isPresent()) {
                return pending.get();
            }
            Thread.sleep(10);
        }
    }

    private static void reject(MySqlGateway gateway, Ticket ticket) {
        assertThat(gateway.gateway().approvals().reject(ticket.request().id(), Optional.empty(), LEAD, "no"))
                .isInstanceOf(Answer.Moved.class);
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void whatStandsBehindAHeldStatementWaitsAndRunsBehindIt(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder);
                MySqlWireClient client = MySqlWireClient.through(gateway, "maya", 0)) {
            hold(client, "approved", "select status from orders where id = 21");
            Ticket ticket = held(gateway, "'approved'");
            assertThat(gateway.gateway()
                            .approvals()
                            .approve(
                                    ticket.request().id(),
                                    Optional.of(ticket.request().code()),
                                    LEAD,
                                    "fine"))
                    .isInstanceOf(Answer.Moved.class);
            assertThat(client.receive().get(0)).isZero();
            assertThat(client.value()).isEqualTo("approved");

            hold(client, "refused", "select status from orders where id = 21");
            ticket = held(gateway, "'refused'");
            reject(gateway, ticket);
            assertThat(MySqlWireClient.error(client.receive())).startsWith("1227 ");
            assertThat(client.value()).isEqualTo("approved");

            hold(client, "expired", "delete from orders");
            ticket = held(gateway, "'expired'");
            reject(gateway, ticket);
            assertThat(MySqlWireClient.error(client.receive())).startsWith("1227 ");
            assertThat(MySqlWireClient.error(client.receive())).startsWith("1227 ");
            assertThat(client.run("select count(*) from orders")).isEqualTo("3000");
        }
    }
}
