package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.firewall.statement.Command.Where;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
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

    private static final Set<SqlKind> PLAIN = EnumSet.of(
            SqlKind.EQUALS,
            SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN,
            SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN,
            SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.IN,
            SqlKind.NOT_IN,
            SqlKind.BETWEEN);

    /** More pairs than these are not compared; there may be an opposite among them. */
    private static final long MOST_PAIRS = 1_000_000;

    private final Lineage lineage;
    private final Frame frame;
    private final Mode mode;
    private final Comparisons comparisons;

    Conditions(Lineage lineage, Frame frame) {
        this(lineage, frame, Mode.PREDICATE);
    }

    /** @param mode what becomes of the values in the condition */
    Conditions(Lineage lineage, Frame frame, Mode mode) {
        this.lineage = lineage;
        this.frame = frame;
        this.mode = mode;
        this.comparisons = new Comparisons(lineage, frame);
    }

    /** Follows the condition and notes what it is worth. */
    void restrict(@Nullable SqlNode where) {
        if (where == null) {
            lineage.findings.where(Where.MISSING);
        } else if (Form.CURRENT_OF.is(where)) {
            lineage.census.pass(where);
            lineage.findings.where(Where.PRESENT);
        } else {
            lineage.findings.where(worth(where).restricts() ? Where.PRESENT : Where.ALWAYS_TRUE);
        }
    }

    static boolean isNull(SqlNode node) {
        return node instanceof SqlLiteral literal && literal.getValue() == null;
    }

    /** Follows a condition and tells what it is worth; of most, literals decide: {@code x = 1 or x <> 1}. */
    Worth worth(SqlNode condition) {
        if (!isPlain(condition)) {
            lineage.findings.exact();
        }
        return worth(condition, false);
    }

    /** Whether a condition only compares columns with values, so that whichever values these are, it is worth the same. */
    private static boolean isPlain(SqlNode node) {
        if (!(node instanceof SqlCall call)) {
            return false;
        }
        if (node.getKind() == SqlKind.AND) {
            return call.getOperandList().stream().allMatch(Conditions::isPlain);
        }
        return PLAIN.contains(node.getKind())
                && call.operand(0) instanceof SqlIdentifier
                && call.getOperandList().stream().skip(1).allMatch(Conditions::isValue);
    }

    private static boolean isValue(SqlNode node) {
        return node instanceof SqlLiteral
                || node instanceof SqlDynamicParam
                || node instanceof SqlIdentifier
                || (node instanceof SqlNodeList list && list.getList().stream().allMatch(Conditions::isValue));
    }

    private Worth worth(SqlNode node, boolean denied) {
        SqlNode item = Arithmetic.item(node);
        if (item != null) {
            lineage.expressions.value(node, frame, mode);
            return worth(item, denied);
        }
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
            case COALESCE -> coalesced((SqlCall) node, denied);
            case EXISTS -> exists((SqlCall) node, denied);
            case CASE -> chosen((SqlCase) node, denied);
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
        boolean depends = depends(node);
        Worth certain = node instanceof SqlCall call ? comparisons.worth(call, denied) : null;
        return certain != null ? certain : depends ? Worth.OPEN : Worth.SAME;
    }

    /** Follows a part of the condition, and tells whether it names the rows that are changed. */
    private boolean depends(SqlNode node) {
        int before = frame.targetHits();
        lineage.expressions.value(node, frame, mode);
        return frame.targetHits() > before;
    }

    /** The first value that is not null, so that the others are for nulls. */
    private Worth coalesced(SqlCall coalesce, boolean denied) {
        Worth first = null;
        for (SqlNode operand : coalesce.getOperandList()) {
            Worth worth = worth(operand, denied);
            first = first == null && !isNull(operand) ? worth : first;
        }
        return first == null ? Worth.FALSE : first;
    }

    private Worth exists(SqlCall exists, boolean denied) {
        boolean depends = depends(exists);
        SqlSelect select = Arithmetic.tableless(exists.operand(0));
        if (select == null) {
            return depends ? Worth.OPEN : Worth.SAME;
        }
        return select.getWhere() == null ? Worth.certain(!denied) : worth(select.getWhere(), denied);
    }

    private Worth chosen(SqlCase cases, boolean denied) {
        if (cases.getValueOperand() != null) {
            return compared(cases, denied);
        }
        List<Worth> reachable = new ArrayList<>();
        boolean depends = false;
        boolean decided = false;
        for (int i = 0; i < cases.getWhenOperands().size(); i++) {
            Worth when = worth(cases.getWhenOperands().get(i), false);
            Worth then = worth(cases.getThenOperands().get(i), denied);
            if (!decided && when != Worth.FALSE) {
                reachable.add(then);
                depends |= when == Worth.OPEN;
                decided = when == Worth.TRUE;
            }
        }
        SqlNode other = cases.getElseOperand();
        Worth otherwise = other == null ? Worth.FALSE : worth(other, denied);
        if (!decided) {
            reachable.add(otherwise);
        }
        boolean alike = reachable.stream().allMatch(reachable.get(0)::equals);
        return alike ? reachable.get(0) : depends || reachable.contains(Worth.OPEN) ? Worth.OPEN : Worth.SAME;
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
