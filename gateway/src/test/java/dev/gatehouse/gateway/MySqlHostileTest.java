package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testing.MySqlServer;
import dev.gatehouse.testing.RealMariaDb;
import dev.gatehouse.testing.RealMySql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client tries who wants the server to read a statement in another way than the gateway. */
final class MySqlHostileTest {

    private enum Product {
        MARIADB,
        MYSQL;

        MySqlServer server() {
            return this == MARIADB ? RealMariaDb.shared() : RealMySql.shared();
        }
    }

    /** In {@code ANSI_QUOTES} a column, otherwise a text; nothing in the result says which. */
    private static final String AMBIGUOUS = "select upper(\"email\") from customers where id = 1";

    private static final String CLEAR = "USER1@ACME.TEST";

    @TempDir
    private static Path folder;

    private static final Map<Product, MySqlGateway> GATEWAYS = new EnumMap<>(Product.class);

    private static synchronized MySqlGateway gateway(Product product) throws Exception {
        MySqlGateway started = GATEWAYS.get(product);
        if (started == null) {
            started = MySqlGateway.start(product.server(), folder.resolve(product.name()));
            GATEWAYS.put(product, started);
        }
        return started;
    }

    @AfterAll
    static void stop() {
        GATEWAYS.values().forEach(MySqlGateway::close);
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void aModeIsFollowedWhateverTheClientHasTheServerTrack(Product product) throws Exception {
        for (String tracked : new String[] {
            "@@session_track_system_variables", "''", "'character_set_client'", "'SQL_MODE , time_zone'", "'*'"
        }) {
            try (Connection connection = gateway(product).connect("maya");
                    Statement statement = connection.createStatement()) {
                statement.execute("set session session_track_system_variables = " + tracked);
                statement.execute("set sql_mode = 'ANSI_QUOTES'");
                assertThat(MySqlStatementsTest.column(statement, AMBIGUOUS))
                        .as(tracked)
                        .hasSize(1)
                        .doesNotContain(CLEAR, "EMAIL");
            }
        }
    }

    @Test
    void aModeForASingleStatementIsNotTakenForTheSessions() throws Exception {
        for (String passing : new String[] {"set @a = 1", "select 1", "select name from customers where id = 1"}) {
            try (Connection connection = gateway(Product.MARIADB).connect("maya");
                    Statement statement = connection.createStatement()) {
                statement.execute("set sql_mode = 'ANSI_QUOTES'");
                statement.execute("set statement sql_mode = '' for " + passing);
                assertThat(MySqlStatementsTest.column(statement, AMBIGUOUS))
                        .as(passing)
                        .hasSize(1)
                        .doesNotContain(CLEAR, "EMAIL");
            }
        }
    }

    @Test
    void aModeSetByAStatementThatFailsIsFollowed() throws Exception {
        try (Connection connection = gateway(Product.MYSQL).connect("maya");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("set sql_mode = 'ANSI_QUOTES', session gtid_next = 'bad:1'"))
                    .isInstanceOf(SQLException.class);
            assertThat(MySqlStatementsTest.column(statement, "select @@sql_mode"))
                    .containsExactly("ANSI_QUOTES");
            assertThat(MySqlStatementsTest.column(statement, AMBIGUOUS))
                    .hasSize(1)
                    .doesNotContain(CLEAR, "EMAIL");
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void aTextIsNotReadBehindItsOwnChanges(Product product, @TempDir Path own) throws Exception {
        String lax = TestGateway.POLICY.replace(
                "{ id: writes, who: { roles: [engineer] }", "{ id: writes, who: { roles: [analyst, engineer] }");
        String ask = "select concat(coalesce(name, '-'), '') from customers where id = 1";
        try (MySqlGateway changing = MySqlGateway.start(product.server(), own, lax);
                Connection connection = changing.connect("maya", "allowMultiQueries", "true");
                Statement statement = connection.createStatement()) {
            assertThat(MySqlStatementsTest.column(statement, ask)).containsExactly("Name 1");
            String swap = "alter table customers rename column name to nickname, rename column email to name";
            assertThatThrownBy(() -> statement.execute(swap + "; " + ask)).hasMessageContaining("[gatehouse:blocked");
            assertThat(MySqlStatementsTest.column(statement, ask)).containsExactly("Name 1");
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void noProcedureReplacesAViewForWhoSeesMasks(Product product, @TempDir Path own) throws Exception {
        String lax = TestGateway.POLICY.replace(
                "{ id: writes, who: { roles: [engineer] }", "{ id: writes, who: { roles: [analyst, engineer] }");
        String ask = "select concat(coalesce(name, '-'), '') from shown where id = 1";
        try (MySqlGateway changing = MySqlGateway.start(product.server(), own, lax);
                Connection direct = changing.direct();
                Statement owner = direct.createStatement()) {
            owner.execute("create view shown as select id, name from customers");
            owner.execute("create procedure swaps() create or replace view shown as"
                    + " select id, email as name from customers");
            try (Connection connection = changing.connect("maya");
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("call swaps()")).hasMessageContaining("rule=mask_use");
                assertThat(MySqlStatementsTest.column(statement, ask)).containsExactly("Name 1");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void theDatabaseIsFollowedThoughTheClientHasTheServerNotTellIt(Product product) throws Exception {
        try (Connection connection = gateway(product).connect("maya");
                Statement statement = connection.createStatement()) {
            statement.execute("use information_schema");
            statement.execute("set session session_track_schema = off");
            statement.execute("use " + gateway(product).database());
            assertThat(MySqlStatementsTest.column(statement, "select upper(email) from customers where id = 1"))
                    .hasSize(1)
                    .doesNotContain(CLEAR);
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void aChangeOfStateMayBeToldInTheFormOfEachProduct(Product product) throws Exception {
        try (Connection connection = gateway(product).connect("maya");
                Statement statement = connection.createStatement()) {
            statement.execute("set session session_track_state_change = on");
            statement.execute("set sql_mode = 'ANSI_QUOTES'");
            assertThat(MySqlStatementsTest.column(statement, AMBIGUOUS))
                    .hasSize(1)
                    .doesNotContain(CLEAR, "EMAIL");
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void whatDiagnosticsQuoteIsNotReadIntoAVariable(Product product) throws Exception {
        try (Connection connection = gateway(product).connect("maya");
                Statement statement = connection.createStatement()) {
            statement.execute("select sum(email) from customers where id = 1");
            assertThatThrownBy(() -> statement.execute("get diagnostics condition 1 @message = message_text"))
                    .hasMessageContaining("[gatehouse:blocked");
            assertThat(MySqlStatementsTest.column(statement, "select @message")).containsExactly((String) null);
        }
        try (Connection connection = gateway(product).connect("erik");
                Statement statement = connection.createStatement()) {
            statement.execute("select 'x' + 0");
            statement.execute("get diagnostics condition 1 @message = message_text");
            assertThat(MySqlStatementsTest.column(statement, "select @message").get(0))
                    .contains("Truncated");
        }
    }
}
