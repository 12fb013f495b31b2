package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name of the session that another statement is put behind, in places where nobody looks at it again. */
final class SwappedNamesTest {

    private static final String ADDRESS = "user1@acme.test";
    private static final String SECRET = "select lower(email) from customers where id = 1";

    /** Has the server run code that puts it behind the name s. */
    private static final String SWAP =
            "select runs(w) from (values ('deallocate s'), ('prepare s as " + SECRET + "')) v(w)";

    @TempDir
    private static Path folder;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(folder);
        try (Connection connection = gateway.direct();
                java.sql.Statement statement = connection.createStatement()) {
            statement.execute("create function runs(what text) returns text language plpgsql as"
                    + " $$ begin execute what; return 'done'; end $$");
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Connection maya() throws Exception {
        return gateway.connect("maya", "preferQueryMode", "simple");
    }

    @Test
    void aFetchFromAPortalThatExecutesAName() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.query("begin").query("prepare s as select 'harmless'::text").send();
            raw.parse("e", "execute s").bind("p", "e").sync().send();
            raw.query("deallocate s").query("prepare s as " + SECRET).send();
            String told = raw.query("fetch p").send();
            assertThat(told).doesNotContain(ADDRESS);
        }
    }

    @Test
    void aFetchFromAPortalThatExecutesAWrite() throws Exception {
        for (String use : List.of("fetch p", "move p", "select cursor_to_xml('p', 1, true, false, '')")) {
            try (Connection connection = maya()) {
                RawFrames raw = new RawFrames(connection);
                raw.query("begin").send();
                raw.parse("s", "select 1").sync().send();
                raw.parse("e", "execute s").bind("p", "e").sync().send();
                raw.close('S', "s")
                        .parse("s", "update customers set name = 'written' where id = 7 returning id")
                        .sync()
                        .send();
                raw.query(use).query("commit").send();
                try (Connection direct = gateway.direct();
                        java.sql.Statement statement = direct.createStatement()) {
                    assertThat(statement.executeUpdate("update customers set name = 'old' where name = 'written'"))
                            .as(use)
                            .isZero();
                }
            }
        }
    }

    @Test
    void aFetchFromAPortalThatFetches() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.query("begin")
                    .query("declare c cursor for select 'harmless'::text")
                    .send();
            raw.parse("e", "fetch c").bind("p", "e").sync().send();
            raw.query("close c").query("declare c cursor for " + SECRET).send();
            String told = raw.query("fetch p").send();
            assertThat(told).doesNotContain(ADDRESS);
        }
    }

    @Test
    void aRepetitionThatTheServerSkips() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.parse("fails", "select 1 / id from customers where id = $1")
                    .sync()
                    .send();
            raw.parse("s", "select 'harmless'::text").sync().send();
            raw.query("select runs('deallocate s')").send();
            raw.query("select runs('prepare s as " + SECRET + "')").send();
            raw.parse("fails", "select 'x'::int").bind("", "s").sync().send();
            String told = raw.bind("", "s").execute("", 0).sync().send();
            assertThat(told).doesNotContain(ADDRESS);
        }
    }

    @Test
    void aRepetitionWhileAnAnswerIsDue() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.parse("s", "select 'harmless'::text").describe('S', "s").sync().send();
            String told = raw.bind("", "s")
                    .execute("", 0)
                    .sync()
                    .query("select runs('select pg_sleep(0.1)')")
                    .bind("", "s")
                    .execute("", 0)
                    .sync()
                    .send();
            assertThat(told).contains("SELECT 1");
        }
    }

    @Test
    void codeInFrontOfAnExecuteInOneText() throws Exception {
        for (String text : List.of(
                "select runs('deallocate s'); select runs('prepare s as " + SECRET + "'); execute s",
                "deallocate s; prepare s as select 'x'::text; select runs('deallocate s'); select runs('prepare s as "
                        + SECRET + "'); execute s",
                "begin; declare c cursor for select 'x'::text; select runs('close c'), runs('declare c cursor for "
                        + SECRET + "'); fetch c")) {
            try (Connection connection = maya()) {
                RawFrames raw = new RawFrames(connection);
                raw.query("prepare s as select 'harmless'::text").send();
                String told = raw.query(text).send();
                assertThat(told).as(text).doesNotContain(ADDRESS);
            }
        }
    }

    @Test
    void codeThatRunsWhenATransactionEnds() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.query("begin").query("declare c cursor with hold for " + SWAP).send();
            raw.parse("s", "select 'harmless'::text").sync().send();
            raw.query("commit").send();
            String told = raw.bind("", "s").execute("", 0).sync().send();
            assertThat(told).doesNotContain(ADDRESS);
        }
    }

    @Test
    void codeThatRunsWhenACursorIsRead() throws Exception {
        for (String use : List.of("fetch all from c", "move all in c")) {
            try (Connection connection = maya()) {
                RawFrames raw = new RawFrames(connection);
                raw.query("begin").query("declare c cursor for " + SWAP).send();
                raw.parse("s", "select 'harmless'::text").sync().send();
                raw.query(use).send();
                String told = raw.bind("", "s").execute("", 0).sync().send();
                assertThat(told).as(use).doesNotContain(ADDRESS);
            }
        }
    }

    @Test
    void aSettingThatChangesWhenACursorIsRead() throws Exception {
        String twoFaced = "select '\\' || ' || (select email from customers where id = 1) --'\n";
        for (String use : List.of("fetch all from c", "move all in c", "commit")) {
            for (int run = 0; run < 3; run++) {
                try (Connection connection = maya()) {
                    RawFrames raw = new RawFrames(connection);
                    raw.query("begin")
                            .query("declare c cursor with hold for"
                                    + " select set_config('standard_conforming_strings', 'off', false)")
                            .send();
                    String told = raw.query(use).query(twoFaced).send();
                    assertThat(told).as(use).doesNotContain(ADDRESS);
                }
            }
        }
    }

    @Test
    void aFetchThatWasPreparedBeforeItsCursor() throws Exception {
        try (Connection connection = maya()) {
            RawFrames raw = new RawFrames(connection);
            raw.query("begin").parse("f", "fetch c").describe('S', "f").sync().send();
            raw.query("declare c cursor for select name, email from customers").send();
            String told = raw.bind("", "f").execute("", 0).sync().send();
            assertThat(told).contains("u***@").doesNotContain(ADDRESS);
        }
    }
}
