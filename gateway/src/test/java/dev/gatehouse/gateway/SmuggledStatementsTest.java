package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gateway reads is what the server reads: no order of frames makes the two take different texts for one. */
final class SmuggledStatementsTest {

    /** A constant where a backslash is an ordinary character, and an address where it is not. */
    private static final String TWO_FACED = "select '\\' || ' || (select email from customers where id = 1) --'\n";

    private static final String ADDRESS = "user1@acme.test";

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

    private static Connection maya() throws Exception {
        return gateway.connect("maya", "preferQueryMode", "simple");
    }

    @Test
    void aPreparedTextKeepsTheEscapesItWasParsedWith() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.query("set standard_conforming_strings = off").send();
            raw.parse("s", TWO_FACED).sync().send();
            raw.query("set standard_conforming_strings = on").send();
            String told = raw.bind("", "s").execute("", 0).sync().send();
            assertThat(told).contains("SELECT 1").doesNotContain(ADDRESS);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "set standard_conforming_strings = on | set standard_conforming_strings = off",
                "set standard_conforming_strings = off; begin; set standard_conforming_strings = on | rollback",
                "set standard_conforming_strings = off; begin; savepoint s; set standard_conforming_strings = on"
                        + " | rollback to s",
                "set standard_conforming_strings = off; begin; set local standard_conforming_strings = on | commit",
            })
    void aTextSentBehindAChangeOfEscapesIsNotReadWithTheOldOnes(String before, String change) throws Exception {
        for (int run = 0; run < 3; run++) {
            try (Connection connection = maya()) {
                RawFrames raw = new RawFrames(connection);
                for (String sql : before.split(";", -1)) {
                    raw.query(sql).send();
                }
                assertThat(raw.query(change).query(TWO_FACED).send()).doesNotContain(ADDRESS);
            }
        }
    }

    @Test
    void theRowsOfACursorAreNotTakenForThoseOfAPortalOfItsName() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.query("begin").send();
            raw.parse("", "select id::text from customers")
                    .bind("c", "")
                    .execute("c", 1)
                    .sync()
                    .send();
            raw.query("close c").send();
            raw.query("declare c cursor for select email from customers").send();
            assertThat(raw.execute("c", 2).sync().send())
                    .doesNotContain(ADDRESS)
                    .contains("u***@acme.test");
        }
    }

    @Test
    void aNameThatIsTakenKeepsItsStatement() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.parse("s", "select lower(email) from customers where id = 1")
                    .sync()
                    .send();
            raw.parse("s", "select 'harmless'::text").sync();
            String told = raw.bind("", "s").execute("", 0).sync().send();
            assertThat(told).contains("42P05").contains("SELECT 1").doesNotContain(ADDRESS);
        }
    }

    @Test
    void aParseThatTheServerSkipsDoesNotTakeTheUnnamedStatementsPlace() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.parse("fails", "select 1 / id from customers where id = $1")
                    .sync()
                    .send();
            raw.parse("", "select lower(email) from customers where id = 1")
                    .sync()
                    .send();
            raw.bind("", "fails", 0, List.of("not a number"))
                    .parse("", "select 'harmless'::text")
                    .sync();
            String told = raw.bind("", "").execute("", 0).sync().send();
            assertThat(told).contains("22P02").contains("SELECT 1").doesNotContain(ADDRESS);
        }
    }

    @Test
    void aCloseThatTheServerSkipsLeavesTheStatement() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.parse("fails", "select 1 / id from customers where id = $1")
                    .sync()
                    .send();
            raw.parse("s", "select lower(email) from customers where id = 1")
                    .sync()
                    .send();
            raw.bind("", "fails", 0, List.of("x"))
                    .close('S', "s")
                    .parse("s", "select 'harmless'::text")
                    .sync();
            assertThat(raw.bind("", "s").execute("", 0).sync().send()).doesNotContain(ADDRESS);
        }
    }

    @Test
    void namesThatTheServerCutsOffAreOneName() throws Exception {
        String name = "n".repeat(63);
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.parse(name + "x", "select lower(email) from customers where id = 1")
                    .sync()
                    .send();
            raw.parse(name + "y", "select 'harmless'::text").sync();
            assertThat(raw.bind("", name + "y").execute("", 0).sync().send()).doesNotContain(ADDRESS);
        }
    }

    @Test
    void aPreparedStatementIsTheOneItsNameStandsForWhenItIsExecuted() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.query("begin").query("prepare s as select 'harmless'::text").send();
            raw.parse("e", "execute s").bind("p", "e").sync().send();
            raw.query("deallocate s")
                    .query("prepare s as select lower(email) from customers where id = 1")
                    .send();
            assertThat(raw.execute("p", 0).sync().send())
                    .doesNotContain(ADDRESS)
                    .contains("42501");
        }
    }

    @Test
    void whatIsPreparedInSqlIsMaskedWhenItIsExecuted() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.query("prepare s (int) as select email, lower(email), 'x' || id from customers where id = $1")
                    .send();
            for (String told : List.of(
                    raw.query("execute s (1)").send(),
                    raw.parse("", "execute s (1)")
                            .bind("", "")
                            .execute("", 0)
                            .sync()
                            .send(),
                    raw.bind("", "s", 0, List.of("1")).execute("", 0).sync().send())) {
                assertThat(told).contains("u***@acme.test").contains("x1").doesNotContain(ADDRESS);
            }
            raw.query("begin")
                    .query("declare c cursor for select email, lower(email), 'x' || id from customers")
                    .send();
            for (String told : List.of(
                    raw.query("fetch c").send(),
                    raw.query("fetch first from c; fetch 3 from c").send(),
                    raw.parse("", "fetch first from c")
                            .bind("", "")
                            .execute("", 0)
                            .sync()
                            .send())) {
                assertThat(told).contains("u***@acme.test").contains("x1").doesNotContain(ADDRESS);
            }
        }
    }

    @Test
    void whatIsPreparedByMessageIsRuledOnWhenSqlExecutesIt() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.query("prepare s as insert into customers select 1000, 'x'").send();
            assertThat(raw.query("execute s").send()).contains("42501").doesNotContain("INSERT 0");
            raw.parse("q", "select id from customers where id = 7").sync().send();
            assertThat(raw.query("execute q").send()).contains("SELECT 1");
            assertThat(raw.query("deallocate q").query("execute q").send()).contains("42501");
        }
    }

    @Test
    void theUserInTheSearchPathIsTheRoleThatIsSet() throws Exception {
        try (Connection connection = gateway.direct();
                java.sql.Statement statement = connection.createStatement()) {
            statement.execute("create schema postgres; create table postgres.notes (id int, note text);"
                    + " create view public.notes as select id, email as note from customers;"
                    + " drop role if exists somebody_else; create role somebody_else;"
                    + " grant select on public.notes to somebody_else; select pg_sleep(1.5)");
        }
        for (String change : List.of(
                "set role somebody_else",
                "begin; set local role somebody_else",
                "select set_config('role', 'somebody_else', false)",
                "set session authorization somebody_else",
                "set role somebody_else / begin; set local role postgres / rollback")) {
            try (Connection connection = maya()) {
                RawFrames raw = new RawFrames(connection);
                for (String sql : change.split(" / ", -1)) {
                    raw.query(sql).send();
                }
                assertThat(raw.query("select lower(note) || '' from notes where id = 1")
                                .send())
                        .as(change)
                        .doesNotContain(ADDRESS);
                assertThat(raw.query("select note from notes where id = 1").send())
                        .as(change)
                        .contains("u***@acme.test");
            }
        }
    }

    @Test
    void theUserInTheSearchPathIsTheRoleThatTheLoginBeginsWith(@TempDir Path own) throws Exception {
        String database = TestGateway.shop();
        try (TestGateway other = TestGateway.ruledBy(TestGateway.POLICY, own, database)) {
            try (Connection connection = other.direct();
                    java.sql.Statement statement = connection.createStatement()) {
                statement.execute("create schema postgres; create table postgres.notes (id int, note text);"
                        + " create view public.notes as select id, email as note from customers;"
                        + " drop role if exists one_to_begin_with; create role one_to_begin_with;"
                        + " grant select on public.notes to one_to_begin_with;"
                        + " alter role postgres in database " + database + " set role = one_to_begin_with");
            }
            try (Connection connection = other.connect("maya", "preferQueryMode", "simple")) {
                RawFrames raw = new RawFrames(connection);
                assertThat(raw.query("select current_user").send()).contains("one_to_begin_with");
                assertThat(raw.query("select lower(note) || '' from notes where id = 1")
                                .send())
                        .doesNotContain(ADDRESS);
                assertThat(raw.query("select note from notes where id = 1").send())
                        .contains("u***@acme.test");
            }
        }
    }

    @Test
    void aStatementSurvivesCodeThatMayHaveReplacedIt() throws Exception {
        try (Connection connection = gateway.direct();
                java.sql.Statement statement = connection.createStatement()) {
            statement.execute("create or replace function runs(what text) returns text language plpgsql as"
                    + " $$ begin execute what; return 'done'; end $$");
        }
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.parse("s", "select 'harmless'::text").sync().send();
            raw.query("select runs('deallocate s')").send();
            raw.query("select runs('prepare s as select lower(email) from customers where id = 1')")
                    .send();
            assertThat(raw.bind("", "s").execute("", 0).sync().send())
                    .contains("harmless")
                    .doesNotContain(ADDRESS);
        }
    }

    @Test
    void aQueryThatTheServerSkipsIsNotTakenForTheNext() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.query("select 'y'").send();
            raw.parse("", "select 'x'::int").skippedQuery("select 'y'").sync().send();
            raw.query("select 'x'::int").send();
            assertThat(raw.query("select lower(email) || '' from customers where id = 1")
                            .send())
                    .contains("SELECT 1")
                    .doesNotContain(ADDRESS);
        }
    }

    @Test
    void whatComesBetweenAnErrorAndTheSyncIsSkippedHereAsWell() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.parse("s", "select nothing_of_this_name").flush().sendUntilError();
            raw.parse("s", "select 7").bind("", "s").execute("", 0).sync().send();
            assertThat(raw.query("select 'still here'").send()).contains("still here");
        }
    }

    @Test
    void aSyncThatTheServerIgnoresWhileItCopiesIsNotWaitedFor() throws Exception {
        try (Connection connection = gateway.connect("erik", "preferQueryMode", "simple")) {
            RawFrames raw = new RawFrames(connection);
            raw.query("create table copied (line text)").send();
            raw.parse("", "copy copied from stdin").bind("", "").execute("", 0).ignoredSync();
            raw.copied("one\n").sync();
            assertThat(raw.send()).contains("COPY 1");
            assertThat(raw.query("select count(*) from copied").send()).contains("SELECT 1");
            raw.parse("", "copy copied (line) from stdin (format nonsense)").bind("", "");
            assertThat(raw.execute("", 0).sync().send()).contains("nonsense");
            assertThat(raw.query("select 'still here'").send()).contains("still here");
        }
    }
}
