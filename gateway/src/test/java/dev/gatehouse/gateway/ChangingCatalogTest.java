package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one session changes in the catalog is known to all from the moment on that it holds. */
final class ChangingCatalogTest {

    @TempDir
    private static Path folder;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(folder);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aViewReplacedInATransactionIsReadAnewOnceThatIsOver() throws Exception {
        try (Connection maya = gateway.connect("maya");
                Connection erik = gateway.connect("erik")) {
            execute(erik, "create view shown as select id, name from customers");
            String ask = "select coalesce(name, '-') from shown where id = 1";
            assertThat(rows(maya, ask)).containsExactly("Name 1");
            erik.setAutoCommit(false);
            execute(erik, "create or replace view shown as select id, email as name from customers");
            assertThat(rows(maya, "select count(status) from orders")).containsExactly("3000");
            erik.commit();

            assertThat(rows(maya, ask)).noneMatch(row -> row.contains("user1"));
        }
    }

    @Test
    void aTableThatOneSessionHasLockedHoldsUpNobodyWhoDoesNotAskForIt() throws Exception {
        try (Connection maya = gateway.connect("maya");
                Connection erik = gateway.connect("erik")) {
            erik.setAutoCommit(false);
            execute(erik, "alter table customers add column note text default 'none'");

            assertThat(rows(erik, "select note from customers where id = 1")).containsExactly("none");
            assertThat(rows(maya, "select count(status) from orders")).containsExactly("3000");
            erik.rollback();
        }
    }

    @Test
    void whatASessionWithMasksChangesItselfIsNotReadBeforeItIsCommitted(@TempDir Path own) throws Exception {
        String policy = TestGateway.POLICY.replace(
                "{ id: writes, who: { roles: [engineer] }", "{ id: writes, who: { roles: [analyst, engineer] }");
        try (TestGateway lax = TestGateway.ruledBy(policy, own, TestGateway.shop());
                Connection maya = lax.connect("maya", "preferQueryMode", "simple")) {
            String ask = "select coalesce(name, '-') || '' from customers where id = 1";
            assertThat(rows(maya, ask)).containsExactly("Name 1");
            execute(maya, "begin");
            execute(maya, "alter table customers rename name to nickname");
            execute(maya, "alter table customers rename email to name");
            assertThatThrownBy(() -> rows(maya, ask)).hasMessageContaining("could not be analysed");
            execute(maya, "rollback");
            assertThat(rows(maya, ask)).containsExactly("Name 1");
        }
    }
}
