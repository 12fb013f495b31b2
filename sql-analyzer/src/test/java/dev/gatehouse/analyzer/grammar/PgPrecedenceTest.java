package dev.gatehouse.analyzer.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.analyzer.lexer.Unreadable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators bind as in PostgreSQL's table of precedence. */
final class PgPrecedenceTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "==>", textBlock = """
            a OR b AND c                ==> (OR a (AND b c))
            a AND b OR c AND d          ==> (OR (AND a b) (AND c d))
            NOT a = b                   ==> (NOT (= a b))
            NOT a AND b                 ==> (AND (NOT a) b)
            a = NOT b = c               ==> (= a (NOT (= b c)))
            a = b IS NULL               ==> (IS NULL (= a b))
            a IS NULL = b               ==> (= (IS NULL a) b)
            a IS DISTINCT FROM b = c    ==> (IS DISTINCT FROM a (= b c))
            a < b + c                   ==> (< a (+ b c))
            a + b * c ^ d               ==> (+ a (* b (^ c d)))
            a - b - c                   ==> (- (- a b) c)
            a ^ b ^ c                   ==> (^ (^ a b) c)
            - a ^ b                     ==> (^ (- a) b)
            - a::int                    ==> (- (CAST a `int`))
            a || b + c                  ==> (|| a (+ b c))
            a -> b ->> c                ==> (->> (-> a b) c)
            a @> b = c                  ==> (= (@> a b) c)
            ~ a + b                     ==> (~ (+ a b))
            ~ a || b                    ==> (|| (~ a) b)
            a * ~ b + c                 ==> (* a (~ (+ b c)))
            a LIKE b || c               ==> (LIKE a (|| b c))
            a = b LIKE c                ==> (= a (LIKE b c))
            a LIKE b ESCAPE c AND d     ==> (AND (LIKE a b c) d)
            a NOT LIKE b                ==> (NOT LIKE a b)
            a BETWEEN b AND c AND d     ==> (AND (BETWEEN ASYMMETRIC a b c) d)
            a NOT BETWEEN SYMMETRIC b AND c ==> (NOT BETWEEN SYMMETRIC a b c)
            a BETWEEN b = c AND d       ==> (BETWEEN ASYMMETRIC a (= b c) d)
            a IN (b) = c                ==> (= (IN a [b]) c)
            a IN (b) IN (c)             ==> (IN (IN a [b]) [c])
            a AT TIME ZONE b || c       ==> (|| (AT TIME ZONE a b) c)
            a + b AT TIME ZONE c        ==> (+ a (AT TIME ZONE b c))
            a COLLATE x AT TIME ZONE b  ==> (AT TIME ZONE (COLLATE a x) b)
            a < b COLLATE x             ==> (< a (COLLATE b x))
            a OPERATOR(s.*) b + c       ==> (OPERATOR(s.*) a (+ b c))
            a = ANY (b) = c             ==> (= (QUANTIFIED = a b) c)
            a NOT LIKE ALL (b)          ==> (QUANTIFIED NOT LIKE a b)
            (a, b) OVERLAPS (c, d) AND e ==> (AND (OVERLAPS (ROW a b) (ROW c d)) e)
            a.b[1]::int                 ==> (CAST (ITEM a.b 1) `int`)
            """)
    void anExpressionIsReadAsTheServerReadsIt(String expression, String shape) {
        assertThat(Shape.ofValue(expression)).isEqualTo(shape);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = b = c",
                "a < b > c",
                "a LIKE b LIKE c",
                "a BETWEEN b AND c BETWEEN d AND e",
                "a IS DISTINCT FROM b IS NULL",
                "a BETWEEN b OR c AND d",
                "a BETWEEN NOT b AND c",
                "a OVERLAPS b",
                "a NOT b",
                "NOT",
                "a AND + ",
                "a b AND c",
                "a::",
                "* a"
            })
    void whatDoesNotAssociateIsRefused(String expression) {
        assertThatThrownBy(() -> Shape.ofValue(expression)).isInstanceOf(Unreadable.class);
    }
}
