package dev.gatehouse.analyzer;

import dev.gatehouse.testing.MySqlProduct;
import java.util.List;
import java.util.stream.Stream;

/** Texts that make a careless reader see something else than MySQL and MariaDB do. */
final class MySqlBypasses {

    private static final String ANSI = "ANSI_QUOTES";
    private static final String PLAIN = "NO_BACKSLASH_ESCAPES";
    private static final String ORACLE = "PIPES_AS_CONCAT";

    private static final List<Bypass> BOTH = List.of(
            // Comments that are code, and comments that are none.
            Bypass.of("SELECT 1 /*!50000 , email FROM users */").shows("users.email"),
            Bypass.of("SELECT 1 /*! , email FROM users */").shows("users.email"),
            Bypass.of("SELECT 1 /*!999999 , email */ FROM users").shows(),
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
            Bypass.of("SELECT 'a\\' UNION SELECT ssn FROM users -- '").in(PLAIN).shows("users.ssn"),
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
            Bypass.of("HANDLER users OPEN; HANDLER users READ FIRST").shows("users.name", "users.email", "users.ssn"),
            Bypass.of("HANDLER users OPEN AS h; HANDLER h READ FIRST").shows("users.name", "users.email", "users.ssn"),
            Bypass.of("PREPARE s FROM 'select ssn from users'; EXECUTE s").shows("users.ssn"),
            Bypass.of("CALL wipe()").changes("users"),
            Bypass.of("SELECT best()").shows("users.ssn"),
            Bypass.of("EXPLAIN DELETE FROM users").shows(),
            Bypass.of("SELECT (SELECT email FROM users LIMIT 1)").shows("users.email"),
            Bypass.of("SELECT * FROM (SELECT ssn FROM users) d").shows("users.ssn"),
            Bypass.of("SELECT note FROM orders UNION SELECT ssn FROM users").shows("orders.note", "users.ssn"),
            Bypass.of("(SELECT note FROM orders) UNION ALL (SELECT ssn FROM users) LIMIT 9")
                    .shows("orders.note", "users.ssn"),
            Bypass.of("WITH x AS (SELECT ssn FROM users) SELECT * FROM x").shows("users.ssn"),
            Bypass.of("WITH users AS (SELECT word AS email FROM secrets) SELECT email FROM users")
                    .shows("secrets.word"),
            Bypass.of("SELECT GROUP_CONCAT(ssn ORDER BY id SEPARATOR ',') FROM users")
                    .shows("users.ssn"),
            Bypass.of("SELECT JSON_ARRAYAGG(ssn) FROM users").shows("users.ssn"),
            Bypass.of("SELECT IF(1, ssn, 0) FROM users").shows("users.ssn"),
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
            Bypass.of("DELETE FROM users USING users JOIN orders USING (id)").changes("users"),
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
            Bypass.of("DO (SELECT ssn FROM users LIMIT 1)").shows(),
            // Statements that change how the next is read.
            Bypass.of("SET sql_mode='ANSI_QUOTES'; SELECT \"ssn\" FROM users").shows("users.ssn"),
            Bypass.of("SET @@session.sql_mode = CONCAT('ANSI', '_QUOTES'); SELECT \"ssn\" FROM users")
                    .shows("users.ssn"),
            Bypass.of("SET @a = 1, sql_mode = 'NO_BACKSLASH_ESCAPES'; SELECT 'a\\', ssn FROM users -- '")
                    .shows("users.ssn"),
            Bypass.of("SET sql_mode=''; SELECT \"ssn\" FROM users").in(ANSI).shows(),
            Bypass.of("SET NAMES gbk; SELECT '\u7e17\\' , ssn FROM users -- '").shows("users.ssn"),
            Bypass.of("SET character_set_client = gbk; SELECT '\u7e17\\' , ssn FROM users -- '")
                    .shows("users.ssn"),
            Bypass.of("SELECT '\u7e17\\' , ssn FROM users -- '").shows(),
            // Columns that joins put in another order than they are written.
            Bypass.of("SELECT * FROM secrets RIGHT JOIN orders USING (id)")
                    .shows("secrets.word", "orders.note", "orders.total"),
            Bypass.of("WITH x AS (SELECT id FROM users) SELECT u.ssn FROM users u JOIN x USING (id)")
                    .shows("users.ssn"),
            Bypass.of("SELECT ssn FROM users LIMIT 1 LOCK IN SHARE MODE").shows("users.ssn"),
            Bypass.of("SELECT ssn FROM users EXCEPT SELECT note FROM orders").shows("users.ssn"),
            Bypass.of("SELECT ssn FROM users INTERSECT SELECT ssn FROM users").shows("users.ssn"),
            Bypass.of(
                            "SELECT t.c FROM users u, JSON_TABLE(JSON_ARRAY(u.ssn), '$[*]' COLUMNS (c VARCHAR(60) PATH '$')) t")
                    .shows("users.ssn"),
            Bypass.of("SELECT JSON_VALUE(JSON_OBJECT('a', ssn), '$.a') FROM users")
                    .shows("users.ssn"),
            Bypass.of("CREATE TABLE u2 LIKE users; INSERT INTO u2 SELECT * FROM users; SELECT * FROM u2")
                    .shows("users.name", "users.email", "users.ssn"),
            Bypass.of("CREATE TEMPORARY TABLE users SELECT word AS ssn FROM secrets; SELECT ssn FROM users")
                    .shows("secrets.word")
                    .changes("users"));

    private static final List<Bypass> MARIADB = List.of(
            Bypass.of("SELECT 1 /*!100100 , email */ FROM users").shows("users.email"),
            Bypass.of("SELECT 1 /*!50701 , email */ FROM users").shows(),
            Bypass.of("SELECT 1 /*M! , email */ FROM users").shows("users.email"),
            Bypass.of("SELECT 1 /*M!100000 UNION SELECT ssn FROM users */").shows("users.ssn"),
            Bypass.of("EXECUTE IMMEDIATE 'select ssn from users'").shows("users.ssn"),
            Bypass.of("EXECUTE IMMEDIATE CONCAT('select ssn', ' from users')").shows("users.ssn"),
            Bypass.of("SET STATEMENT max_statement_time=1 FOR SELECT ssn FROM users")
                    .shows("users.ssn"),
            Bypass.of("SET STATEMENT max_statement_time=1 FOR DELETE FROM users")
                    .changes("users"),
            Bypass.of("BEGIN NOT ATOMIC DELETE FROM users; END").changes("users"),
            Bypass.of("ANALYZE DELETE FROM users").changes("users"),
            Bypass.of("ANALYZE FORMAT=JSON UPDATE users SET name = 'x'").changes("users"),
            Bypass.of("EXPLAIN EXTENDED SELECT ssn FROM users").shows(),
            Bypass.of("VALUES ((SELECT ssn FROM users LIMIT 1))").shows("users.ssn"),
            Bypass.of("SELECT ssn FROM users PROCEDURE ANALYSE()").shows("users.ssn"),
            Bypass.of("INSERT INTO archive SELECT id, name, ssn FROM users RETURNING email")
                    .shows("users.ssn")
                    .changes("archive"),
            Bypass.of("DELETE FROM users RETURNING ssn").shows("users.ssn").changes("users"),
            Bypass.of("TABLE users").fails("1064"));

    private static final List<Bypass> MYSQL = List.of(
            Bypass.of("SELECT 1 /*!100100 , email */ FROM users"),
            Bypass.of("SELECT 1 /*!50701 , email */ FROM users").shows("users.email"),
            Bypass.of("SELECT 1 /*!80000 , email */ FROM users").shows("users.email"),
            Bypass.of("SELECT 1 /*!080000 , email */ FROM users").shows("users.email"),
            Bypass.of("SELECT 1 /*!90000 , email */ FROM users").shows("users.email"),
            Bypass.of("SELECT 1 /*!99999 , email */ FROM users"),
            Bypass.of("SELECT 1 /*!099999 , email */ FROM users"),
            Bypass.of("SELECT 1 /*!500001 , email */ FROM users"),
            Bypass.of("SELECT 1 /*!050000 , email */ FROM users").shows("users.email"),
            Bypass.of("SELECT 1, /*!80000email*/ FROM users").shows("users.email"),
            Bypass.of("SELECT 1, /*!80000`email`*/ FROM users").shows("users.email"),
            Bypass.of("SELECT 1 /*!8000 , email */ FROM users").fails("1064"),
            Bypass.of("SELECT 1 /*! /* x */ , email */ FROM users").shows("users.email"),
            Bypass.of("SELECT 1 /*M! , email */ FROM users"),
            Bypass.of("SELECT 1 /*M!100000 UNION SELECT ssn FROM users */"),
            Bypass.of("SELECT 1 /*!99999 /* */ , ssn FROM users -- */"),
            Bypass.of("SELECT /*+ NO_ICP(users) */ ssn FROM users").shows("users.ssn"),
            Bypass.of("SELECT /*+ MAX_EXECUTION_TIME(1000) */ ssn FROM users").shows("users.ssn"),
            Bypass.of("SELECT /*+ ' */ ssn FROM users -- '").shows("users.ssn"),
            Bypass.of("SELECT /*+ SET_VAR(sql_mode='ANSI_QUOTES') */ \"ssn\" FROM users"),
            Bypass.of("SELECT /*+ SET_VAR(sql_mode='PIPES_AS_CONCAT') */ '' || ssn FROM users"),
            Bypass.of("SELECT 1 AS $$ , ssn FROM users -- $$").fails("1064"),
            Bypass.of("SELECT 1 $$, ssn FROM users $$").fails("1064"),
            Bypass.of("SELECT 1 a$$, ssn FROM users -- $$").shows("users.ssn"),
            Bypass.of("SELECT 1 AS $x, ssn FROM users").shows("users.ssn"),
            Bypass.of("SELECT 1 $a$, ssn FROM users").fails("1064"),
            Bypass.of("EXECUTE IMMEDIATE 'select ssn from users'").fails("1064"),
            Bypass.of("SET STATEMENT max_statement_time=1 FOR DELETE FROM users")
                    .fails("1064"),
            Bypass.of("TABLE users").shows("users.name", "users.email", "users.ssn"),
            Bypass.of("TABLE users ORDER BY id LIMIT 1").shows("users.name", "users.email", "users.ssn"),
            Bypass.of("TABLE contact").shows("users.email"),
            Bypass.of("(TABLE secrets) UNION ALL (SELECT id, ssn FROM users)").shows("secrets.word", "users.ssn"),
            Bypass.of("WITH x AS (TABLE users) SELECT ssn FROM x").shows("users.ssn"),
            Bypass.of("SELECT (TABLE secrets LIMIT 1)").fails("1241"),
            Bypass.of("SELECT * FROM (TABLE users) d (a, b, c, d)").shows("users.name", "users.email", "users.ssn"),
            Bypass.of("TABLE secrets LIMIT 1 INTO @a, @b; SELECT @b").shows("secrets.word"),
            Bypass.of("PREPARE s FROM 'TABLE users'; EXECUTE s").shows("users.name", "users.email", "users.ssn"),
            Bypass.of("CREATE TABLE thief TABLE users; TABLE thief").shows("users.name", "users.email", "users.ssn"),
            Bypass.of("CREATE VIEW peep AS TABLE users; TABLE peep").shows("users.name", "users.email", "users.ssn"),
            Bypass.of("VALUES ROW(1, (SELECT ssn FROM users LIMIT 1))").shows("users.ssn"),
            Bypass.of("VALUES ROW(1, 2), ROW(3, (SELECT MAX(ssn) FROM users)) LIMIT 2")
                    .shows("users.ssn"),
            Bypass.of("SELECT * FROM (VALUES ROW((SELECT ssn FROM users LIMIT 1))) d")
                    .shows("users.ssn"),
            Bypass.of("SELECT column_0 FROM (VALUES ROW((SELECT ssn FROM users LIMIT 1))) d")
                    .shows("users.ssn"),
            Bypass.of("VALUES ((SELECT ssn FROM users LIMIT 1))").fails("1064"),
            Bypass.of("SELECT l.x FROM users u, LATERAL (SELECT u.ssn AS x) l").shows("users.ssn"),
            Bypass.of(
                            "SELECT l.* FROM users u LEFT JOIN LATERAL (SELECT u.email, s.word FROM secrets s WHERE s.id = u.id) l ON TRUE")
                    .shows("users.email", "secrets.word"),
            Bypass.of("SELECT d.b FROM (SELECT id, ssn FROM users) AS d (a, b)").shows("users.ssn"),
            Bypass.of("SELECT CAST(JSON_QUOTE(ssn) AS JSON) FROM users").shows("users.ssn"),
            Bypass.of("SELECT ANY_VALUE(ssn) FROM users").shows("users.ssn"),
            Bypass.of("SELECT ssn FROM users FOR SHARE").shows("users.ssn"),
            Bypass.of("SELECT u.ssn FROM users u FOR UPDATE OF u SKIP LOCKED").shows("users.ssn"),
            Bypass.of("SELECT REGEXP_REPLACE(ssn, 'x', 'y') FROM users").shows("users.ssn"),
            Bypass.of("SELECT FIRST_VALUE(ssn) OVER w FROM users WINDOW w AS (ORDER BY id)")
                    .shows("users.ssn"),
            Bypass.of("SELECT GTID_SUBSET((SELECT ssn FROM users LIMIT 1), 'x')")
                    .shows("users.ssn")
                    .fails("1772"),
            Bypass.of("SELECT id FROM users WHERE GTID_SUBSET(ssn, 'x')")
                    .shows("users.ssn")
                    .fails("1772"),
            Bypass.of("SELECT ssn FROM users INTO @a; SELECT 1").fails("1172"),
            Bypass.of("INSERT INTO archive TABLE archive").changes("archive"),
            Bypass.of("INSERT INTO archive (id) VALUES ROW(5), ROW(6)").changes("archive"),
            Bypass.of("REPLACE INTO archive TABLE archive").changes("archive"),
            Bypass.of("INSERT INTO archive VALUES (1, 'a', 'b') AS n (a, b, c) ON DUPLICATE KEY UPDATE email = n.c")
                    .changes("archive"),
            Bypass.of(
                            "INSERT INTO archive SELECT * FROM (SELECT id, name, ssn FROM users) n ON DUPLICATE KEY UPDATE email = n.ssn; SELECT email FROM archive")
                    .shows("users.ssn", "archive.email")
                    .changes("archive"),
            Bypass.of("WITH x AS (SELECT 1 AS id) DELETE u FROM users u JOIN x USING (id)")
                    .changes("users"),
            Bypass.of("WITH x AS (SELECT 1 AS id) UPDATE users u JOIN x USING (id) SET u.name = 'z'")
                    .changes("users"),
            Bypass.of("DELETE FROM u USING users u, LATERAL (SELECT u.id AS x) l")
                    .changes("users"),
            Bypass.of(
                            "UPDATE users u, LATERAL (SELECT s.word FROM secrets s WHERE s.id = u.id) l SET u.name = l.word; SELECT name FROM users")
                    .shows("secrets.word")
                    .changes("users"),
            Bypass.of("DELETE FROM users AS u WHERE u.id > 0").changes("users"),
            Bypass.of("EXPLAIN FORMAT=TREE SELECT ssn FROM users"),
            Bypass.of("EXPLAIN ANALYZE SELECT ssn FROM users"),
            Bypass.of("EXPLAIN ANALYZE FORMAT=TREE DELETE u FROM users u JOIN secrets USING (id)"),
            Bypass.of("DESC FORMAT=JSON DELETE FROM users"),
            Bypass.of("EXPLAIN FORMAT=JSON INTO @v SELECT ssn FROM users; SELECT @v"),
            Bypass.of("ALTER TABLE users ADD INDEX f ((LOWER(ssn)))"),
            Bypass.of("ALTER TABLE users ALTER COLUMN ssn SET INVISIBLE; SELECT * FROM users")
                    .shows("users.name", "users.email")
                    .changes("users"),
            Bypass.of("ALTER TABLE users ALTER COLUMN ssn SET INVISIBLE; SELECT ssn FROM users")
                    .shows("users.ssn")
                    .changes("users"),
            Bypass.of(
                            "CREATE TABLE k (id INT PRIMARY KEY, x VARCHAR(60)) SELECT id, ssn AS x FROM users; CREATE JSON RELATIONAL DUALITY VIEW jv AS SELECT JSON_DUALITY_OBJECT('_id': id, 'x': x) FROM k; SELECT data FROM jv")
                    .shows("users.ssn"),
            Bypass.of(
                            "CREATE TABLE k (id INT DEFAULT (1 + 1), x VARCHAR(60) AS (LOWER(y)) VIRTUAL, y VARCHAR(60)); INSERT INTO k (y) SELECT ssn FROM users; SELECT x FROM k")
                    .shows("users.ssn"),
            Bypass.of("RENAME TABLE users TO secrets2, secrets TO users; SELECT word FROM users")
                    .shows("secrets.word")
                    .changes("users", "secrets"),
            Bypass.of("SET @@SESSION.sql_mode = DEFAULT; SELECT \"ssn\" FROM users"),
            Bypass.of("SET sql_mode = 'ANSI'; SELECT \"ssn\" FROM users").shows("users.ssn"),
            Bypass.of("SET RESOURCE GROUP USR_default; SELECT ssn FROM users").shows("users.ssn"),
            Bypass.of("SET ROLE NONE; SELECT ssn FROM users").shows("users.ssn"),
            Bypass.of(
                            "SET PERSIST_ONLY sort_buffer_size = 1000000; RESET PERSIST sort_buffer_size; SELECT ssn FROM users")
                    .shows("users.ssn"),
            Bypass.of("LOCK INSTANCE FOR BACKUP; UNLOCK INSTANCE; SELECT ssn FROM users")
                    .shows("users.ssn"),
            Bypass.of("CLONE LOCAL DATA DIRECTORY = 'relative'; SELECT ssn FROM users")
                    .fails("1524"),
            Bypass.of("IMPORT TABLE FROM 'nothing.sdi'; SELECT ssn FROM users").fails("3608"),
            Bypass.of("HELP 'SELECT'; SELECT ssn FROM users").shows("users.ssn"),
            Bypass.of("SELECT ssn FROM users PROCEDURE ANALYSE()").fails("1064"),
            Bypass.of("DELETE FROM users RETURNING ssn").fails("1064"),
            Bypass.of("EXPLAIN EXTENDED SELECT ssn FROM users").fails("1064"),
            Bypass.of("SELECT SQL_CALC_FOUND_ROWS ssn FROM users").shows("users.ssn"),
            Bypass.of("SELECT ssn FROM users GROUP BY ssn WITH ROLLUP").shows("users.ssn"),
            Bypass.of("SELECT _utf8mb4'a' 'b', ssn FROM users").shows("users.ssn"),
            Bypass.of("SELECT 0xA, 0b1, N'x', ssn FROM users").shows("users.ssn"),
            Bypass.of("SELECT ssn->>'$' FROM users").fails("3141"),
            Bypass.of("SELECT @a := 1, ssn MEMBER OF (JSON_ARRAY(email)) FROM users"),
            Bypass.of("SELECT JSON_ARRAY(ssn) FROM users").shows("users.ssn"),
            Bypass.of("SELECT ssn FROM users TABLESAMPLE SYSTEM (50)").fails("3889"),
            Bypass.of("SELECT `ssn` FROM users QUALIFY 1").fails("6037"));

    private MySqlBypasses() {}

    /** Those that a product takes for what is said here. */
    static Stream<Bypass> on(MySqlProduct product) {
        return Stream.concat(BOTH.stream(), (product == MySqlProduct.MARIADB ? MARIADB : MYSQL).stream());
    }
}
