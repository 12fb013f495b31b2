package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.Unreadable;
import java.util.Objects;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Tables joined, as far as they were read. MySQL lets a condition come after several joins: {@code a JOIN b JOIN c ON …
 * ON …}. The tree shows them from left to right all the same, with every condition on the last of them, where it sees
 * all their tables: which columns are read, and in what order, is the same.
 */
final class MySqlJoins {

    private @Nullable SqlNode left;
    private JoinType type = JoinType.INNER;
    private boolean natural;
    private boolean conditioned = true;
    /** How many joins have not had the condition they may have. */
    private int open;
    /** How many of them must have one. */
    private int owed;

    void begin(SqlNode table) {
        left = table;
    }

    void next(JoinType written, boolean isNatural) {
        type = written;
        natural = isNatural;
    }

    void table(SqlNode right) {
        left = join(Objects.requireNonNull(left), natural, type, right, JoinConditionType.NONE, null);
        conditioned = natural;
        if (!natural) {
            open++;
            owed += type == JoinType.INNER ? 0 : 1;
        }
    }

    boolean takesCondition() {
        return open > 0;
    }

    boolean takesColumns() {
        return !conditioned;
    }

    void on(SqlNode condition) {
        SqlJoin join = (SqlJoin) Objects.requireNonNull(left);
        SqlNode before = join.getCondition();
        boolean columns = join.getConditionType() == JoinConditionType.USING || join.isNatural();
        if (columns) {
            throw new Unreadable(
                    "conditions after USING", condition.getParserPosition().getColumnNum());
        }
        SqlNode whole = before == null
                ? condition
                : Nodes.call(SqlStdOperatorTable.AND, condition.getParserPosition(), before, condition);
        left = join(join.getLeft(), false, join.getJoinType(), join.getRight(), JoinConditionType.ON, whole);
        settle();
    }

    void using(SqlNodeList columns) {
        SqlJoin join = (SqlJoin) Objects.requireNonNull(left);
        left = join(join.getLeft(), false, join.getJoinType(), join.getRight(), JoinConditionType.USING, columns);
        settle();
    }

    private void settle() {
        open--;
        owed = Math.max(0, owed - 1);
        conditioned = true;
    }

    /** The tables joined, once no more joins come. */
    SqlNode done(MySqlLookahead words) {
        if (owed > 0) {
            throw words.unexpected();
        }
        return Objects.requireNonNull(left);
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

    private static SqlNode join(
            SqlNode left,
            boolean natural,
            JoinType type,
            SqlNode right,
            JoinConditionType conditionType,
            @Nullable SqlNode condition) {
        SqlParserPos position = left.getParserPosition();
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
