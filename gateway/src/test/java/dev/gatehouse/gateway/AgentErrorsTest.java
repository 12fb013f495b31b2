package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;

/** What an agent is told when a statement of its is refused, and who may say yes to it. */
final class AgentErrorsTest {

    private static final String POLICY = TestGateway.POLICY
            .replace("mode: hold", "mode: ticket")
            .replace("hold: { interactive: 20s, other: 20s, then: reject,", "hold: {");
    private static final Reviewer LEAD = new Reviewer("lead", Set.of("leads"), false, "test");
    private static final Reviewer OWNER = new Reviewer("Erik", Set.of("leads"), true, "admin socket");

    @TempDir
    private Path folder;

    private static JsonNode told(Statement statement, String sql) throws Exception {
        PSQLException refused = catchThrowableOfType(PSQLException.class, () -> statement.execute(sql));
        return new ObjectMapper()
                .readTree(
                        Objects.requireNonNull(refused.getServerErrorMessage()).getDetail());
    }

    @Test
    void anAgentIsToldWhatToDoAndItsOwnerDecidesNothing() throws Exception {
        try (TestGateway gateway = TestGateway.configured(
                        POLICY,
                        folder,
                        TestGateway.shop(),
                        file -> file.replace("{ name: maya,", "{ name: maya, kind: agent, owner: erik,"));
                Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            JsonNode where = told(statement, "update orders set status = 'x'");
            assertThat(where.path("outcome").asText()).isEqualTo("blocked");
            assertThat(where.path("rule").asText()).isEqualTo("no-where");
            assertThat(where.path("fix").asText()).isEqualTo("Add a WHERE.");
            assertThat(where.path("retryable").asBoolean()).isTrue();

            // In every disguise it is the same column.
            JsonNode masked = told(statement, "select id from customers where email = 'a'");
            assertThat(masked.path("retryable").asBoolean()).isFalse();

            String update = "update orders set status = 'agent' where id = 41";
            JsonNode pending = told(statement, update);
            assertThat(pending.path("outcome").asText()).isEqualTo("pending");
            assertThat(pending.path("fix").asText())
                    .contains("CALL gatehouse.wait('" + pending.path("id").asText());
            assertThat(pending.path("code").asText()).isNotEmpty();

            Approvals desk = gateway.gateway().approvals();
            Ticket ticket = desk.lastPending().orElseThrow();
            assertThat(desk.approve(ticket.request().id(), Optional.empty(), OWNER, "mine"))
                    .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Answer.Reason.NOT_PERMITTED));
            desk.reject(ticket.request().id(), Optional.empty(), LEAD, "use the batch job");
            PSQLException rejected = catchThrowableOfType(PSQLException.class, () -> statement.execute(update));
            assertThat(rejected.getMessage()).contains("use the batch job").contains("\"retryable\":false");
        }
    }

    @Test
    void whoeverIsRefusedOverAndOverIsToldToStop() throws Exception {
        try (TestGateway gateway = TestGateway.configured(
                        POLICY,
                        folder,
                        TestGateway.shop(),
                        file -> file.replace("{ name: maya,", "{ name: maya, kind: agent, owner: erik,"));
                Connection connection = gateway.connect("maya");
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 5; i++) {
                assertThat(told(statement, "delete from orders").path("fix").asText())
                        .doesNotContain("Stop");
            }
            JsonNode stop = told(statement, "delete from orders");
            assertThat(stop.path("retryable").asBoolean()).isFalse();
            assertThat(stop.path("fix").asText())
                    .startsWith("Stop: rule no-where")
                    .contains("erik");
            assertThat(statement.execute("select 1")).isTrue();
        }
    }
}
