package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

/** A person without the right to a column learns nothing of its values; other columns arrive untouched. */
final class MaskedResultsTest {

    @TempDir
    private static Path folder;

    private static TestGateway gateway;
    /** One that refuses nothing for what masked columns are used for, so that what fails by their values does fail. */
    private static TestGateway free;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(folder);
        String policy = TestGateway.POLICY.replace("approvals:", "mask_use: { predicates: allow }\napprovals:");
        free = TestGateway.ruledBy(policy, folder.resolve("free"), TestGateway.shop());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        free.close();
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int run = 0; run < 4; run++) {
                lines.clear();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        StringBuilder row = new StringBuilder();
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            row.append(i > 1 ? "|" : "").append(rows.getString(i));
                        }
                        lines.add(row.toString());
                    }
                }
            }
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
    void valuesAreMaskedInEveryQueryMode(String mode) throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", mode, "prepareThreshold", "2")) {
            assertThat(rows(connection, "select id, name, email, card from customers order by id limit 2"))
                    .containsExactly(
                            "1|Name 1|u***@acme.test|••••••••••••1001", "2|Name 2|u***@acme.test|••••••••••••1002");
        }
    }

    @Test
    void valuesAreMaskedInBinaryResults() throws Exception {
        try (Connection connection = gateway.connect("maya", "prepareThreshold", "-1")) {
            assertThat(rows(connection, "select id, email, salary from customers order by id limit 1"))
                    .containsExactly("1|u***@acme.test|1001");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select lower(email) as x from customers",
                "select email || '' from customers",
                "select substring(email from 1 for 3) from customers",
                "select coalesce(null, email) from customers",
                "select case when id > 0 then email end from customers",
                "select (select email from customers c where c.id = o.customer) from orders o where o.id < 20",
                "with x as (select * from customers) select x.email from x",
                "select x.e from (select email as e from customers) x",
                "select email from customers union all select email from customers",
                "select mail from contacts",
                "select max(email) from customers",
                "select string_agg(email, ',') from customers",
                "select array_agg(email)::text from customers",
                "select c::text from customers c",
                "select row_to_json(c)::text from customers c",
                "select (c).email from customers c",
                "select json_build_object('e', email)::text from customers",
                "select concat(name, email) from customers",
                "table customers",
                "select email::varchar(100) from customers",
                "select ascii(email) from customers",
                "select length(email), md5(email) from customers",
                "select query_to_xml('select email from customers', true, false, '')::text",
                "select 'x@' || substr(email, 1, 5) from customers",
                "select 'x@' || replace(email, '@', '-') from customers",
                "select email || '@' || split_part(email, '@', 1) from customers",
            })
    void noDisguiseShowsAValue(String sql) throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", "simple")) {
            try (ResultSet rows = connection.createStatement().executeQuery(sql)) {
                while (rows.next()) {
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        String value = String.valueOf(rows.getString(i));
                        assertThat(value).doesNotContainPattern("[uU]ser\\d").doesNotContainPattern("use$");
                        assertThat(value).doesNotMatch("[0-9a-f]{32}");
                        assertThat(sql.contains("ascii") && value.equals("117")).isFalse();
                    }
                }
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo("42501");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id from customers where email like 'user1%'",
                "select id from customers order by email",
                "select count(*) from customers group by email",
                "select a.id from customers a join customers b on a.email = b.email",
                "select id from customers where exists (select 1 from customers c where c.email = 'user1@acme.test')",
                "select id from contacts where mail = 'user1@acme.test'",
                "copy customers to stdout",
                "copy (select email from customers) to stdout",
                "create table leak as select email from customers",
                "select email into leak from customers",
                "select count(*) from (select query_to_xml('select email from customers', true, false, '') q) x"
                        + " where q::text like '%user1@%'",
                "select count(*) from pg_stats where histogram_bounds::text like '%user1@%'",
                "select count(*) from (select generate_series(1, ascii(email)) from customers where id = 1) x",
                "select unnest(string_to_array(email, null)) from customers where id = 1",
                "select case when email like 'user1%' then 1 else 0 end from customers",
                "select case email when 'user1@acme.test' then 'y@y' else 'n@n' end from customers",
                "insert into orders (id, status) select 90000, email from customers limit 1",
            })
    void aMaskedColumnMayNotDecideOrLeaveOtherwise(String sql) throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", "simple")) {
            PSQLException thrown = catchThrowableOfType(
                    PSQLException.class, () -> connection.createStatement().execute(sql));
            assertThat(thrown.getSQLState()).as(sql).isEqualTo("42501");
        }
    }

    /** A mask that shows a part of a value shows another part of each value computed from it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select substr(email, 2) from customers",
                "select left(card, 9) from customers",
                "select reverse(card) from customers",
                "select cast(card as varchar(9)) from customers",
                "select card::varchar(9) from customers",
                "select nullif(email, 'user2@acme.test') from customers",
                "select greatest(email, 'user1@acme.tess') from customers",
                "select x.b from (select substr(email, 2) as b from customers) x",
                "with recursive r(n, e) as (select 1, email from customers where id = 1"
                        + " union all select n + 1, substr(e, 2) from r where n < 5) select e from r",
            })
    void nothingIsShownOfWhatIsComputedFromAMaskedColumn(String sql) throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", "simple");
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                assertThat(rows.getString(1)).isNull();
            }
        }
    }

    @Test
    void whatIsNotComputedIsShownAsTheMaskSays() throws Exception {
        try (Connection connection = gateway.connect("maya")) {
            assertThat(rows(
                            connection,
                            "select lower(email), email::text, cast(email as varchar), coalesce(email, ''),"
                                    + " case when id = 1 then email end from customers where id = 1"))
                    .containsExactly("u***@acme.test|u***@acme.test|u***@acme.test|u***@acme.test|u***@acme.test");
        }
    }

    @Test
    void countsAndOtherColumnsArriveUntouched() throws Exception {
        try (Connection connection = gateway.connect("maya")) {
            assertThat(rows(connection, "select count(email), count(*), min(salary) from customers"))
                    .containsExactly("200|200|1001");
            assertThat(rows(connection, "select 1, 'x', now() is not null, upper(name) from customers where id = 1"))
                    .containsExactly("1|x|t|NAME 1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "22P02; select email::int from customers",
                "3F000; select email::regclass from customers",
                "42P01; select replace(email, '.', '')::regclass from customers",
                "42883; select replace(email, '.', '')::regproc from customers",
                "42704; select replace(replace(email, '.', ''), '@', '')::regrole from customers",
                "42704; select replace(email, '.', '')::regconfig from customers",
                "42704; select current_setting(replace(email, '@', '')) from customers",
                "3D000; select has_database_privilege(email, 'connect') from customers",
                "42601; select (email || '.a.b.c.d')::regtype from customers",
                "42P01; prepare p as select replace(email, '.', '')::regclass from customers & execute p",
                "42P01; begin & declare c cursor for select replace(email, '.', '')::regclass from customers & fetch c",
                "42P01; explain analyze select replace(email, '.', '')::regclass from customers",
            })
    void errorsDoNotQuoteProtectedValues(String state, String sql) throws Exception {
        for (String mode : List.of("simple", "extended")) {
            try (Connection connection = free.connect("maya", "preferQueryMode", mode);
                    Statement statement = connection.createStatement()) {
                SQLException thrown = catchThrowableOfType(SQLException.class, () -> {
                    for (String one : sql.split(" & ", -1)) {
                        statement.execute(one);
                    }
                });
                assertThat(thrown.getMessage()).doesNotContain("user1");
                assertThat(thrown.getSQLState()).as(thrown.getMessage()).isEqualTo(state);
            }
        }
    }

    /** What is wrong with the text itself is told as the server says it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "column \"emial\" does not exist; select email, emial from customers",
                "relation \"nothing\" does not exist; select email from customers, nothing",
                "function nothing(text) does not exist; select nothing(email) from customers",
                "table \"nothing\" does not exist; drop table nothing",
            })
    void mistakesAreToldInFull(String message, String sql) throws Exception {
        for (String mode : List.of("simple", "extended")) {
            try (Connection connection = gateway.connect("maya", "preferQueryMode", mode);
                    Statement statement = connection.createStatement()) {
                SQLException thrown = catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
                if (!thrown.getSQLState().equals("42501")) {
                    assertThat(thrown.getMessage()).contains(message);
                }
            }
        }
    }

    /** Who may write is told as well what is wrong with the text, as long as no masked column is looked at. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "column \"statsu\" of relation \"orders\" does not exist; update orders set statsu = 'x' where id = 1",
                "what this statement does with them is not known; delete from orders where idd = 1",
                "what this statement does with them is not known; insert into \"order\" values (1)",
                "type \"txt\" does not exist; update orders set status = 'x'::txt where id = 1",
                "column \"nothing\" of relation \"orders\" does not exist; insert into orders (nothing) values (1)",
            })
    void mistakesInWritesAreToldInFull(String message, String sql) throws Exception {
        String policy = TestGateway.EVERYTHING + """
                classify: [{ tag: pii.email, columns: ["*.*.email"] }]
                masks: [{ id: email, tags: [pii.email], with: { set_null: {} } }]
                """;
        for (String mode : List.of("simple", "extended")) {
            try (TestGateway masking = TestGateway.ruledBy(policy, folder.resolve(mode), TestGateway.shop());
                    Connection connection = masking.connect("erik", "preferQueryMode", mode);
                    Statement statement = connection.createStatement()) {
                SQLException thrown = catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
                assertThat(thrown.getMessage()).contains(message);
            }
        }
    }

    /** The last one of these statements fails by what an earlier one has said. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "prepare p as select email::int from customers; execute p",
                "begin; declare c cursor for select email::int from customers; fetch c",
                "begin; declare c cursor for select email::int from customers; move all in c",
                "begin; declare c cursor with hold for select email::int from customers; commit",
                "begin; declare c cursor with hold for select email::int from customers; commit and chain",
                "begin; declare c cursor with hold for select email::int from customers; prepare transaction 'later'",
                "declare c cursor with hold for select email::int from customers",
            })
    void errorsThatComeLaterDoNotQuoteProtectedValuesEither(String statements) throws Exception {
        for (String mode : List.of("simple", "extended")) {
            try (Connection connection = free.connect("maya", "preferQueryMode", mode);
                    Statement statement = connection.createStatement()) {
                SQLException thrown = catchThrowableOfType(SQLException.class, () -> {
                    for (String sql : statements.split("; ", -1)) {
                        statement.execute(sql);
                    }
                });
                assertThat((Throwable) thrown).as(statements).isNotNull();
                assertThat(thrown.getMessage()).as(statements).doesNotContain("user1");
                assertThat(thrown.getSQLState())
                        .as(statements + ": " + thrown.getMessage())
                        .isNotEqualTo("42501");
            }
        }
    }

    /** What a change of rows shows, the server looks at before it tells of any row. */
    @Test
    void errorsOfChangesDoNotQuoteProtectedValues(@TempDir Path own) throws Exception {
        String policy = TestGateway.POLICY
                .replace("approve: review", "allow: {}")
                .replace("approvals:", "mask_use: { predicates: allow }\napprovals:");
        String shown = "(select replace(email, '.', '')::regclass from customers where id = 1)";
        try (TestGateway open = TestGateway.ruledBy(policy, own, TestGateway.shop());
                Connection connection = open.connect("maya", "preferQueryMode", "simple");
                Statement statement = connection.createStatement()) {
            assertThat(error(statement, "update customers set name = name where id = 1 returning " + shown))
                    .doesNotContain("user1")
                    .contains("42P01");
            assertThat(error(
                            statement,
                            "with gone as (update customers set name = name where id = 1 returning id) select "
                                    + shown))
                    .doesNotContain("user1")
                    .contains("42P01");
            assertThat(error(statement, "update customers set emial = 'x' where id = 1"))
                    .contains("column \"emial\" of relation \"customers\" does not exist");
        }
    }

    private static String error(Statement statement, String sql) {
        SQLException thrown = catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
        return String.valueOf(thrown.getMessage());
    }

    @Test
    void cursorsAreMaskedToo() throws Exception {
        try (Connection connection = gateway.connect("maya", "preferQueryMode", "simple")) {
            connection.createStatement().execute("begin");
            connection.createStatement().execute("declare c cursor for select id, email, lower(email) from customers");
            try (ResultSet rows = connection.createStatement().executeQuery("fetch 5 from c")) {
                while (rows.next()) {
                    assertThat(rows.getString(2)).doesNotContain("user");
                    assertThat(String.valueOf(rows.getString(3))).doesNotContain("user");
                }
            }
            connection.createStatement().execute("commit");
        }
    }

    @Test
    void whoeverHasTheRightSeesTheValue() throws Exception {
        try (Connection connection = gateway.connect("erik")) {
            assertThat(rows(connection, "select email from customers where email like 'user1@%'"))
                    .containsExactly("user1@acme.test");
        }
    }
}
