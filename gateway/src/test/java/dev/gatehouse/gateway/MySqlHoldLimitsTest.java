package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long a statement waits for a person: no longer than its session's own settings and the locks it keeps allow. */
final class MySqlHoldLimitsTest {

    /** Requests end with the waiting, so that their deadline tells how long that would have been. */
    private static final String POLICY = TestGateway.POLICY
            .replace(
                    "hold: { interactive: 20s, other: 20s, then: reject, in_transaction: if_clean }",
                    "hold: { interactive: 15m, other: 15m, then: reject, in_transaction: hold }")
            .replace(
                    "- { id: updates-reviewed, who: { roles: [analyst] }, statement: { kinds: [update] }, then: { approve: review } }",
                    """
                    - { id: updates-reviewed, who: { roles: [analyst] }, statement: { kinds: [update] }, then: { approve: review } }
                      - { id: reads-reviewed, who: { roles: [analyst] }, statement: { reads: { tables: ["*.customers"] } }, then: { approve: review } }
                      - { id: analyst-inserts, who: { roles: [analyst] }, statement: { kinds: [insert] }, then: { allow: {} } }""");

    private static final String UPDATE = "update orders set status = 'held' where id = ";
    private static final Duration USUAL = Duration.ofMinutes(15);

    @TempDir
    private Path folder;

    /** How long the last statement would wait, behind others that are not held. */
    private Duration wait(MySqlGateway gateway, String... statements) throws Exception {
        String last = statements[statements.length - 1];
        try (MySqlWireClient client = MySqlWireClient.through(gateway, "maya", 0)) {
            for (int i = 0; i < statements.length - 1; i++) {
                assertThat(client.run(statements[i])).as(statements[i]).isIn("0 changed", "1 changed", "1");
            }
            client.begin(last);
            while (true) {
                Optional<Ticket> pending = gateway.gateway().approvals().lastPending();
                if (pending.isPresent() && pending.get().request().sql().equals(last)) {
                    Request request = pending.get().request();
                    return Duration.between(request.asked(), request.deadline());
                }
                Thread.sleep(10);
            }
        }
    }

    private static String refusal(MySqlGateway gateway, String... statements) throws Exception {
        try (MySqlWireClient client = MySqlWireClient.through(gateway, "maya", 0)) {
            String said = "";
            for (String statement : statements) {
                said = client.run(statement);
            }
            return said;
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void aStatementWaitsAsLongAsItsSessionAllows(MySqlProductUnderTest product) throws Exception {
        boolean mariaDb = product == MySqlProductUnderTest.MARIADB;
        String own = mariaDb ? "set max_statement_time = 7.5" : "set max_execution_time = 7500";
        Duration timed = Duration.ofMillis(7500);
        String read = "select name from customers where id = ";
        String write = "insert into orders (id) values (";
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder, POLICY)) {
            assertThat(wait(gateway, UPDATE + 1)).isEqualTo(USUAL);
            assertThat(wait(gateway, "set wait_timeout = 20", "set innodb_lock_wait_timeout = 3", UPDATE + 2))
                    .isEqualTo(USUAL);
            assertThat(wait(gateway, own, read + 3)).isEqualTo(timed);
            assertThat(wait(gateway, own, UPDATE + 4)).isEqualTo(mariaDb ? timed : USUAL);
            String inTransaction = "select 1 from orders where id = 1";
            assertThat(wait(gateway, "begin", inTransaction, UPDATE + 6)).isEqualTo(USUAL);
            assertThat(wait(gateway, "set wait_timeout = 20", "begin", inTransaction, UPDATE + 7))
                    .isEqualTo(Duration.ofSeconds(19));
            assertThat(wait(gateway, "set lock_wait_timeout = 6", "begin", inTransaction, UPDATE + 8))
                    .isEqualTo(Duration.ofSeconds(6));
            assertThat(wait(gateway, "begin", write + "9001)", UPDATE + 9)).isEqualTo(Duration.ofSeconds(50));
            assertThat(wait(
                            gateway,
                            "set innodb_lock_wait_timeout = 3",
                            "set wait_timeout = 20",
                            "begin",
                            write + "9002)",
                            UPDATE + 10))
                    .isEqualTo(Duration.ofSeconds(3));
            if (mariaDb) {
                assertThat(wait(gateway, "set idle_transaction_timeout = 5", "begin", inTransaction, UPDATE + 11))
                        .isEqualTo(Duration.ofSeconds(4));
            }
            assertThat(refusal(gateway, "set wait_timeout = 1", "begin", inTransaction, UPDATE + 12))
                    .startsWith("1644 ")
                    .contains("cannot wait inside this transaction");
        }
    }
}
