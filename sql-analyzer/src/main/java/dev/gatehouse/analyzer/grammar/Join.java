package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.Unreadable;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A join as far as it was read. */
final class Join {

    private final Token first;
    private JoinType type = JoinType.INNER;
    private boolean natural;

    Join(Token first) {
        this.first = first;
    }

    /** Whether a join goes on here. */
    static boolean begins(PgToken token) {
        return token.isWord("join")
                || token.isWord("natural")
                || token.isWord("cross")
                || token.isWord("inner")
                || token.isWord("left")
                || token.isWord("right")
                || token.isWord("full");
    }

    void natural() {
        natural = true;
    }

    void type(JoinType written) {
        if (natural && written == JoinType.CROSS) {
            throw new Unreadable("NATURAL CROSS JOIN", first.beginColumn);
        }
        type = written;
    }

    boolean needsCondition() {
        return !natural && type != JoinType.CROSS;
    }

    SqlNode node(SqlParserPos position, SqlNode left, SqlNode right) {
        return join(position, left, right, JoinConditionType.NONE, null);
    }

    SqlNode on(SqlParserPos position, SqlNode left, SqlNode right, SqlNode condition) {
        return join(position, left, right, JoinConditionType.ON, condition);
    }

    SqlNode using(SqlParserPos position, SqlNode left, SqlNode right, SqlNodeList columns) {
        return join(position, left, right, JoinConditionType.USING, columns);
    }

    /** Tables with a comma between them. */
    static SqlNode comma(SqlParserPos position, SqlNode left, SqlNode right) {
        return new SqlJoin(
                position,
                left,
                SqlLiteral.createBoolean(false, position),
                JoinType.COMMA.symbol(position),
                right,
                JoinConditionType.NONE.symbol(position),
                null);
    }

    private SqlNode join(
            SqlParserPos position,
            SqlNode left,
            SqlNode right,
            JoinConditionType conditionType,
            @Nullable SqlNode condition) {
        return new SqlJoin(
                position,
                left,
                SqlLiteral.createBoolean(natural, position),
                type.symbol(position),
                right,
                conditionType.symbol(position),
                condition);
    }
}
