package dev.gatehouse.analyzer.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.analyzer.lexer.Unreadable;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL's grammar does not know is refused at its place, and nothing makes the reader hang or fall. */
final class PgRefusalTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "==>", quoteCharacter = '#', textBlock = """
            SELECT 1; SELECT 2 ==> 9
            SELECT 1 FROM t SELECT ==> 17
            UPDATE t set SET a = 1 ==> 18
            SELECT a FROM ==> 14
            SELECT a b c ==> 12
            SELECT a FROM t WHERE ==> 22
            SELECT a, FROM t ==> 11
            SELECT 'é', f(, 1) ==> 15
            SELECT a FROM select ==> 15
            SELECT a FROM t LIMIT 1 LIMIT 2 ==> 25
            SELECT a FROM t LEFT JOIN u ==> 28
            SELECT a FROM t CROSS JOIN u ON b ==> 30
            SELECT a FROM t GROUP b ==> 23
            SELECT (a, b ==> 8
            SELECT *.a ==> 9
            SELECT a AS FROM t ==> 18
            VALUES () ==> 9
            INSERT INTO t ==> 14
            INSERT INTO t (a) (b) SELECT 1 ==> 20
            UPDATE t WHERE a ==> 10
            UPDATE t SET a ==> 15
            DELETE t ==> 8
            MERGE INTO t USING s ON a ==> 26
            MERGE INTO t USING s ON a WHEN NOT MATCHED THEN DELETE ==> 49
            EXPLAIN SELECT 1 ==> 1
            DROP TABLE t ==> 1
            WITH a AS (SELECT 1) ==> 21
            SELECT f(a ORDER BY b, DISTINCT c) ==> 24
            SELECT a -> ==> 12
            SELECT integer(1) ==> 15
            SELECT $0 ==> 8
            SELECT DISTINCT FROM t ==> 17
            SELECT (a, b, c) OVERLAPS (d, e) ==> 8
            SELECT 1 FROM (t) ==> 17
            SELECT 1 FROM ((a CROSS JOIN b) c) ==> 34
            SELECT 1 FROM t AS (a int) ==> 20
            SELECT 1 FROM t x (a int) ==> 22
            SELECT 1 FROM f() AS (a int, b) ==> 31
            SELECT ARRAY[[1], 2] ==> 19
            SELECT f(VARIADIC VARIADIC a) ==> 19
            """)
    void whatIsNoQueryIsRefusedWhereItGoesWrong(String sql, int position) {
        Unreadable refusal = catchThrowableOfType(Unreadable.class, () -> Shape.of(sql));
        assertThat(refusal).as(sql).isNotNull();
        assertThat(refusal.position()).as(refusal.reason()).isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT ((((1))))",
                "SELECT (SELECT (SELECT 1))",
                "SELECT 1 FROM ((a CROSS JOIN b))",
                "SELECT 1 FROM (((SELECT 1))) x",
                "SELECT ((a, b)) = ((c, d))"
            })
    void parenthesesMayStandAroundWhatIsThere(String sql) {
        assertThatCode(() -> Shape.of(sql)).doesNotThrowAnyException();
    }

    @Test
    void longChainsAreReadInTime() {
        within(() -> Shape.of("SELECT a WHERE " + "a = 1 OR ".repeat(5_000) + "b"));
        within(() -> Shape.of("SELECT a WHERE " + "a = 1 AND b OR ".repeat(5_000) + "b"));
        within(() -> Shape.read("SELECT 1" + " UNION ALL SELECT 1".repeat(1_000)));
        within(() -> Shape.read("SELECT " + "1 + ".repeat(1_000) + "1"));
        within(() -> Shape.read("VALUES (1)" + ", (1)".repeat(20_000)));
        within(() -> Shape.read("SELECT a WHERE a IN (1" + ", 1".repeat(20_000) + ")"));
    }

    @Test
    void nestingIsReadAsDeepAsTheLexerLetsItBe() {
        within(() -> Shape.of("SELECT " + "(".repeat(200) + "1" + ")".repeat(200)));
        within(() -> Shape.of("SELECT " + "(".repeat(199) + "(SELECT 1)" + ")".repeat(199)));
        within(() -> Shape.of("SELECT " + "(SELECT ".repeat(190) + "1" + ")".repeat(190)));
        within(() -> Shape.of("SELECT 1 FROM " + "(".repeat(199) + "(SELECT 1) x CROSS JOIN y" + ")".repeat(199)));
        within(() -> Shape.of("SELECT " + "f(".repeat(199) + "1" + ")".repeat(199)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT ", "- ", "~ ", "CASE WHEN ", "a = NOT ", "a + ~ ", "a ^ - "})
    void nestingWithoutParenthesesHasItsBoundToo(String piece) {
        assertThatThrownBy(() -> within(() -> Shape.of("SELECT " + piece.repeat(50_000) + "1")))
                .isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {" UNION SELECT 1", " || 1", "::int", "[1]", ", t", " JOIN t ON b"})
    void aChainThatWouldMakeTooDeepATreeIsRefused(String piece) {
        String head = piece.contains("t") && !piece.contains("int") ? "SELECT 1 FROM t" : "SELECT $1";
        assertThatThrownBy(() -> within(() -> Shape.read(head + piece.repeat(50_000))))
                .isInstanceOf(Unreadable.class);
    }

    private static void within(Runnable reading) {
        Assertions.assertTimeout(Duration.ofSeconds(10), reading::run);
    }
}
