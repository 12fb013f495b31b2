package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Catalogs;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.testing.RealMariaDb;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts that make a careless reader see something else than MariaDB does. Each is run on a real server; what the server did
 * must be what is said here, and no more than what the analyzer saw.
 */
final class MySqlBypassTest {

    private static final String ANSI = "ANSI_QUOTES";
    private static final String PLAIN = "NO_BACKSLASH_ESCAPES";
    private static final String ORACLE = "PIPES_AS_CONCAT";

    private static String database = "";
    private static String version = "";
    private static Catalogs catalogs = new Catalogs(MySqlBypassTest::upstream);
    private static CalciteAnalyzer analyzer = new CalciteAnalyzer(catalogs, 1);

    @BeforeAll
    static void load() throws SQLException {
        database = RealMariaDb.shared().createDatabase();
        try (Connection connection = connect("")) {
            renew(connection);
        }
    }

    @AfterAll
    static void close() {
        analyzer.close();
        catalogs.close();
    }

    /** The database as it was at first. */
    private static void renew(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create or replace database " + database);
            statement.execute("use " + database);
            Truth.prepare(connection);
            statement.execute("create view contact as select id, lower(email) as mail from users");
            statement.execute("create procedure wipe() delete from users");
            statement.execute("create function best() returns text reads sql data return (select max(ssn) from users)");
            try (ResultSet row = statement.executeQuery("select version()")) {
                row.next();
                version = row.getString(1);
            }
        }
    }

    private static Connection connect(String mode) throws SQLException {
        RealMariaDb server = RealMariaDb.shared();
        Properties properties = new Properties();
        properties.setProperty("user", server.username());
        properties.setProperty("password", server.password());
        properties.setProperty("allowMultiQueries", "true");
        String url = "jdbc:mariadb://" + server.host() + ":" + server.port() + "/" + database;
        Connection connection = DriverManager.getConnection(url, properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set sql_mode = '" + mode + "'");
        }
        return connection;
    }

    private static Upstream upstream(String name) {
        RealMariaDb server = RealMariaDb.shared();
        return new Upstream(
                name,
                Dialect.MYSQL,
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

    private static Scope scope(String mode) {
        return new Scope("shop", database, "app", Optional.of(List.of()), Modes.MySql.of(version, mode, 0));
    }

    static Stream<Bypass> rows() {
        return Stream.of(
                // Comments that are code, and comments that are none.
                Bypass.of("SELECT 1 /*!50000 , email FROM users */").shows("users.email"),
                Bypass.of("SELECT 1 /*! , email FROM users */").shows("users.email"),
                Bypass.of("SELECT 1 /*!100100 , email */ FROM users").shows("users.email"),
                Bypass.of("SELECT 1 /*!50701 , email */ FROM users").shows(),
                Bypass.of("SELECT 1 /*!999999 , email */ FROM users").shows(),
                Bypass.of("SELECT 1 /*M! , email */ FROM users").shows("users.email"),
                Bypass.of("SELECT 1 /*M!100000 UNION SELECT ssn FROM users */").shows("users.ssn"),
                Bypass.of("SELECT 1 /*M!999999 UNION SELECT ssn FROM users */").shows(),
                Bypass.of("SELECT 1 /*m!100000 UNION SELECT ssn FROM users */").shows(),
                Bypass.of("/*!50000 DROP TABLE secrets */").changes("secrets"),
                Bypass.of("/*!50000 DROP TABLE secrets").fails("1064"),
                Bypass.of("SELECT 1 /*!50000 , /* x */ email FROM users */").shows("users.email"),
                Bypass.of("SELECT /*! SQL_NO_CACHE */ ssn FROM users").shows("users.ssn"),
                Bypass.of("SELECT id FROM users WHERE id=5--1 UNION SELECT ssn FROM users")
                        .shows("users.ssn"),
                Bypass.of("SELECT 1 -- 1 UNION SELECT ssn FROM users").shows(),
                Bypass.of("SELECT 1 --\n UNION SELECT ssn FROM users").shows("users.ssn"),
                Bypass.of("SELECT 1 --\tx\n, ssn FROM users").shows("users.ssn"),
                Bypass.of("SELECT 1 # comment\n UNION SELECT ssn FROM users").shows("users.ssn"),
                Bypass.of("SELECT 1 # '\n , email FROM users -- '").shows("users.email"),
                Bypass.of("SELECT 1 #\r, email FROM users").shows(),
                Bypass.of("SELECT 1 /* a /* b */ , ssn FROM users -- */").shows("users.ssn"),
                Bypass.of("SELECT 1 /**/, ssn FROM users").shows("users.ssn"),
                Bypass.of("SELECT 1 /*/ , ssn */ FROM users").shows(),
                Bypass.of("DELETE FROM users /* /* */ WHERE id=9 -- */").shows(),
                Bypass.of("DELETE FROM users -- x\n WHERE id=9").shows(),
                Bypass.of("DELETE FROM users #\n").changes("users"),
                Bypass.of("SELECT 1 /* x").fails("1064"),
                // Strings and names that end elsewhere than they seem to.
                Bypass.of("SELECT 'a\\' UNION SELECT ssn FROM users -- '").shows(),
                Bypass.of("SELECT 'a\\' UNION SELECT ssn FROM users -- '")
                        .in(PLAIN)
                        .shows("users.ssn"),
                Bypass.of("SELECT 'a\\'' , email FROM users -- '").shows("users.email"),
                Bypass.of("SELECT 'a\\\\' , email FROM users -- '").shows("users.email"),
                Bypass.of("SELECT \"email\" FROM users").shows(),
                Bypass.of("SELECT \"email\" FROM users").in(ANSI).shows("users.email"),
                Bypass.of("SELECT \"a\"\"b\" , email FROM users").shows("users.email"),
                Bypass.of("SELECT 'a\" , ssn FROM users -- ', \"x'\"").shows(),
                Bypass.of("SELECT 1 AS `a``b`, email FROM users").shows("users.email"),
                Bypass.of("SELECT 1 AS `a\\`, email FROM users -- `").shows("users.email"),
                Bypass.of("SELECT 'a' 'b' , email FROM users").shows("users.email"),
                Bypass.of("SELECT _latin1'\\'' , email FROM users -- '").shows("users.email"),
                Bypass.of("SELECT _latin1 'a' , email FROM users").shows("users.email"),
                Bypass.of("SELECT N'a', email FROM users").shows("users.email"),
                Bypass.of("SELECT x'27', email FROM users").shows("users.email"),
                Bypass.of("SELECT 0x27, b'1', 0b1, email FROM users").shows("users.email"),
                Bypass.of("SELECT 1e1x FROM users").shows(),
                Bypass.of("SELECT 1e1email FROM users").shows(),
                Bypass.of("SELECT 1.email FROM users").fails("1064"),
                Bypass.of("SELECT users.1e1 FROM users").fails("1054"),
                Bypass.of("SELECT 'x").fails("1064"),
                Bypass.of("SELECT `x").fails("1064"),
                Bypass.of("SELECT\u00a0email FROM users").fails("1064"),
                Bypass.of("SELECT\u000bemail FROM users").shows("users.email"),
                Bypass.of("\ufeffSELECT email FROM users").fails("1064"),
                Bypass.of("SELECT 1 || (SELECT 0)").shows(),
                Bypass.of("SELECT '' || ssn FROM users").in(ORACLE).shows("users.ssn"),
                Bypass.of("DELIMITER //\nSELECT ssn FROM users//").fails("1064"),
                // What a statement hides inside another, or does besides.
                Bypass.of("SELECT 1;DELETE FROM users").changes("users"),
                Bypass.of("SELECT ssn FROM users LIMIT 1 INTO @x; SELECT @x").shows("users.ssn"),
                Bypass.of("SELECT @a := ssn FROM users; SELECT @a").shows("users.ssn"),
                Bypass.of("SET @a = (SELECT ssn FROM users LIMIT 1); SELECT @a").shows("users.ssn"),
                Bypass.of("HANDLER users OPEN; HANDLER users READ FIRST")
                        .shows("users.name", "users.email", "users.ssn"),
                Bypass.of("HANDLER users OPEN AS h; HANDLER h READ FIRST")
                        .shows("users.name", "users.email", "users.ssn"),
                Bypass.of("PREPARE s FROM 'select ssn from users'; EXECUTE s").shows("users.ssn"),
                Bypass.of("EXECUTE IMMEDIATE 'select ssn from users'").shows("users.ssn"),
                Bypass.of("EXECUTE IMMEDIATE CONCAT('select ssn', ' from users')")
                        .shows("users.ssn"),
                Bypass.of("SET STATEMENT max_statement_time=1 FOR SELECT ssn FROM users")
                        .shows("users.ssn"),
                Bypass.of("SET STATEMENT max_statement_time=1 FOR DELETE FROM users")
                        .changes("users"),
                Bypass.of("BEGIN NOT ATOMIC DELETE FROM users; END").changes("users"),
                Bypass.of("CALL wipe()").changes("users"),
                Bypass.of("SELECT best()").shows("users.ssn"),
                Bypass.of("ANALYZE DELETE FROM users").changes("users"),
                Bypass.of("ANALYZE FORMAT=JSON UPDATE users SET name = 'x'").changes("users"),
                Bypass.of("EXPLAIN DELETE FROM users").shows(),
                Bypass.of("EXPLAIN EXTENDED SELECT ssn FROM users").shows(),
                Bypass.of("SELECT (SELECT email FROM users LIMIT 1)").shows("users.email"),
                Bypass.of("SELECT * FROM (SELECT ssn FROM users) d").shows("users.ssn"),
                Bypass.of("SELECT note FROM orders UNION SELECT ssn FROM users").shows("orders.note", "users.ssn"),
                Bypass.of("(SELECT note FROM orders) UNION ALL (SELECT ssn FROM users) LIMIT 9")
                        .shows("orders.note", "users.ssn"),
                Bypass.of("WITH x AS (SELECT ssn FROM users) SELECT * FROM x").shows("users.ssn"),
                Bypass.of("WITH users AS (SELECT word AS email FROM secrets) SELECT email FROM users")
                        .shows("secrets.word"),
                Bypass.of("VALUES ((SELECT ssn FROM users LIMIT 1))").shows("users.ssn"),
                Bypass.of("SELECT GROUP_CONCAT(ssn ORDER BY id SEPARATOR ',') FROM users")
                        .shows("users.ssn"),
                Bypass.of("SELECT JSON_ARRAYAGG(ssn) FROM users").shows("users.ssn"),
                Bypass.of("SELECT IF(1, ssn, 0) FROM users").shows("users.ssn"),
                Bypass.of("SELECT ssn FROM users PROCEDURE ANALYSE()").shows("users.ssn"),
                Bypass.of("SELECT ExtractValue('<a/>', CONCAT('%', (SELECT ssn FROM users LIMIT 1)))")
                        .shows("users.ssn")
                        .fails("1105"),
                Bypass.of("SELECT * FROM users u NATURAL JOIN archive a").shows(),
                Bypass.of("SELECT u.* FROM users u STRAIGHT_JOIN orders o USING (id)")
                        .shows("users.name", "users.email", "users.ssn"),
                Bypass.of("SELECT EMAIL FROM users").shows("users.email"),
                Bypass.of("SELECT U.Email FROM users AS U").shows("users.email"),
                Bypass.of("SELECT email FROM USERS").fails("1146"),
                Bypass.of("SELECT mail FROM contact").shows("users.email"),
                Bypass.of("SELECT email FROM users USE INDEX () FOR UPDATE").shows("users.email"),
                Bypass.of("SELECT email FROM users LIMIT 0, 1").shows("users.email"),
                Bypass.of("SELECT email x FROM users HAVING x > ''").shows("users.email"),
                Bypass.of("INSERT INTO archive SELECT id, name, ssn FROM users RETURNING email")
                        .shows("users.ssn")
                        .changes("archive"),
                Bypass.of("INSERT archive SET id = 9, email = (SELECT ssn FROM users LIMIT 1)")
                        .changes("archive"),
                Bypass.of("REPLACE INTO archive SELECT id, name, ssn FROM users; SELECT email FROM archive")
                        .shows("users.ssn", "archive.email")
                        .changes("archive"),
                Bypass.of("INSERT INTO archive (id) VALUES (1) ON DUPLICATE KEY UPDATE email = 'x'")
                        .changes("archive"),
                Bypass.of("UPDATE users u JOIN secrets s ON u.id = s.id SET u.name = s.word")
                        .changes("users"),
                Bypass.of("UPDATE users, orders SET users.name = 'x', orders.note = 'x' WHERE users.id = orders.id")
                        .changes("users", "orders"),
                Bypass.of("DELETE u, o FROM users u JOIN orders o USING (id)").changes("users", "orders"),
                Bypass.of("DELETE FROM users USING users JOIN orders USING (id)")
                        .changes("users"),
                Bypass.of("DELETE FROM users RETURNING ssn").shows("users.ssn").changes("users"),
                Bypass.of("TRUNCATE users").changes("users"),
                Bypass.of("RENAME TABLE users TO u2; SELECT ssn FROM u2")
                        .shows("users.ssn")
                        .changes("users"),
                Bypass.of("ALTER TABLE users RENAME COLUMN ssn TO plain; SELECT plain FROM users")
                        .shows("users.ssn")
                        .changes("users"),
                Bypass.of("CREATE TABLE thief SELECT ssn FROM users; SELECT * FROM thief")
                        .shows("users.ssn"),
                Bypass.of("CREATE VIEW peep AS SELECT ssn FROM users; SELECT * FROM peep")
                        .shows("users.ssn"),
                Bypass.of("USE mysql; SELECT 1").shows(),
                Bypass.of("DROP TABLE secrets, orders").changes("secrets", "orders"),
                Bypass.of("TABLE users").fails("1064"),
                Bypass.of("DO (SELECT ssn FROM users LIMIT 1)").shows());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theServerDoesNoMoreThanTheAnalyzerSaw(Bypass row) throws SQLException {
        Truth truth;
        try (Connection session = connect(row.mode())) {
            truth = Truth.of(row.text(), session, database);
        }
        if (!truth.changed().isEmpty() || row.text().contains("CREATE")) {
            try (Connection connection = connect("")) {
                renew(connection);
            }
        }
        row.check(truth, analyzer, scope(row.mode()), database);
    }
}
