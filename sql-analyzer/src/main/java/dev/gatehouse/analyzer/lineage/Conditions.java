package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.firewall.statement.Command.Where;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the condition of an UPDATE or DELETE is worth: whether, as far as its text shows, some row of the target can
 * fail it. That a value may be null is left aside: {@code x = x} counts as true.
 */
final class Conditions {

    private static final Map<SqlKind, SqlKind> OPPOSITES = Map.of(
            SqlKind.IS_NULL, SqlKind.IS_NOT_NULL,
            SqlKind.EQUALS, SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN, SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN, SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.IS_TRUE, SqlKind.IS_NOT_TRUE,
            SqlKind.IS_FALSE, SqlKind.IS_NOT_FALSE,
            SqlKind.IN, SqlKind.NOT_IN);

    /** More pairs than these are not compared; there may be an opposite among them. */
    private static final long MOST_PAIRS = 1_000_000;

    /** What a condition is worth. */
    private enum Worth {
        /** No row fails it. */
        TRUE,
        /** Every row fails it. */
        FALSE,
        /** It is the same for every row, and it may be true. */
        SAME,
        /** It depends on the row. */
        OPEN
    }

    private final Lineage lineage;
    private final Frame frame;

    Conditions(Lineage lineage, Frame frame) {
        this.lineage = lineage;
        this.frame = frame;
    }

    /** Follows the condition and notes what it is worth. */
    void restrict(@Nullable SqlNode where) {
        if (where == null) {
            lineage.findings.where(Where.MISSING);
        } else if (Form.CURRENT_OF.is(where)) {
            lineage.census.pass(where);
            lineage.findings.where(Where.PRESENT);
        } else {
            Worth worth = worth(where, false);
            boolean restricts = worth == Worth.OPEN || worth == Worth.FALSE;
            lineage.findings.where(restricts ? Where.PRESENT : Where.ALWAYS_TRUE);
        }
    }

    static boolean isNull(SqlNode node) {
        return node instanceof SqlLiteral literal && literal.getValue() == null;
    }

    private Worth worth(SqlNode node, boolean denied) {
        return switch (node.getKind()) {
            case NOT -> worth(((SqlCall) node).operand(0), !denied);
            case AND, OR -> {
                boolean or = (node.getKind() == SqlKind.OR) != denied;
                yield or ? either(node, denied) : both(node, denied);
            }
            case IS_TRUE -> truth(node, false, denied);
            case IS_NOT_TRUE -> truth(node, false, !denied);
            case IS_FALSE -> truth(node, true, denied);
            case IS_NOT_FALSE -> truth(node, true, !denied);
            case LITERAL -> constant((SqlLiteral) node, denied);
            default -> compared(node, denied);
        };
    }

    private Worth both(SqlNode and, boolean denied) {
        List<Worth> worths =
                sides(and).stream().map(side -> worth(side, denied)).toList();
        return first(worths, Worth.FALSE, Worth.OPEN, Worth.SAME, Worth.TRUE);
    }

    private Worth either(SqlNode or, boolean denied) {
        List<SqlNode> sides = sides(or);
        List<Worth> worths = sides.stream().map(side -> worth(side, denied)).toList();
        return haveOpposites(sides) ? Worth.TRUE : first(worths, Worth.TRUE, Worth.SAME, Worth.OPEN, Worth.FALSE);
    }

    private static Worth first(List<Worth> worths, Worth... order) {
        for (Worth worth : order) {
            if (worths.contains(worth)) {
                return worth;
            }
        }
        return Worth.SAME;
    }

    /** All that a chain of the same operator puts together. */
    private static List<SqlNode> sides(SqlNode chain) {
        List<SqlNode> sides = new ArrayList<>();
        collect(chain, chain.getKind(), sides);
        return sides;
    }

    private static void collect(SqlNode node, SqlKind operator, List<SqlNode> sides) {
        if (node.getKind() == operator) {
            ((SqlCall) node).getOperandList().forEach(side -> collect(side, operator, sides));
        } else {
            sides.add(node);
        }
    }

    /**
     * A test for truth or falsehood, which null does not pass, and passes when denied.
     *
     * @param ofFalse whether it is for falsehood
     */
    private Worth truth(SqlNode test, boolean ofFalse, boolean denied) {
        Worth worth = worth(((SqlCall) test).operand(0), ofFalse != denied);
        return denied && worth == Worth.FALSE ? Worth.SAME : worth;
    }

    private Worth constant(SqlLiteral literal, boolean denied) {
        Object value = literal.getValue();
        if (value == null) {
            return Worth.FALSE;
        }
        if (value instanceof Boolean truth) {
            return truth == denied ? Worth.FALSE : Worth.TRUE;
        }
        if (value instanceof BigDecimal number) {
            lineage.findings.exact();
            return (number.signum() == 0) == denied ? Worth.TRUE : Worth.FALSE;
        }
        return Worth.SAME;
    }

    private Worth compared(SqlNode node, boolean denied) {
        int before = frame.targetHits();
        lineage.expressions.value(node, frame, Mode.PREDICATE);
        boolean depends = frame.targetHits() > before;
        if (!(node instanceof SqlCall call)) {
            return depends ? Worth.OPEN : Worth.SAME;
        }
        SqlKind kind = node.getKind();
        if (!depends) {
            boolean equality = kind == SqlKind.EQUALS || kind == SqlKind.NOT_EQUALS;
            return equality && call.operand(0) instanceof SqlLiteral one && call.operand(1) instanceof SqlLiteral other
                    ? constants(one, other, (kind == SqlKind.NOT_EQUALS) != denied)
                    : Worth.SAME;
        }
        return switch (kind) {
            case EQUALS, LESS_THAN_OR_EQUAL, GREATER_THAN_OR_EQUAL, IS_NOT_DISTINCT_FROM ->
                sameOperands(call) ? certain(!denied) : Worth.OPEN;
            case NOT_EQUALS, LESS_THAN, GREATER_THAN, IS_DISTINCT_FROM ->
                sameOperands(call) ? certain(denied) : Worth.OPEN;
            case IN, NOT_IN -> isAmong(call) ? certain((kind == SqlKind.IN) != denied) : Worth.OPEN;
            case BETWEEN -> isBetweenItself(call) ? certain(isNegated(call) == denied) : Worth.OPEN;
            default -> Worth.OPEN;
        };
    }

    private static Worth certain(boolean truth) {
        return truth ? Worth.TRUE : Worth.FALSE;
    }

    /** Two constants compared: that they differ is certain only where they are of one type. */
    private Worth constants(SqlLiteral left, SqlLiteral right, boolean different) {
        lineage.findings.exact();
        if (isNull(left) || isNull(right)) {
            return Worth.FALSE;
        }
        if (left.equals(right)) {
            return certain(!different);
        }
        boolean comparable = left.getValue() instanceof BigDecimal && right.getValue() instanceof BigDecimal;
        return comparable ? certain(different) : Worth.SAME;
    }

    private static boolean sameOperands(SqlCall call) {
        return call.operand(0).equalsDeep(call.operand(1), Litmus.IGNORE);
    }

    /** {@code x in (1, x)}. */
    private static boolean isAmong(SqlCall call) {
        if (call.operand(1) instanceof Iterable<?> list) {
            for (Object element : list) {
                if (element instanceof SqlNode node && node.equalsDeep(call.operand(0), Litmus.IGNORE)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@code x between x and x}. */
    private static boolean isBetweenItself(SqlCall call) {
        return call.getOperandList().stream().allMatch(operand -> operand.equalsDeep(call.operand(0), Litmus.IGNORE));
    }

    private static boolean isNegated(SqlCall between) {
        return between.getOperator() instanceof SqlBetweenOperator operator && operator.isNegated();
    }

    /** Whether two of these cannot both be false: {@code x is null or x is not null} and the like. */
    private static boolean haveOpposites(List<SqlNode> sides) {
        for (Map.Entry<SqlKind, SqlKind> pair : OPPOSITES.entrySet()) {
            List<SqlNode> ones = of(pair.getKey(), sides);
            List<SqlNode> others = of(pair.getValue(), sides);
            if ((long) ones.size() * others.size() > MOST_PAIRS) {
                return true;
            }
            for (SqlNode one : ones) {
                for (SqlNode other : others) {
                    List<SqlNode> operands = ((SqlCall) one).getOperandList();
                    if (SqlNode.equalDeep(operands, ((SqlCall) other).getOperandList(), Litmus.IGNORE)) {
                        return true;
                    }
                }
            }
        }
        return deny(of(SqlKind.NOT, sides), sides);
    }

    private static boolean deny(List<SqlNode> denials, List<SqlNode> sides) {
        if ((long) denials.size() * sides.size() > MOST_PAIRS) {
            return true;
        }
        for (SqlNode denial : denials) {
            SqlNode denied = ((SqlCall) denial).operand(0);
            if (sides.stream().anyMatch(side -> side.equalsDeep(denied, Litmus.IGNORE))) {
                return true;
            }
        }
        return false;
    }

    private static List<SqlNode> of(SqlKind kind, List<SqlNode> sides) {
        return sides.stream().filter(side -> side.getKind() == kind).toList();
    }
}
