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

    /** A policy under which who sees masks may change tables. */
    private static final String LAX = TestGateway.POLICY.replace(
            "{ id: writes, who: { roles: [engineer] }", "{ id: writes, who: { roles: [analyst, engineer] }");

    private static final String SWAP =
            "alter table customers rename name to nickname; alter table customers rename email to name";

    @Test
    void aTextIsNotReadBehindItsOwnChanges(@TempDir Path own) throws Exception {
        try (TestGateway lax = TestGateway.ruledBy(LAX, own, TestGateway.shop());
                Connection maya = lax.connect("maya", "preferQueryMode", "simple")) {
            RawFrames raw = new RawFrames(maya);
            String ask = "select coalesce(name, '-') || '' from customers where id = 1";
            raw.query("prepare p as " + ask).send();
            for (String text : List.of(
                    SWAP + "; " + ask,
                    "begin; " + SWAP + "; " + ask + "; rollback",
                    "begin; " + SWAP + "; execute p",
                    "rollback; begin; " + SWAP + "; declare c cursor for " + ask + "; fetch c")) {
                assertThat(raw.query(text).send()).as(text).doesNotContain("user1@acme.test");
            }
        }
    }

    @Test
    void codeThatMayChangeTablesIsNotRunBesideMasks(@TempDir Path own) throws Exception {
        try (TestGateway lax = TestGateway.ruledBy(LAX, own, TestGateway.shop());
                Connection maya = lax.connect("maya", "preferQueryMode", "simple")) {
            try (Connection direct = lax.direct()) {
                execute(
                        direct,
                        "create function runs(what text) returns text language plpgsql as"
                                + " $$ begin execute what; return 'done'; end $$; select pg_sleep(1.5)");
            }
            RawFrames raw = new RawFrames(maya);
            String ask = "select coalesce(name, '-') || '' from customers where id = 1";
            assertThat(raw.query("select runs('" + SWAP + "')").send()).contains("42501");
            assertThat(raw.query(ask).send()).contains("Name 1");
            raw.parse("", "select runs('" + SWAP + "')").bind("", "").execute("", 0);
            raw.parse("", "select coalesce(name, '-') || '' from public.customers where id = 1");
            assertThat(raw.bind("", "").execute("", 0).sync().send())
                    .as("pipelined")
                    .contains("42501")
                    .doesNotContain("user1@acme.test");
            assertThat(raw.query(ask).send()).as("behind").contains("Name 1");
        }
    }

    @Test
    void whatTheServerReadsOnlyWhenItRunsIsReadOnceMoreThen(@TempDir Path own) throws Exception {
        try (TestGateway lax = TestGateway.ruledBy(LAX, own, TestGateway.shop());
                Connection maya = lax.connect("maya", "preferQueryMode", "simple")) {
            try (Connection erik = lax.connect("erik")) {
                execute(erik, "create schema other");
                execute(erik, "create view other.customers as select id, email as name from public.customers");
            }
            RawFrames raw = new RawFrames(maya);
            String copy = "copy (select coalesce(name, '-') || '' from customers where id = 1) to stdout";
            for (String change : List.of("set local search_path = other, public", SWAP)) {
                raw.query("begin").parse("", copy).bind("c", "").sync().send();
                assertThat(raw.execute("c", 0).sync().send()).as("unchanged").contains("Name 1");
                raw.query("rollback").send();
                raw.query("begin")
                        .parse("", copy)
                        .bind("c", "")
                        .sync()
                        .query(change)
                        .send();
                assertThat(raw.execute("c", 0).sync().send()).as(change).doesNotContain("user1@acme.test");
                raw.query("rollback").send();
            }
        }
    }

    @Test
    void whatASessionWithMasksChangesItselfIsNotReadBeforeItIsCommitted(@TempDir Path own) throws Exception {
        try (TestGateway lax = TestGateway.ruledBy(LAX, own, TestGateway.shop());
                Connection maya = lax.connect("maya", "preferQueryMode", "simple")) {
            String ask = "select coalesce(name, '-') || '' from customers where id = 1";
            assertThat(rows(maya, ask)).containsExactly("Name 1");
            execute(maya, "begin");
            execute(maya, "alter table orders rename status to state");
            assertThatThrownBy(() -> rows(maya, ask)).hasMessageContaining("could not be analysed");
            execute(maya, "rollback");
            assertThatThrownBy(() -> execute(maya, "alter table customers rename email to name"))
                    .hasMessageContaining("mask_use");
            assertThat(rows(maya, ask)).containsExactly("Name 1");
        }
    }
}
