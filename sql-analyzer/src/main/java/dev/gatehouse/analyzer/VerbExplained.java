package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Output;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows of PostgreSQL's EXPLAIN. The costs of a plan tell how wide and how frequent values are, and how it went tells how
 * much memory they took. The plan alone does not depend on values that only come out of it.
 */
final class VerbExplained {

    private static final Set<String> OFF = Set.of("off", "false", "0");

    private VerbExplained() {}

    /**
     * What the rows are made of.
     *
     * @param columns what they are called
     * @param explained the command whose plan is told
     * @param tokens the whole text of EXPLAIN
     */
    static List<Output> rows(List<String> columns, Command explained, List<Token> tokens) {
        Set<Column> origins = new HashSet<>();
        if (!isPlanAlone(new Cursor(tokens))) {
            for (Effect effect : explained.effects()) {
                if (effect instanceof Effect.Uses uses && uses.use() != Effect.Use.WRITTEN) {
                    origins.add(uses.column());
                }
            }
        }
        return columns.stream()
                .map(name -> new Output(name, origins, explained.complete(), origins.isEmpty()))
                .toList();
    }

    /** Whether it is {@code EXPLAIN (COSTS OFF, …)}, and the command is not run. */
    private static boolean isPlanAlone(Cursor cursor) {
        cursor.next();
        boolean alone = false;
        if (!cursor.acceptMark("(")) {
            return false;
        }
        while (!cursor.atEnd() && !cursor.atMark(")")) {
            if (cursor.atWord("analyze") || cursor.atWord("analyse")) {
                return false;
            }
            boolean costs = cursor.atWord("costs");
            cursor.next();
            alone = costs ? OFF.contains(cursor.peek().text()) : alone;
        }
        return alone;
    }
}
