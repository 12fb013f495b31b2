package dev.gatehouse.analyzer.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.analyzer.lexer.MySqlLexer;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Part;
import dev.gatehouse.analyzer.tree.Passage;
import dev.gatehouse.analyzer.tree.Verb;
import dev.gatehouse.firewall.statement.Modes;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the manuals' examples do not show. */
final class MySqlCommandsTest {

    private static final Modes.MySql MARIADB = (Modes.MySql) Modes.MySql.of("11.4.5-MariaDB", "", 0);

    private static List<SqlNode> read(String sql) {
        return new MySqlCommands(MARIADB).read(MySqlLexer.read(sql, MARIADB));
    }

    private static String spelled(String sql) {
        return Spelling.of(read(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE a b",
                "DROP TABLE a,",
                "TRUNCATE a, b",
                "CREATE TABLE t (a INT foo)",
                "CREATE TABLE t (a INT,)",
                "CREATE TABLE t (a INT) foo bar",
                "CREATE VIEW v",
                "CREATE VIEW v AS DELETE FROM t",
                "CREATE TABLE t SELECT 1) x",
                "ALTER TABLE t ADD",
                "ALTER TABLE t DROP COLUMN a CASCADE b",
                "RENAME TABLE a",
                "SET a",
                "SET @a = ",
                "SET @a = 1 2",
                "SET GLOBAL @a = 1",
                "SET STATEMENT a = 1 SELECT 1",
                "SHOW TABLES LIKE",
                "SHOW TABLE",
                "SHOW CREATE t",
                "SHOW COLUMNS users",
                "GRANT SELECT ON t",
                "GRANT ALL, SELECT ON t TO a",
                "REVOKE SELECT ON t TO a",
                "LOCK TABLES t",
                "LOCK TABLES t READ WRITE",
                "LOAD DATA INFILE x INTO TABLE t",
                "LOAD DATA INFILE 'x' INTO t",
                "HANDLER t READ a",
                "KILL",
                "USE a.b",
                "USE a b",
                "PREPARE s FROM 'SELECT 1; DROP TABLE t'",
                "PREPARE s FROM ''",
                "PREPARE s FROM 'DROP TABLE'",
                "EXPLAIN DROP TABLE t",
                "EXPLAIN",
                "CALL",
                "START",
                "XA START",
                "BEGIN NOT ATOMIC SELECT 1 END",
                "BEGIN NOT ATOMIC SELECT 1;",
                "CREATE PROCEDURE p() BEGIN DROP TABLE; END",
                "CREATE PROCEDURE p() IF 1 THEN SELECT 1; END",
                "CREATE FUNCTION f() RETURN 1",
                "CREATE PROCEDURE p() BEGIN SELECT 1 FROM; END",
                "CREATE TABLE COUNT(a INT)",
                "CREATE TRIGGER t BEFORE SELECT ON x FOR EACH ROW SET @a = 1",
                "CREATE TABLE select (a INT)",
                "VACUUM",
                "users",
                "5"
            })
    void whatTheServerRefusesIsRefused(String sql) {
        assertThatThrownBy(() -> read(sql)).isInstanceOf(Unreadable.class);
    }

    @Test
    void commandsAreToldApartWhereBodiesHoldSemicolonsToo() {
        assertThat(spelled("CREATE PROCEDURE p() BEGIN SELECT 1; IF 1 THEN SELECT 2; END IF; END; DROP TABLE users;"))
                .isEqualTo("CREATE PROCEDURE +touches_more | creates PROCEDURE p | holds_code "
                        + "'BEGIN SELECT 1 ; IF 1 THEN SELECT 2 ; END IF ; END'; "
                        + "DROP TABLE +changes_catalog | drops TABLE users");
        assertThat(spelled("CREATE PROCEDURE p() SELECT 1; DROP TABLE users"))
                .endsWith("; DROP TABLE +changes_catalog | drops TABLE users");
        assertThat(read(";; SELECT 1 ;; SET @a = 1;")).hasSize(2);
        assertThat(read(" ; ")).isEmpty();
    }

    @Test
    void queriesAndChangesOfRowsStayUnread() {
        for (String sql : List.of(
                "SELECT 1",
                "(SELECT 1) UNION SELECT 2",
                "WITH a AS (SELECT 1) SELECT * FROM a",
                "VALUES (1)",
                "TABLE t",
                "INSERT INTO t VALUES (1)",
                "REPLACE t SET a = 1",
                "UPDATE t SET a = 1",
                "DELETE FROM t")) {
            assertThat(read(sql)).as(sql).singleElement().isInstanceOf(Passage.class);
        }
    }

    @Test
    void executableCommentsAreCode() {
        assertThat(spelled("/*!50000 DROP */ TABLE /* not this */ users /*M!100000 , ssn */"))
                .isEqualTo("DROP TABLE +changes_catalog | drops TABLE users | drops TABLE ssn");
    }

    @Test
    void commandsInLiteralsAreReadToAnyDepth() {
        assertThat(spelled("EXECUTE IMMEDIATE 'PREPARE s FROM ''SET STATEMENT a = 1 FOR TRUNCATE Users'''"))
                .isEqualTo(
                        "EXECUTE IMMEDIATE | runs PREPARE | creates PREPARED STATEMENT s"
                                + " | runs SET STATEMENT | sets/STATEMENT a | evaluates '1' | runs TRUNCATE TABLE | writes TABLE Users");
        assertThat(spelled("PREPARE s FROM 'SELECT' ' 1'")).contains("runs_code BLOCK");
    }

    @Test
    void namesKeepTheirCaseAndTheirPlace() {
        Verb verb = (Verb) read("DROP TABLE `My` . `Orders`, Archive.T1").get(0);
        List<Part> tables = verb.parts(Deed.DROPS).toList();
        assertThat(tables.get(0).name()).containsExactly("My", "Orders");
        assertThat(tables.get(1).name()).containsExactly("Archive", "T1");
        SqlIdentifier second = (SqlIdentifier) tables.get(1).node();
        assertThat(second.getComponentParserPosition(0).getColumnNum()).isEqualTo(29);
        assertThat(second.getComponentParserPosition(1).getColumnNum()).isEqualTo(37);
    }

    @Test
    void theDatabaseBehindATableIsTheTables() {
        assertThat(spelled("SHOW COLUMNS FROM other.users FROM shop")).contains("reads TABLE shop.users");
        assertThat(spelled("SHOW KEYS IN users IN shop")).contains("reads TABLE shop.users");
    }

    @Test
    void whatAnExpressionReadsAndCallsIsFoundWhereverItStands() {
        assertThat(spelled("SET @a = CASE WHEN EXISTS (SELECT 1 FROM a) THEN f(x, (SELECT 2 FROM b)) ELSE -@b END"))
                .isEqualTo(
                        "SET | sets/VARIABLE a | evaluates EXPRESSION(<SELECT 1 FROM a>, f(x, <SELECT 2 FROM b>), VARIABLE('@b'))");
        assertThat(spelled("DO (1, 2) IN (SELECT a, b FROM c), g(DISTINCT x ORDER BY h(y) SEPARATOR ',')"))
                .isEqualTo("DO | evaluates EXPRESSION('1', '2', <SELECT a , b FROM c>) | evaluates g(x, h(y), ',')");
        assertThat(spelled("KILL (SELECT id FROM information_schema.processlist LIMIT 1)"))
                .isEqualTo("KILL | evaluates <SELECT id FROM information_schema . processlist LIMIT 1>");
    }

    @Test
    void whatTakesTooLongIsRefusedAndNotTried() {
        String deep = "SET @a = " + "f(".repeat(190) + "1" + ")".repeat(190);
        assertThatThrownBy(() -> read(deep)).isInstanceOf(Unreadable.class);
        String nested = "BEGIN NOT ATOMIC ".repeat(300) + "END;".repeat(299) + "END";
        assertThatThrownBy(() -> read(nested)).isInstanceOf(Unreadable.class);
        String many = "DROP TABLE a" + ", a".repeat(100_000);
        assertThat(((Verb) read(many).get(0)).parts()).hasSize(100_001);
    }
}
