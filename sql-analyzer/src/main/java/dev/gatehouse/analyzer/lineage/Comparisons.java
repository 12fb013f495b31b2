package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.lineage.Frame.Source;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.firewall.statement.Table;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.jspecify.annotations.Nullable;

/** Tells what comparisons come to whatever the rows hold. */
final class Comparisons {

    /** Those that are true of equals, and false of no two others of them. */
    private static final Set<SqlKind> TRUE_OF_EQUALS = Set.of(
            SqlKind.EQUALS, SqlKind.LESS_THAN_OR_EQUAL, SqlKind.GREATER_THAN_OR_EQUAL, SqlKind.IS_NOT_DISTINCT_FROM);

    private final Lineage lineage;
    private final Frame frame;
    private final Arithmetic arithmetic;

    Comparisons(Lineage lineage, Frame frame) {
        this.lineage = lineage;
        this.frame = frame;
        this.arithmetic = new Arithmetic(lineage, frame);
    }

    /**
     * What a comparison comes to.
     *
     * @param denied whether its opposite is asked for
     * @return null where that is not certain
     */
    @Nullable
    Worth worth(SqlCall call, boolean denied) {
        return switch (call.getKind()) {
            case EQUALS,
                    NOT_EQUALS,
                    LESS_THAN,
                    LESS_THAN_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM -> compared(call, denied);
            case IN, NOT_IN ->
                isAmong(call.operand(0), call.operand(1))
                        ? Worth.certain((call.getKind() == SqlKind.IN) != denied)
                        : null;
            case BETWEEN -> isBetweenItself(call) ? Worth.certain(isNegated(call) == denied) : null;
            case LIKE -> isLikeAnything(call) ? Worth.certain(isNegated(call) == denied) : null;
            case IS_NOT_NULL -> isNeverNull(call.operand(0)) ? Worth.certain(!denied) : null;
            case IS_NULL -> isNeverNull(call.operand(0)) ? Worth.certain(denied) : null;
            default -> Form.QUANTIFIED.is(call) && isOneOf(call) ? Worth.certain(!denied) : null;
        };
    }

    private @Nullable Worth compared(SqlCall call, boolean denied) {
        SqlNode left = arithmetic.reduced(call.operand(0));
        SqlNode right = arithmetic.reduced(call.operand(1));
        if (left instanceof SqlLiteral one && right instanceof SqlLiteral other) {
            return constants(call.getKind(), one, other, denied);
        }
        return arithmetic.same(left, right) ? Worth.certain(TRUE_OF_EQUALS.contains(call.getKind()) != denied) : null;
    }

    /** Two constants compared: that they differ is certain only where they are of one type. */
    private @Nullable Worth constants(SqlKind kind, SqlLiteral left, SqlLiteral right, boolean denied) {
        lineage.findings.exact();
        if (Conditions.isNull(left) || Conditions.isNull(right)) {
            return Worth.FALSE;
        }
        Object one = left.getValue();
        Object other = right.getValue();
        if (one instanceof BigDecimal number && other instanceof BigDecimal second) {
            return Worth.certain(holds(kind, number.compareTo(second)) != denied);
        }
        if (one instanceof Boolean truth && other instanceof Boolean second) {
            return Worth.certain(holds(kind, truth.compareTo(second)) != denied);
        }
        return Objects.equals(one, other) ? Worth.certain(TRUE_OF_EQUALS.contains(kind) != denied) : null;
    }

    private static boolean holds(SqlKind kind, int order) {
        return switch (kind) {
            case EQUALS, IS_NOT_DISTINCT_FROM -> order == 0;
            case LESS_THAN -> order < 0;
            case LESS_THAN_OR_EQUAL -> order <= 0;
            case GREATER_THAN -> order > 0;
            case GREATER_THAN_OR_EQUAL -> order >= 0;
            default -> order != 0;
        };
    }

    /** {@code x in (1, x)}, {@code x in (select x)}, {@code x in (select x from the same table)}. */
    private boolean isAmong(SqlNode value, SqlNode several) {
        if (several instanceof SqlNodeList list) {
            return list.getList().stream().anyMatch(element -> arithmetic.same(value, element));
        }
        SqlNode item = Arithmetic.item(several);
        return item == null ? isItsOwnColumn(value, several) : arithmetic.same(value, item);
    }

    /** {@code x = any (array[x])}; that it is not ALL is not in the tree, so that each element has to be the same. */
    private boolean isOneOf(SqlCall quantified) {
        if (!Form.word(quantified.operand(0)).equals("=")) {
            return false;
        }
        SqlNode value = quantified.operand(1);
        SqlNode several = quantified.operand(2);
        if (several.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
            List<SqlNode> elements = ((SqlCall) several).getOperandList();
            return !elements.isEmpty() && elements.stream().allMatch(element -> arithmetic.same(value, element));
        }
        return Queries.isQuery(several) && isAmong(value, several);
    }

    /** Whether a query gives all values the column has, as it reads all rows of the column's own table. */
    private boolean isItsOwnColumn(SqlNode value, SqlNode query) {
        boolean plain = query instanceof SqlSelect select
                && select.getWhere() == null
                && select.getGroup() == null
                && select.getHaving() == null
                && select.getSelectList().size() == 1;
        if (!plain || !(value instanceof SqlIdentifier column)) {
            return false;
        }
        SqlSelect select = (SqlSelect) query;
        Source owner = lineage.columns.owner(column, frame);
        return owner != null
                && owner.table() != null
                && select.getSelectList().get(0) instanceof SqlIdentifier item
                && lineage.columns.haveSameName(column, item)
                && owner.table().equals(plainTable(select.getFrom()));
    }

    /** The table a FROM clause reads where it reads all rows of one and nothing else; null where it does not. */
    private @Nullable Table plainTable(@Nullable SqlNode from) {
        SqlNode node = from != null && from.getKind() == SqlKind.AS ? ((SqlCall) from).operand(0) : from;
        if (!(node instanceof SqlIdentifier name)
                || (name.isSimple() && frame.query(lineage.rules.tableKey(name.getSimple())) != null)) {
            return null;
        }
        Expansion relation = lineage.vocabulary.relation(name.names);
        return relation == null ? lineage.vocabulary.unknown(name.names) : relation.table();
    }

    /** {@code x between x and x}. */
    private boolean isBetweenItself(SqlCall call) {
        return call.getOperandList().stream().allMatch(operand -> arithmetic.same(operand, call.operand(0)));
    }

    private boolean isLikeAnything(SqlCall like) {
        if (!(like.operand(1) instanceof SqlLiteral pattern) || like.operandCount() != 2) {
            return false;
        }
        lineage.findings.exact();
        String text = pattern.toValue();
        return text != null && !text.isEmpty() && text.chars().allMatch(c -> c == '%');
    }

    private static boolean isNegated(SqlCall call) {
        return (call.getOperator() instanceof SqlBetweenOperator between && between.isNegated())
                || (call.getOperator() instanceof SqlLikeOperator like && like.isNegated());
    }

    private boolean isNeverNull(SqlNode node) {
        return switch (node.getKind()) {
            case LITERAL -> !Conditions.isNull(node);
            case COALESCE -> ((SqlCall) node).getOperandList().stream().anyMatch(this::isNeverNull);
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, EXISTS -> true;
            default -> false;
        };
    }
}
