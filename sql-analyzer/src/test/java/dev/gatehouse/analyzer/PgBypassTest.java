package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.catalog.Catalogs;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.testing.RealPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts that make a careless reader see something else than PostgreSQL does. Each is run on a real server; what the server
 * did must be what is said here, and no more than what the analyzer saw.
 */
final class PgBypassTest {

    private static final String PLAIN = "standard_conforming_strings = off";

    private static String database = "";
    private static Catalogs catalogs = new Catalogs(PgBypassTest::upstream);
    private static CalciteAnalyzer analyzer = new CalciteAnalyzer(catalogs, 1);

    @BeforeAll
    static void load() throws SQLException {
        database = RealPostgres.shared().createDatabase();
        try (Connection connection = RealPostgres.shared().connect(database);
                Statement statement = connection.createStatement()) {
            Truth.prepare(connection);
            statement.execute("create function all_emails() returns setof varchar language sql as"
                    + " 'select email from users'");
            statement.execute("create function upper(users) returns text language sql as 'select $1.ssn'");
            statement.execute("create type home as (street text, city text)");
            statement.execute("create table only_one (id int)");
            statement.execute("create view contact as select id, lower(email) as mail from users");
            statement.execute("create table child () inherits (users)");
        }
    }

    @AfterAll
    static void close() {
        analyzer.close();
        catalogs.close();
    }

    private static Upstream upstream(String name) {
        RealPostgres server = RealPostgres.shared();
        return new Upstream(
                name,
                Dialect.POSTGRESQL,
                server.host(),
                server.port(),
                database,
                List.of(),
                new Upstream.Tls(Upstream.Tls.Mode.DISABLE, Optional.empty()),
                Map.of(),
                List.of(new Login("ro", server.username(), new Secret(server.password()))),
                0,
                Duration.ofMinutes(10));
    }

    private static Scope scope(boolean conforming) {
        return new Scope(
                "shop", database, "app", Optional.of(List.of("$user", "public")), new Modes.PostgreSql(conforming));
    }

    static Stream<Bypass> rows() {
        return Stream.of(
                // Comments and strings that end elsewhere than they seem to.
                Bypass.of("DELETE FROM users /* /* */ WHERE id=1 -- */").changes("users"),
                Bypass.of("SELECT 1 /* a /* b */ , ssn FROM users -- */").shows(),
                Bypass.of("SELECT 1 /* a /* b */ */ , ssn FROM users -- */").shows("users.ssn"),
                Bypass.of("SELECT E'\\'' , email FROM users --'").shows("users.email"),
                Bypass.of("SELECT $x$ ' $x$, email FROM users --'").shows("users.email"),
                Bypass.of("SELECT $$a' , b$$").shows(),
                Bypass.of("SELECT $a$ $b$ ; DROP TABLE users; -- $a$").shows(),
                Bypass.of("SELECT $a$ $b$ $a$; DROP TABLE secrets; -- $b$").changes("secrets"),
                Bypass.of("SELECT U&\"em\\0061il\" FROM users").shows("users.email"),
                Bypass.of("SELECT U&\"em!0061il\" UESCAPE '!' FROM users").shows("users.email"),
                Bypass.of("SELECT 'a' -- x\n ', email FROM users --'").shows(),
                Bypass.of("SELECT 'a'\n'b' , email FROM users").shows("users.email"),
                Bypass.of("SELECT 1 --\r, email FROM users").shows("users.email"),
                Bypass.of("SELECT 1 -- x\u0085, email FROM users").shows(),
                Bypass.of("SELECT 1 -- x\u2028, email FROM users").shows(),
                Bypass.of("SELECT 'a\\'' , email FROM users --'").in(PLAIN).shows("users.email"),
                Bypass.of("SELECT 'a\\', email, '' FROM users --'").shows("users.email"),
                Bypass.of("SELECT 'a\\', email, '' FROM users --'").in(PLAIN).shows(),
                Bypass.of("SELECT /* x").fails("42601"),
                Bypass.of("SELECT 'x").fails("42601"),
                Bypass.of("SELECT 1 AS \"x").fails("42601"),
                Bypass.of("SELECT $a$x$A$").fails("42601"),
                Bypass.of("SELECT 1e1x").fails("42601"),
                Bypass.of("SELECT 123abc").fails("42601"),
                Bypass.of("SELECT\u00a0email FROM users").fails("42601"),
                Bypass.of("SELECT\u000bemail FROM users").shows("users.email"),
                Bypass.of("\ufeffSELECT email FROM users").fails("42601"),
                Bypass.of("SELECT 5--1 UNION SELECT ssn FROM users\n").shows(),
                Bypass.of("SELECT 1 # 2").shows(),
                Bypass.of("SELECT 1 /*! , email FROM users */").shows(),
                Bypass.of("SELECT 1 /*!50000 , email */ FROM users").shows(),
                // Names that are not what they seem to be.
                Bypass.of("SELECT email FROM ONLY users").shows("users.email"),
                Bypass.of("SELECT email FROM ONLY (users)").shows("users.email"),
                Bypass.of("UPDATE ONLY users SET name = 'x'").changes("users"),
                Bypass.of("DELETE FROM ONLY users").changes("users"),
                Bypass.of("SELECT a, b FROM (TABLE archive) s(i, a, b)").shows("archive.name", "archive.email"),
                Bypass.of("TABLE users").shows("users.name", "users.email", "users.ssn"),
                Bypass.of("SELECT EMAIL FROM Users").shows("users.email"),
                Bypass.of("SELECT \"EMAIL\" FROM users").fails("42703"),
                Bypass.of("SELECT u FROM users u").shows("users.name", "users.email", "users.ssn"),
                Bypass.of("SELECT users FROM users").shows("users.name", "users.email", "users.ssn"),
                Bypass.of("SELECT u::text FROM users u").shows("users.name", "users.email", "users.ssn"),
                Bypass.of("SELECT row_to_json(u) FROM users u").shows("users.name", "users.email", "users.ssn"),
                Bypass.of("SELECT (u).email FROM users u").shows("users.email"),
                Bypass.of("SELECT (u.*).ssn FROM users u").shows("users.ssn"),
                Bypass.of("SELECT email(users) FROM users").shows("users.email"),
                Bypass.of("SELECT users.upper FROM users").shows("users.ssn"),
                Bypass.of("SELECT format('%s', u) FROM users u").shows("users.name", "users.email", "users.ssn"),
                Bypass.of("SELECT x.b FROM users AS x(a, n, b)").shows("users.email"),
                Bypass.of("SELECT n.email FROM (users u JOIN orders o USING (id)) AS n")
                        .shows("users.email"),
                Bypass.of("SELECT mail FROM contact").shows("users.email"),
                Bypass.of("SELECT * FROM child").shows(),
                // What a statement hides inside another.
                Bypass.of("SELECT (SELECT email FROM users LIMIT 1)").shows("users.email"),
                Bypass.of("SELECT (ARRAY(SELECT ssn FROM users))[1]").shows("users.ssn"),
                Bypass.of("SELECT x FROM (VALUES ((SELECT ssn FROM users LIMIT 1))) v(x)")
                        .shows("users.ssn"),
                Bypass.of("SELECT 1 UNION ALL SELECT length(ssn) FROM users").shows(),
                Bypass.of("SELECT note FROM orders UNION SELECT ssn FROM users").shows("orders.note", "users.ssn"),
                Bypass.of("WITH x AS (SELECT ssn FROM users) SELECT * FROM x").shows("users.ssn"),
                Bypass.of("WITH users AS (SELECT word AS email FROM secrets) SELECT email FROM users")
                        .shows("secrets.word"),
                Bypass.of("WITH RECURSIVE r(a) AS (SELECT ssn FROM users UNION SELECT a FROM r) SELECT * FROM r")
                        .shows("users.ssn"),
                Bypass.of("WITH d AS (DELETE FROM users RETURNING ssn) SELECT * FROM d")
                        .shows("users.ssn")
                        .changes("users"),
                Bypass.of("UPDATE users SET name = s.word FROM secrets s RETURNING name, s.word")
                        .shows("secrets.word")
                        .changes("users"),
                Bypass.of("INSERT INTO archive SELECT id, name, ssn FROM users RETURNING email")
                        .shows("users.ssn")
                        .changes("archive"),
                Bypass.of("DELETE FROM orders USING users RETURNING users.ssn")
                        .shows("users.ssn")
                        .changes("orders"),
                Bypass.of("INSERT INTO archive VALUES (1, (SELECT ssn FROM users LIMIT 1)) RETURNING *")
                        .shows("users.ssn")
                        .changes("archive"),
                Bypass.of("MERGE INTO archive a USING users u ON a.id = u.id WHEN MATCHED THEN UPDATE SET name = u.ssn"
                                + " RETURNING a.name")
                        .shows("users.ssn")
                        .changes("archive"),
                Bypass.of("SELECT 1;DELETE FROM secrets").changes("secrets"),
                Bypass.of(";;;").shows(),
                Bypass.of("").shows(),
                Bypass.of("SELECT all_emails()").shows("users.email"),
                Bypass.of("SELECT query_to_xml('select ssn from users', true, true, '')")
                        .shows("users.ssn"),
                Bypass.of("SELECT table_to_xml('users', true, true, '')")
                        .shows("users.name", "users.email", "users.ssn"),
                Bypass.of("DO $$ begin delete from users; end $$").changes("users"),
                Bypass.of("PREPARE p AS DELETE FROM users; EXECUTE p").changes("users"),
                Bypass.of("DECLARE c CURSOR FOR SELECT ssn FROM users; FETCH ALL FROM c")
                        .shows("users.ssn"),
                Bypass.of("BEGIN; DECLARE c CURSOR FOR SELECT ssn FROM users; FETCH ALL FROM c; COMMIT")
                        .shows("users.ssn"),
                Bypass.of("EXPLAIN ANALYZE DELETE FROM users").changes("users"),
                Bypass.of("EXPLAIN DELETE FROM users").shows(),
                Bypass.of("COPY users TO PROGRAM 'cat > /dev/null'").shows(),
                Bypass.of("COPY (DELETE FROM users RETURNING id) TO PROGRAM 'cat > /dev/null'")
                        .changes("users"),
                Bypass.of("CREATE TABLE thief AS SELECT ssn FROM users; SELECT * FROM thief")
                        .shows("users.ssn"),
                Bypass.of("SELECT ssn INTO thief2 FROM users; TABLE thief2").shows("users.ssn"),
                Bypass.of("CREATE VIEW peep AS SELECT ssn FROM users; SELECT * FROM peep")
                        .shows("users.ssn"),
                Bypass.of(
                                "CREATE TEMP TABLE users AS SELECT id, ssn AS name FROM public.users; SELECT name || '' FROM users")
                        .shows("users.ssn"),
                Bypass.of("ALTER TABLE users RENAME ssn TO plain; SELECT plain FROM users")
                        .shows("users.ssn")
                        .changes("users"),
                Bypass.of("SET search_path = pg_catalog; SELECT 1; SET search_path = public; SELECT ssn FROM users")
                        .shows("users.ssn"),
                Bypass.of("TRUNCATE users").changes("users"),
                Bypass.of("DROP TABLE secrets CASCADE").changes("secrets"),
                Bypass.of("SELECT id OPERATOR(pg_catalog.||) ssn FROM users").shows("users.ssn"),
                Bypass.of("SELECT CASE WHEN true THEN ssn END FROM users").shows("users.ssn"),
                Bypass.of("SELECT max(ssn) OVER w FROM users WINDOW w AS (ORDER BY id)")
                        .shows("users.ssn"),
                Bypass.of("SELECT string_agg(ssn, ',' ORDER BY id) FILTER (WHERE id > 0) FROM users")
                        .shows("users.ssn"),
                Bypass.of("SELECT DISTINCT ON (id) ssn FROM users").shows("users.ssn"),
                Bypass.of("SELECT x FROM users, LATERAL (SELECT ssn AS x) l").shows("users.ssn"),
                Bypass.of("SELECT x.* FROM users u, LATERAL unnest(ARRAY[u.ssn]) x")
                        .shows("users.ssn"),
                Bypass.of("SELECT o FROM users u, ROWS FROM (upper(u.ssn), lower(u.email)) AS t(o, p)")
                        .shows("users.ssn"),
                Bypass.of("SELECT xmlelement(name a, ssn) FROM users").shows("users.ssn"),
                Bypass.of("SELECT ssn COLLATE \"C\" FROM users").shows("users.ssn"),
                Bypass.of("SELECT ssn FROM users FOR UPDATE").shows("users.ssn"),
                Bypass.of("SELECT 1 FROM users WHERE ssn = 'x' OR CAST(ssn AS int) = 1")
                        .fails("22P02")
                        .shows("users.ssn"),
                Bypass.of("(SELECT ssn FROM users)").shows("users.ssn"),
                Bypass.of("((SELECT note FROM orders) UNION (SELECT ssn FROM users)) LIMIT 9")
                        .shows("orders.note", "users.ssn"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theServerDoesNoMoreThanTheAnalyzerSaw(Bypass row) throws SQLException {
        RealPostgres server = RealPostgres.shared();
        Properties properties = new Properties();
        properties.setProperty("user", server.username());
        properties.setProperty("password", server.password());
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("options", "-c search_path=public -c xmloption=content");
        String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + database;
        try (Connection actor = DriverManager.getConnection(url, properties);
                Statement session = actor.createStatement()) {
            actor.setAutoCommit(false);
            session.execute(
                    "set local standard_conforming_strings = " + (row.mode().isEmpty() ? "on" : "off"));
            Truth truth = Truth.of(row.text(), actor, "public");
            actor.rollback();
            row.check(truth, analyzer, scope(row.mode().isEmpty()), "public");
        }
    }

    /** A reader that refuses everything misses nothing. */
    @Test
    void mostOfThemAreKnownInFull() {
        List<Bypass> valid = rows().filter(row -> row.error().isEmpty()).toList();
        long known = valid.stream()
                .filter(row -> row.isKnown(analyzer, scope(row.mode().isEmpty())))
                .count();
        assertThat(known).isGreaterThan(valid.size() * 2L / 3);
    }
}
