package dev.gatehouse.analyzer.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each form of a statement becomes the nodes the package promises. */
final class PgStatementTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "==>", quoteCharacter = '#', textBlock = """
            SELECT ==> (SELECT)
            SELECT FROM t ==> (SELECT [] [] t)
            SELECT a b, c AS select, d "e" FROM t u ==> (SELECT [] [(AS a b) (AS c select) (AS d e)] (AS t u))
            SELECT a AND FROM t ==> (SELECT [] [(AS a and)] t)
            SELECT *, t.*, (t).*, (t.c).d.* FROM t ==> (SELECT [] [* t.* (ALL FIELDS t) (ALL FIELDS (DOT t.c d))] t)
            SELECT DISTINCT a FROM t ==> (SELECT [DISTINCT] [a] t)
            SELECT DISTINCT ON (a, b) c FROM t ==> (SELECT [] [c] t - - - [] - - - - - [a b])
            SELECT a INTO TEMP TABLE n FROM t ==> (SELECT [] [a] t - - - [] - - - - - - (INTO TABLE n))
            SELECT a UNION SELECT b INTERSECT ALL SELECT c EXCEPT SELECT d ==> \
            (EXCEPT (UNION (SELECT [] [a]) (INTERSECT ALL (SELECT [] [b]) (SELECT [] [c]))) (SELECT [] [d]))
            (SELECT a LIMIT 1) UNION ALL (VALUES (1, 2), (3, 4)) ORDER BY 1 OFFSET 2 ROWS ==> \
            (ORDER BY (UNION ALL (ORDER BY (SELECT [] [a]) [] - 1) (VALUES (ROW 1 2) (ROW 3 4))) [1] 2)
            TABLE ONLY s.t ==> (TABLE (ONLY s.t))
            SELECT a ORDER BY b DESC NULLS LAST, c USING <, d ASC ==> \
            (ORDER BY (SELECT [] [a]) [(NULLS LAST (DESC b)) (USING c <) d])
            SELECT a FETCH FIRST ROW WITH TIES ==> (ORDER BY (SELECT [] [a]) [] - 1)
            SELECT a FROM t FOR NO KEY UPDATE OF t SKIP LOCKED LIMIT 1 FOR SHARE ==> \
            (LOCKING (ORDER BY (SELECT [] [a] t) [] - 1) [(FOR NO KEY UPDATE [t] SKIP LOCKED) (FOR SHARE [])])
            SELECT a GROUP BY DISTINCT b, (), ROLLUP (c, (d, e)), GROUPING SETS (CUBE (f), ()) ==> \
            (SELECT [] [a] - - [(GROUP BY DISTINCT b [] (ROLLUP c (ROW d e)) (GROUPING SETS (CUBE f)))])
            WITH a AS MATERIALIZED (DELETE FROM t RETURNING x) TABLE a ==> \
            (WITH [(WITH_ITEM a - (DELETE [t] - - - - [x]) false)] (TABLE a))
            WITH RECURSIVE r (n) AS (SELECT 1) SEARCH DEPTH FIRST BY n SET o CYCLE n SET c USING p TABLE r ==> \
            (WITH [(WITH_ITEM r [n] (CYCLE (SEARCH (SELECT [] [1]) [n] o) [n] c p) true)] (TABLE r))
            SELECT 1 FROM a, b JOIN c USING (d) AS j ==> \
            (SELECT [] [1] (COMMA-JOIN a false COMMA (JOIN ALIAS (JOIN b false INNER c USING [d]) j) NONE))
            SELECT 1 FROM a NATURAL LEFT JOIN b JOIN c JOIN d ON e ON f ==> \
            (SELECT [] [1] (JOIN (JOIN a true LEFT b NONE) false INNER (JOIN c false INNER d ON e) ON f))
            SELECT 1 FROM (a CROSS JOIN b) x (c, d) ==> (SELECT [] [1] (AS (JOIN a false CROSS b NONE) x c d))
            SELECT 1 FROM (SELECT 2) x, ((SELECT 3) UNION TABLE y) z, ((SELECT 4) v CROSS JOIN w) ==> \
            (SELECT [] [1] (COMMA-JOIN (COMMA-JOIN (AS (SELECT [] [2]) x) false COMMA \
            (AS (UNION (SELECT [] [3]) (TABLE y)) z) NONE) false COMMA (JOIN (AS (SELECT [] [4]) v) false CROSS w NONE) NONE))
            SELECT 1 FROM t * AS x TABLESAMPLE system (10) REPEATABLE (2) ==> \
            (SELECT [] [1] (TABLESAMPLE (AS t x) (system 10) 2))
            SELECT 1 FROM LATERAL f(a) WITH ORDINALITY x (b, c) ==> \
            (SELECT [] [1] (AS (LATERAL (WITH ORDINALITY (f a))) x b c))
            SELECT 1 FROM ROWS FROM (f() AS (a int), g()) z ==> \
            (SELECT [] [1] (AS (ROWS FROM (AS (f) f (COLUMN a `int`)) (g)) z))
            SELECT 1 FROM xmltable('/x' PASSING d COLUMNS a int PATH 'p' DEFAULT e, o FOR ORDINALITY) ==> \
            (SELECT [] [1] (TABLE OF (xmltable /x d p e) [(COLUMN a `int`) (COLUMN o)]))
            SELECT 1 FROM json_table(j, '$' COLUMNS (a int PATH '$.a', NESTED '$.b' COLUMNS (c text EXISTS))) t ==> \
            (SELECT [] [1] (AS (TABLE OF (json_table j $) [(COLUMN a `int`) (COLUMN c `text`)]) t))
            SELECT sum(a) OVER (w ORDER BY b) FROM t WINDOW w AS (PARTITION BY c ROWS 1 PRECEDING EXCLUDE TIES) ==> \
            (SELECT [] [(OVER (sum a) (WINDOW - w [] [b] false - - - EXCLUDE NO OTHER))] t - - - \
            [(WINDOW w - [c] [] true (PRECEDING 1) - - EXCLUDE TIES)])
            INSERT INTO t DEFAULT VALUES ==> (INSERT t)
            INSERT INTO t AS x (a, b[1], c.d) OVERRIDING USER VALUE VALUES (1, DEFAULT, 2) RETURNING *, a AS e ==> \
            (INSERT (AS t x) [a (ITEM b 1) (DOT c d)] (VALUES (ROW 1 (DEFAULT) 2)) - - [* (AS a e)])
            INSERT INTO t (SELECT 1) ON CONFLICT (a, (lower(b)) COLLATE c o) WHERE d DO UPDATE SET (e, f) = (1, 2) WHERE g ==> \
            (INSERT t - (SELECT [] [1]) - \
            (ON CONFLICT [a (OPERATOR CLASS (COLLATE (lower b) c) o)] d [(ASSIGN (ROW e f) (ROW 1 2))] g))
            INSERT INTO t TABLE s ON CONFLICT ON CONSTRAINT c DO NOTHING ==> (INSERT t - (TABLE s) - (ON CONFLICT))
            UPDATE ONLY t AS x SET a = 1, b[2] = DEFAULT, (c, d) = (SELECT 1, 2) FROM y, z WHERE e RETURNING f ==> \
            (UPDATE (AS (ONLY t) x) [(ASSIGN a 1) (ASSIGN (ITEM b 2) (DEFAULT)) (ASSIGN (ROW c d) (SELECT [] [1 2]))] \
            (COMMA-JOIN y false COMMA z NONE) e - - [f])
            UPDATE t AS set SET a = 1 ==> (UPDATE (AS t set) [(ASSIGN a 1)])
            UPDATE t SET a = 1 WHERE CURRENT OF c ==> (UPDATE t [(ASSIGN a 1)] - (CURRENT OF c))
            DELETE FROM t x USING y WHERE z RETURNING WITH (OLD AS o, NEW AS n) o.a ==> \
            (DELETE [(AS t x)] y z - - [(ROW NAMES [(AS old o) (AS new n)]) o.a])
            MERGE INTO t USING (SELECT 1) s ON a WHEN MATCHED AND b THEN UPDATE SET c = 1 WHEN MATCHED THEN DELETE \
            WHEN NOT MATCHED BY SOURCE THEN DO NOTHING WHEN NOT MATCHED THEN INSERT (d) VALUES (2) RETURNING * ==> \
            (MERGE t (AS (SELECT [] [1]) s) a [(WHEN b (UPDATE t [(ASSIGN c 1)])) (WHEN - (DELETE [t])) (WHEN) \
            (WHEN - (INSERT t [d] (VALUES (ROW 2))))] [*])
            """)
    void aStatementBecomesItsTree(String sql, String shape) {
        assertThat(Shape.of(sql)).isEqualTo(shape);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "==>", quoteCharacter = '#', textBlock = """
            count(*) ==> (count *)
            f(DISTINCT a, b ORDER BY c) FILTER (WHERE d) OVER e ==> (OVER (FILTER (ORDERED (f DISTINCT a b) [c]) d) e)
            percentile_cont(a) WITHIN GROUP (ORDER BY b) ==> (WITHIN GROUP (percentile_cont a) [b])
            s.f(a => 1, b := 2, VARIADIC c) ==> (s.f (=> 1 a) (=> 2 b) (VARIADIC c))
            f(t.*) ==> (f (ALL FIELDS t))
            left(a, 2) ==> (left a 2)
            CASE a WHEN b THEN c ELSE d END ==> (CASE a [b] [c] d)
            CASE WHEN a THEN b END ==> (CASE - [a] [b] null)
            ARRAY[[1, 2], [3]] ==> (ARRAY (ARRAY 1 2) (ARRAY 3))
            ARRAY(SELECT a) ==> (ARRAY (SELECT [] [a]))
            ROW() ==> (ROW)
            ROW(a) ==> (ROW a)
            (a, b) = (SELECT c, d) ==> (= (ROW a b) (SELECT [] [c d]))
            (a) ==> a
            ((SELECT a)) + ((1)) ==> (+ (SELECT [] [a]) 1)
            ((SELECT a) UNION SELECT b) ==> (UNION (SELECT [] [a]) (SELECT [] [b]))
            a IN ((SELECT b), 2) ==> (IN a [(SELECT [] [b]) 2])
            a IN ((SELECT b)) ==> (IN a (SELECT [] [b]))
            a = ANY (ARRAY[1]) ==> (QUANTIFIED = a (ARRAY 1))
            a OPERATOR(s.@@) SOME (VALUES (1)) ==> (QUANTIFIED OPERATOR(s.@@) a (VALUES (ROW 1)))
            a.b[1:2][:] ==> (SLICE (SLICE a.b 1 2))
            (f(a)).b.* ==> (ALL FIELDS (DOT (f a) b))
            $2[3].a ==> (DOT (ITEM ? 3) a)
            INTERVAL '1' DAY TO SECOND (2) ==> (CAST 1 `interval`)
            INTERVAL(3) '1' ==> (CAST 1 `interval(n)`)
            TIMESTAMP(3) WITH TIME ZONE 'x' AT TIME ZONE 'y' ==> (AT TIME ZONE (CAST x `timestamp(n) with time zone`) y)
            a::timestamp AT LOCAL ==> (AT TIME ZONE (CAST a `timestamp`))
            s.t 'x' ==> (CAST x `s`.`t`)
            a::double precision[] ==> (CAST a `double precision` ARRAY)
            CAST(a AS numeric(1, -2) ARRAY[3]) ==> (CAST a `numeric(n)` ARRAY)
            EXTRACT(year FROM a) ==> (extract year a)
            SUBSTRING(a FROM 1 FOR 2) ==> (substring a 1 2)
            SUBSTRING(a SIMILAR 'b' ESCAPE 'c') ==> (substring a b c)
            SUBSTRING(a, 1) ==> (substring a 1)
            OVERLAY(a PLACING b FROM 1) ==> (overlay a b 1)
            POSITION(a IN b) ==> (position a b)
            TRIM(LEADING a FROM b) ==> (trim a b)
            NORMALIZE(a, NFC) IS NFKD NORMALIZED ==> (IS NORMALIZED (normalize a))
            COLLATION FOR (a) ==> (collation a)
            COALESCE(a, 1) ==> (COALESCE a 1)
            GREATEST(a, NULLIF(b, c)) ==> (GREATEST a (NULLIF b c))
            CURRENT_TIMESTAMP(3) ==> (CURRENT_TIMESTAMP 3)
            a IS NOT JSON ARRAY WITH UNIQUE KEYS ==> (IS NOT JSON ARRAY a)
            XMLELEMENT(NAME a, XMLATTRIBUTES(b AS c, d), e) ==> (xmlelement a (=> b c) d e)
            XMLSERIALIZE(CONTENT a AS text INDENT) ==> (CAST (xmlserialize a) `text`)
            JSON_OBJECT('a' : 1, b VALUE c FORMAT JSON ABSENT ON NULL RETURNING jsonb) ==> (json_object a 1 b c)
            JSON_OBJECT(a, b) ==> (json_object a b)
            JSON_ARRAY(SELECT a RETURNING jsonb) ==> (json_array (SELECT [] [a]))
            JSON_VALUE(a, '$.x' PASSING b AS c RETURNING int DEFAULT 1 ON EMPTY ERROR ON ERROR) ==> (json_value a $.x b 1)
            JSON_QUERY(a, '$' WITH CONDITIONAL ARRAY WRAPPER OMIT QUOTES EMPTY ARRAY ON ERROR) ==> (json_query a $)
            JSON_ARRAYAGG(a ORDER BY b NULL ON NULL) FILTER (WHERE c) ==> (FILTER (ORDERED (json_arrayagg a) [b]) c)
            0x1F + 1_000 + 5. + .5 + 1e3 ==> (+ (+ (+ (+ 31 1000) 5.0) 0.5) 1E3)
            value + name.action ==> (+ value name.action)
            """)
    void anExpressionBecomesItsTree(String expression, String shape) {
        assertThat(Shape.ofValue(expression)).isEqualTo(shape);
    }
}
