package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.catalog.Catalogs;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Table;
import dev.gatehouse.testing.RealPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGResultSetMetaData;

/** The analyzer against a real server's catalog, with the server as second witness. */
final class CatalogTest {

    private static final String SCHEMA = """
            create schema hr;
            create type address as (street text, city text);
            create table person (id int primary key, name text, email text, ssn text, salary numeric, boss int, home address,
                                 tags text[], extra jsonb);
            create table hr.review (person_id int references person, text text, at timestamptz);
            create table orders (id int primary key, person_id int, total numeric, note text);
            create view contact as select id, lower(email) as mail, name from person;
            create view boss as select c.mail, p.name as underling from contact c join person p on p.boss = c.id;
            create materialized view totals as
                select person_id, sum(total) as total from orders group by person_id;
            create table event (id int, who text, at date) partition by range (at);
            create table event_2026 partition of event for values from ('2026-01-01') to ('2027-01-01');
            create function secrets() returns setof text language sql as 'select ssn from person';
            create function lower(person) returns text language sql as 'select $1.ssn';
            """;

    private static String database = "";
    private static Catalogs catalogs = new Catalogs(CatalogTest::upstream);
    private static CalciteAnalyzer analyzer = new CalciteAnalyzer(catalogs, 1);

    @BeforeAll
    static void load() throws SQLException {
        database = RealPostgres.shared().createDatabase();
        execute(SCHEMA);
        analyze("select 1");
    }

    @AfterAll
    static void close() {
        analyzer.close();
        catalogs.close();
    }

    private static Upstream upstream(String name) {
        return upstream(name, name.equals("gone") ? 1 : RealPostgres.shared().port());
    }

    private static Upstream upstream(String name, int port) {
        RealPostgres server = RealPostgres.shared();
        return new Upstream(
                name,
                Dialect.POSTGRESQL,
                server.host(),
                port,
                database,
                List.of(),
                new Upstream.Tls(Upstream.Tls.Mode.DISABLE, Optional.empty()),
                Map.of(),
                List.of(new Login("ro", server.username(), new Secret(server.password()))),
                0,
                Duration.ofMinutes(10));
    }

    private static Connection connect() throws SQLException {
        return RealPostgres.shared().connect(database);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Scope scope(String upstream) {
        return new Scope(
                upstream, database, "app", Optional.of(List.of("$user", "public")), new Modes.PostgreSql(true));
    }

    private static byte[] bytes(String sql) {
        return sql.getBytes(StandardCharsets.UTF_8);
    }

    private static Analysis analyze(String sql) {
        return analyze(sql, "shop");
    }

    private static Analysis analyze(String sql, String upstream) {
        return analyzer.analyze(bytes(sql), scope(upstream))
                .toCompletableFuture()
                .join();
    }

    private static Command command(String sql) {
        return ((Analysis.Understood) analyze(sql)).commands().get(0);
    }

    private static List<Output> outputs(String sql) {
        return command(sql).output().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id, email as e, upper(name) from person",
                "select * from person",
                "select p.*, r.* from person p left join hr.review r on r.person_id = p.id",
                "select * from person join orders using (id)",
                "select * from person natural join orders",
                "select x from (select ssn as x from person) s",
                "with t(a, b) as (select ssn, email from person) select b, a from t",
                "select (select ssn from person limit 1), s.mail from contact s",
                "select mail, underling from boss",
                "select * from totals",
                "select name from person union all select note from orders",
                "select l.text from person p, lateral (select text from hr.review r where r.person_id = p.id) l",
                "select p.id, p from person p",
                "select (home).street, tags[1], extra->>'a' from person",
                "select a from (table orders) as t(a, b)",
                "select t.a from person as t(a, b, c)",
                "select distinct on (boss) name, boss from person order by boss, salary",
                "select count(*), boss from person group by 2 order by 1",
                "select g, person.ssn from generate_series(1, 3) g, person",
                "select key, value, id from person, jsonb_each(extra) with ordinality",
                "select e, n from person, unnest(tags) with ordinality as t(e, n)",
                "select who from event",
                "select at, who from event_2026",
                "insert into orders (id, note) select id, email from person where false returning *",
                "update person set name = email where false returning name, ssn, home",
                "delete from orders using person where false returning orders.note, person.email",
                "with d as (delete from orders where false returning *) select * from d",
                "insert into orders values (1, 2, 3, 'x') on conflict (id) do update set note = excluded.note"
                        + " where false returning id, note",
                "select relname, c.oid, nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace",
                "select table_name, column_name from information_schema.columns",
                "select lag(ssn) over w, ssn from person window w as (partition by boss order by id)",
                "select case when true then ssn end, coalesce(ssn, ''), ssn::text, ssn::varchar(3) from person",
                "values (1, 'x'), (2, 'y')",
                "select person.ctid, tableoid from person",
                "select j.a, j.note from (person join orders using (id)) as j(a, b, c, d)",
                "select x.id, person.name from person join orders using (id) as x",
                "select * from rows from (generate_series(1, 2), jsonb_each('{}')) as r(a, b, c), person",
                "select name from person order by id limit (select 1 + length('x'))",
                "merge into orders o using person p on false when matched then update set note = p.email"
                        + " when not matched by source and false then delete returning *, o.note, p.ssn",
                "select ROW(id, ssn), array[ssn] from person for update of person"
            })
    void theServerNamesNoOriginThatIsNotOurs(String sql) throws SQLException {
        List<Output> outputs = outputs(sql);
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            PGResultSetMetaData told = rows.getMetaData().unwrap(PGResultSetMetaData.class);
            assertThat(outputs).hasSize(rows.getMetaData().getColumnCount());
            for (int i = 0; i < outputs.size(); i++) {
                String table = told.getBaseTableName(i + 1);
                String name = told.getBaseColumnName(i + 1);
                if (!table.isEmpty() && !name.equals("ctid") && !name.equals("tableoid")) {
                    Column column = Column.of(told.getBaseSchemaName(i + 1), table, name);
                    assertThat(outputs.get(i).origins()).contains(column);
                }
            }
        }
    }

    @Test
    void aViewIsTracedToItsTables() throws SQLException {
        assertThat(outputs("select mail from boss").get(0).origins())
                .containsExactlyInAnyOrder(
                        Column.of("public", "boss", "mail"),
                        Column.of("public", "contact", "mail"),
                        Column.of("public", "person", "email"));
        assertThat(outputs("select mail from boss").get(0).accounted()).isFalse();
        assertThat(command("select mail from boss").effects())
                .contains(new Effect.Reads(new Table("public", "person"), 18));
        assertThat(origins("totals", "total"))
                .containsExactlyInAnyOrder(
                        Column.of("public", "totals", "total"), Column.of("public", "orders", "total"));
        assertThat(origins("event_2026", "who")).contains(Column.of("public", "event", "who"));
    }

    private static Set<Column> origins(String table, String column) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select attrelid::int8, attnum from pg_attribute where attrelid = '"
                                + table + "'::regclass and attname = '" + column + "'")) {
            row.next();
            return Objects.requireNonNull(
                    new Origins(catalogs).catalog("shop", database).origins((int) row.getLong(1), row.getInt(2)));
        }
    }

    @Test
    void whatIsNotInTheCatalogHasNoOrigins() {
        assertThat(new Origins(catalogs).catalog("shop", database).origins(-5, 1))
                .isNull();
        assertThat(new Origins(catalogs).catalog("shop", database).origins(1259, 999))
                .isNull();
    }

    @Test
    void aFunctionOfTheSameNameAsAServersOwnIsNotTrusted() {
        assertThat(outputs("select lower(p) from person p").get(0).accounted()).isFalse();
        assertThat(outputs("select pg_catalog.lower(name) from person").get(0).accounted())
                .isTrue();
        assertThat(command("select * from secrets()").complete()).isFalse();
    }

    @Test
    void whatADriverAsksForKeysIsUnderstoodCompletely() {
        assertThat(command("select (keys).n, (information_schema._pg_expandarray(indkey)).n from pg_index,"
                                + " (select information_schema._pg_expandarray(indkey) keys from pg_index) k")
                        .complete())
                .isTrue();
    }

    @Test
    void aChangeIsSeenByTheNextAnalysis() throws SQLException {
        byte[] sql = bytes("select * from fresh");
        execute("create table fresh (a int)");
        new Origins(catalogs).changed("shop", database);
        assertThat(outputs("select * from fresh")).hasSize(1);
        assertThat(analyzer.recall(sql, sql.length, scope("shop"))).isNotNull();
        execute("alter table fresh add b text");
        new Origins(catalogs).changed("shop", database);
        assertThat(analyzer.recall(sql, sql.length, scope("shop"))).isNull();
        assertThat(outputs("select * from fresh")).hasSize(2);
    }

    @Test
    void anAnalysisIsRecalledForTextsOfItsShape() {
        Scope scope = scope("shop");
        Analysis made = analyze("select name from person where id = 5 and email = 'it''s'");
        byte[] same = bytes("select name from person where id = 77 and email = ''");
        byte[] other = bytes("select name from person where id = $1 and email = ''");
        assertThat(analyzer.recall(same, same.length, scope)).isSameAs(made);
        assertThat(analyzer.recall(other, other.length, scope)).isNull();
        assertThat(analyzer.recall(same, same.length, scope("other"))).isNull();
        assertThat(analyzer.recall(same, same.length - 1, scope)).isNull();
    }

    @Test
    void whatDependsOnALiteralIsRecalledForThatTextAlone() {
        Scope scope = scope("shop");
        Analysis made = analyze("select name, ssn from person order by 1");
        byte[] exact = bytes("select name, ssn from person order by 1");
        byte[] other = bytes("select name, ssn from person order by 2");
        assertThat(analyzer.recall(exact, exact.length, scope)).isSameAs(made);
        assertThat(analyzer.recall(other, other.length, scope)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "select name, ssn from person order by 1; select name, ssn from person order by 2",
                "select name, ssn from person group by 1, 2; select name, ssn from person group by 2, 2",
                "select boss, id from person group by rollup (1); select boss, id from person group by rollup (2)",
                "select boss, id from person group by (1, 1); select boss, id from person group by (2, 2)",
                "select distinct on (1) name, ssn from person; select distinct on (2) name, ssn from person",
                "select name from person union select 1 order by 1; select name from person union select 1 order by 9",
                "select 1 from person where id = 1; select 1 from person where id = '1'",
                "select interval '1' day, ssn from person; select interval '1' hour, ssn from person",
                "select '', ssn from person; select E'', ssn from person",
                "select E'\\'', ssn, '' from person; select E'\\\\', ssn, '' from person",
                "select '', ssn from person; select U&'', ssn from person",
                "select U&\"!0073sn\" uescape '#' from (select 1 as \"!0073sn\") s, person;"
                        + " select U&\"!0073sn\" uescape '!' from (select 1 as \"!0073sn\") s, person",
                "select $$1$$, ssn from person; select $$','$$, ssn from person",
                "select id from person limit 1; select id from person limit null",
                "select set_config('work_mem', '1', true); select set_config('role', '1', true)",
                "set work_mem = 1; set work_mem = 2",
                "set search_path = 'public'; set search_path = 'hr'",
                "prepare p as select 1; prepare p as select 2",
                "update person set name = 1 where 1 = 1; update person set name = 1 where 1 = 2",
                "select query_to_xml('select 1', true, true, ''); select query_to_xml('select 2', true, true, '')",
                "select id from person where id in (1); select id from person where id in (1, 2)",
                "select tags[1], 1.5 from person; select tags[2], 15 from person",
                "select 1 as a from person order by a; select ssn as a from person order by a"
            })
    void textsOfDifferentMeaningAreNotTakenForEachOther(String first, String second) {
        for (String sql : List.of(first, second, first)) {
            analyze(sql);
            for (String other : List.of(first, second)) {
                Analysis recalled = analyzer.recall(bytes(other), bytes(other).length, scope("shop"));
                if (recalled != null) {
                    assertThat(meaning(recalled)).isEqualTo(meaning(analyze(other)));
                }
            }
        }
    }

    /** What an analysis says, except for places in the text. */
    private static String meaning(Analysis analysis) {
        return analysis.toString().replaceAll("position=\\d+", "");
    }

    @Test
    void aPartitionsColumnAndItsParentsAreOne() throws SQLException {
        Set<Column> both = Set.of(Column.of("public", "event", "who"), Column.of("public", "event_2026", "who"));
        assertThat(outputs("select who from event").get(0).origins()).isEqualTo(both);
        assertThat(outputs("select who from event_2026").get(0).origins()).isEqualTo(both);
        assertThat(origins("event", "who")).isEqualTo(both);
    }

    @Test
    void aServerThatComesBackIsReadAgain() {
        AtomicInteger port = new AtomicInteger(1);
        byte[] sql = bytes("select name from person");
        try (Catalogs recovering = new Catalogs(name -> upstream(name, port.get()));
                CalciteAnalyzer patient = new CalciteAnalyzer(recovering, 1)) {
            Analysis without =
                    patient.analyze(sql, scope("shop")).toCompletableFuture().join();
            assertThat(((Analysis.Understood) without).commands().get(0).complete())
                    .isFalse();
            assertThat(patient.recall(sql, sql.length, scope("shop"))).isNull();
            port.set(RealPostgres.shared().port());
            new Origins(recovering).changed("shop", database);
            Analysis with =
                    patient.analyze(sql, scope("shop")).toCompletableFuture().join();
            assertThat(with).isEqualTo(analyze("select name from person"));
            assertThat(((Analysis.Understood) with).commands().get(0).complete())
                    .isTrue();
            assertThat(patient.recall(sql, sql.length, scope("shop"))).isSameAs(with);
        }
    }

    @Test
    void aNameThatIsNotKnownIsLookedForOnTheServer() throws SQLException {
        try (Catalogs own = new Catalogs(CatalogTest::upstream);
                CalciteAnalyzer reader = new CalciteAnalyzer(own, 1)) {
            reader.analyze(bytes("select 1"), scope("shop"))
                    .toCompletableFuture()
                    .join();
            execute("create table made_elsewhere (a int, b text)");
            Analysis analysis = reader.analyze(bytes("select * from made_elsewhere"), scope("shop"))
                    .toCompletableFuture()
                    .join();
            Command command = ((Analysis.Understood) analysis).commands().get(0);
            assertThat(command.complete()).isTrue();
            assertThat(command.output().orElseThrow().stream()
                            .map(output -> output.origins().iterator().next()))
                    .containsExactly(
                            Column.of("public", "made_elsewhere", "a"), Column.of("public", "made_elsewhere", "b"));
        }
    }

    @Test
    void whoNeedsNoNamesDoesNotWaitUntilTheyAreKnown() throws SQLException {
        try (Catalogs own = new Catalogs(CatalogTest::upstream);
                CalciteAnalyzer reader = new CalciteAnalyzer(own, 1)) {
            reader.analyze(bytes("select 1"), scope("shop"))
                    .toCompletableFuture()
                    .join();
            execute("create table made_here (a int, b text)");
            new Origins(own).changed("shop", database);
            byte[] sql = bytes("select * from made_here");

            Analysis atOnce = reader.analyzeAtOnce(sql, scope("shop"))
                    .toCompletableFuture()
                    .join();
            Analysis fresh =
                    reader.analyze(sql, scope("shop")).toCompletableFuture().join();

            assertThat(((Analysis.Understood) atOnce).commands().get(0).complete())
                    .isFalse();
            assertThat(((Analysis.Understood) fresh).commands().get(0).complete())
                    .isTrue();
            assertThat(reader.recall(sql, sql.length, scope("shop"))).isSameAs(fresh);
        }
    }

    @Test
    void withoutACatalogNothingIsKnown() {
        Command command = ((Analysis.Understood) analyze("select name from person", "gone"))
                .commands()
                .get(0);
        assertThat(command.complete()).isFalse();
        assertThat(command.effects()).contains(new Effect.Reads(new Table(Table.UNKNOWN, "person"), 18));
        assertThat(new Origins(catalogs).catalog("gone", database).origins(1259, 1))
                .isNull();
    }

    @Test
    void aSessionWhoseSettingsAreNotKnownIsNotRead() {
        Scope scope = new Scope("shop", "shop", "app", Optional.empty(), new Modes.Unknown(Dialect.MYSQL));
        assertThat(analyzer.analyze(bytes("select 1"), scope)
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Analysis.Opaque("a session whose settings are not known", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create temp table person as select ssn as name from public.person",
                "create temporary table if not exists person (name text)",
                "create local temp view person as select ssn as name from public.person",
                "create or replace temp view \"person\" as select ssn as name from public.person",
                "create table pg_temp.person (name text)",
                "select ssn as name into temp person from public.person",
                "select ssn as name into temporary table person from public.person",
                "explain analyze create temp table person as select ssn as name from public.person",
                "create temp table other as select ssn as name from public.person;"
                        + " alter table other rename to person"
            })
    void aNameThatMayBeATemporaryTableIsNotTakenForAnother(String makes) throws SQLException {
        String text = makes + "; select name || '' from person";
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(makes);
            try (ResultSet row = statement.executeQuery("select 'person'::regclass <> 'public.person'::regclass")) {
                row.next();
                assertThat(row.getBoolean(1))
                        .as("the server means the temporary one")
                        .isTrue();
            }
        }
        List<Command> commands = ((Analysis.Understood) analyze(text)).commands();
        Command last = commands.get(commands.size() - 1);
        assertThat(last.complete()).isFalse();
        assertThat(last.output().orElseThrow().get(0).accounted()).isFalse();
        assertThat(last.effects()).contains(new Effect.Reads(new Table(Table.UNKNOWN, "person"), text.length() - 5));
        assertThat(outputs("select name || '' from person").get(0).origins())
                .contains(Column.of("public", "person", "name"));
    }

    @Test
    void aWordThatMakesNoTemporaryTableHidesNothing() {
        Analysis analysis = analyze("select name as temp from person; select name temporary, note from person, orders;"
                + " select name from person");
        assertThat(((Analysis.Understood) analysis).commands()).allMatch(Command::complete);
    }
}
