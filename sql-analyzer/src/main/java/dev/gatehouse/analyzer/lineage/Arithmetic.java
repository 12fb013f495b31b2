package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.tree.Form;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/** Makes expressions simpler, as far as they mean the same whatever the rows hold, and tells which are the same. */
final class Arithmetic {

    /** No longer numbers are computed with. */
    private static final int MOST_DIGITS = 100;

    private final Lineage lineage;
    private final Frame frame;

    Arithmetic(Lineage lineage, Frame frame) {
        this.lineage = lineage;
        this.frame = frame;
    }

    /** The only value of a query that has one row whatever tables hold: {@code (select x)}. */
    static @Nullable SqlNode item(SqlNode node) {
        if (node.getKind() == SqlKind.SCALAR_QUERY) {
            return item(((SqlCall) node).operand(0));
        }
        SqlSelect select = tableless(node);
        if (select == null
                || select.getWhere() != null
                || select.getSelectList().size() != 1) {
            return null;
        }
        SqlNode item = select.getSelectList().get(0);
        if (item.getKind() == SqlKind.AS) {
            return ((SqlCall) item).operand(0);
        }
        return item instanceof SqlIdentifier name && name.isStar() ? null : item;
    }

    /** A query of one row at most, which reads no table; null where it is another. */
    static @Nullable SqlSelect tableless(SqlNode node) {
        return node instanceof SqlSelect select
                        && select.getFrom() == null
                        && select.getGroup() == null
                        && select.getHaving() == null
                ? select
                : null;
    }

    /** Whether two expressions have the same value in each row. */
    boolean same(SqlNode one, SqlNode other) {
        return alike(reduced(one), reduced(other));
    }

    private boolean alike(SqlNode one, SqlNode other) {
        if (one instanceof SqlIdentifier name && other instanceof SqlIdentifier second) {
            return name.equalsDeep(second, Litmus.IGNORE) || lineage.columns.areSame(name, second, frame);
        }
        if (one instanceof SqlNodeList list && other instanceof SqlNodeList second) {
            return pairwise(list.getList(), second.getList());
        }
        boolean calls = one instanceof SqlCall && other instanceof SqlCall;
        if (!calls || Queries.isQuery(one) || ((SqlCall) one).getFunctionQuantifier() != null) {
            return one.equalsDeep(other, Litmus.IGNORE);
        }
        SqlCall call = (SqlCall) one;
        SqlCall second = (SqlCall) other;
        return call.getKind() == second.getKind()
                && call.getOperator().getName().equals(second.getOperator().getName())
                && second.getFunctionQuantifier() == null
                && pairwise(call.getOperandList(), second.getOperandList());
    }

    private boolean pairwise(List<? extends @Nullable SqlNode> ones, List<? extends @Nullable SqlNode> others) {
        if (ones.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < ones.size(); i++) {
            SqlNode one = ones.get(i);
            SqlNode other = others.get(i);
            boolean same = (one == null || other == null) ? one == other : same(one, other);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** An expression of the same value, if a simpler one is known. */
    SqlNode reduced(SqlNode node) {
        lineage.step(node);
        SqlNode item = item(node);
        if (item != null) {
            return reduced(item);
        }
        if (!(node instanceof SqlCall call)) {
            return node;
        }
        return switch (node.getKind()) {
            case PLUS_PREFIX -> reduced(call.operand(0));
            case MINUS_PREFIX -> {
                BigDecimal number = number(reduced(call.operand(0)));
                yield number == null ? node : literal(number.negate(), node);
            }
            case PLUS, MINUS, TIMES, DIVIDE -> call.operandCount() == 2 ? computed(call) : node;
            case CAST -> {
                SqlNode value = reduced(call.operand(0));
                yield value instanceof SqlLiteral ? value : node;
            }
            case COALESCE -> first(call);
            default -> Form.COLLATE.is(call) ? reduced(call.operand(0)) : node;
        };
    }

    /** What a COALESCE comes to where its parts are not null. */
    private SqlNode first(SqlCall coalesce) {
        for (SqlNode operand : coalesce.getOperandList()) {
            SqlNode value = reduced(operand);
            if (!Conditions.isNull(value)) {
                return value;
            }
        }
        return coalesce.operand(0);
    }

    private SqlNode computed(SqlCall call) {
        SqlNode left = reduced(call.operand(0));
        SqlNode right = reduced(call.operand(1));
        BigDecimal one = number(left);
        BigDecimal other = number(right);
        if (one != null && other != null && call.getKind() != SqlKind.DIVIDE) {
            return literal(result(call.getKind(), one, other), call);
        }
        return switch (call.getKind()) {
            case TIMES -> is(one, 0) || is(other, 1) ? left : is(other, 0) || is(one, 1) ? right : call;
            case PLUS -> is(other, 0) ? left : is(one, 0) ? right : call;
            case MINUS -> is(other, 0) ? left : alike(left, right) ? literal(BigDecimal.ZERO, call) : call;
            case DIVIDE -> is(one, 0) || is(other, 1) ? left : call;
            default -> call;
        };
    }

    private static BigDecimal result(SqlKind operator, BigDecimal one, BigDecimal other) {
        return operator == SqlKind.PLUS
                ? one.add(other)
                : operator == SqlKind.MINUS ? one.subtract(other) : one.multiply(other);
    }

    private static boolean is(@Nullable BigDecimal number, int value) {
        return number != null && number.compareTo(BigDecimal.valueOf(value)) == 0;
    }

    private static SqlNode literal(BigDecimal number, SqlNode place) {
        return SqlLiteral.createExactNumeric(number.toPlainString(), place.getParserPosition());
    }

    /** The number a literal is; null where it is none, or too long. */
    private @Nullable BigDecimal number(SqlNode node) {
        if (!(node instanceof SqlLiteral literal) || !(literal.getValue() instanceof BigDecimal)) {
            return null;
        }
        lineage.findings.exact();
        BigDecimal number = Objects.requireNonNull(literal.bigDecimalValue());
        boolean fits = number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
        return fits ? number : null;
    }
}
