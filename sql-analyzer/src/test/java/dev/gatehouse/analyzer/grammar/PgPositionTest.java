package dev.gatehouse.analyzer.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Token;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every name of a tree leads back to its token. */
final class PgPositionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a, 'é😀', t.b AS c, s.f(d.e) FROM s.t AS u JOIN ONLY w USING (g) WHERE h[i] ->> j.k IS NULL",
                "WITH q (a) AS (SELECT b FROM c) SELECT \"D e\".f, x.* FROM q x GROUP BY g HAVING h WINDOW w AS (PARTITION BY i)",
                "INSERT INTO s.t AS u (a, b) VALUES (c, d) ON CONFLICT (e) DO UPDATE SET f = excluded.g RETURNING h AS i",
                "UPDATE t AS u SET (a, b) = (c, d), e[f] = g FROM h WHERE i.j = ANY (k) RETURNING l",
                "DELETE FROM t USING u WHERE a = $1 AND b(c) OVER (ORDER BY d)",
                "MERGE INTO t USING s ON a WHEN MATCHED AND b THEN UPDATE SET c = d WHEN NOT MATCHED THEN INSERT (e) VALUES (f)",
                "SELECT 1 FROM f(a) AS g (h int), LATERAL (SELECT b FROM c) d, xmltable('x' PASSING e COLUMNS i int)"
            })
    void everyNameStandsAtItsToken(String sql) {
        Map<Integer, Token> tokens = new HashMap<>();
        List<Token> read = PgLexer.read(sql.getBytes(StandardCharsets.UTF_8), true);
        read.forEach(token -> tokens.put(token.position(), token));
        assertThat(check(PgReader.read(read), tokens)).isGreaterThan(5);
    }

    private static int check(@Nullable SqlNode node, Map<Integer, Token> tokens) {
        int names = 0;
        if (node instanceof SqlIdentifier name) {
            for (int i = 0; i < name.names.size(); i++) {
                if (!name.names.get(i).isEmpty()) {
                    int position = name.getComponentParserPosition(i).getColumnNum();
                    Token token = Objects.requireNonNull(tokens.get(position), "no token");
                    assertThat(token.text()).isEqualTo(name.names.get(i));
                    names++;
                }
            }
        } else if (node instanceof SqlNodeList list) {
            names += list.stream().mapToInt(part -> check(part, tokens)).sum();
        } else if (node instanceof SqlCall call) {
            assertThat(tokens).containsKey(call.getParserPosition().getColumnNum());
            if (call.getOperator() instanceof SqlUnresolvedFunction function) {
                names += check(function.getSqlIdentifier(), tokens);
            }
            names += call.getOperandList().stream()
                    .mapToInt(part -> check(part, tokens))
                    .sum();
        }
        return names;
    }
}
