package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.tree.Form;
import java.util.EnumSet;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlCase;

/** The names of result columns that have no alias. */
final class Figures {

    /** What PostgreSQL calls a column whose expression gives no name. */
    private static final String NAMELESS = "?column?";

    /** The same of a CASE. */
    private static final String CASE = "case";

    /** Operators; they give no name. */
    private static final Set<SqlKind> OPERATORS = EnumSet.of(
            SqlKind.AND,
            SqlKind.OR,
            SqlKind.NOT,
            SqlKind.EQUALS,
            SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN,
            SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN,
            SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.IS_NULL,
            SqlKind.IS_NOT_NULL,
            SqlKind.IS_TRUE,
            SqlKind.IS_NOT_TRUE,
            SqlKind.IS_FALSE,
            SqlKind.IS_NOT_FALSE,
            SqlKind.IS_DISTINCT_FROM,
            SqlKind.IS_NOT_DISTINCT_FROM,
            SqlKind.IN,
            SqlKind.NOT_IN,
            SqlKind.BETWEEN,
            SqlKind.LIKE,
            SqlKind.SIMILAR,
            SqlKind.PLUS,
            SqlKind.MINUS,
            SqlKind.TIMES,
            SqlKind.DIVIDE,
            SqlKind.MOD,
            SqlKind.PLUS_PREFIX,
            SqlKind.MINUS_PREFIX);

    private Figures() {}

    /** The name a dialect gives a column by its expression; {@link Rowset#UNNAMED} where that is not certain. */
    static String of(SqlNode node, Rules rules) {
        if (node instanceof SqlIdentifier name) {
            return name.names.get(name.names.size() - 1);
        }
        return rules.figured() && node instanceof SqlCall call ? figure(call, rules) : Rowset.UNNAMED;
    }

    private static String figure(SqlCall call, Rules rules) {
        return switch (call.getKind()) {
            case CAST -> casted(of(call.operand(0), rules));
            case ITEM, OVER, FILTER, WITHIN_GROUP -> of(call.operand(0), rules);
            case DOT -> of(call.operand(1), rules);
            case EXISTS -> "exists";
            case COALESCE -> "coalesce";
            case NULLIF -> "nullif";
            case GREATEST, GREATEST_PG -> "greatest";
            case LEAST, LEAST_PG -> "least";
            case GROUPING -> "grouping";
            case ARRAY_VALUE_CONSTRUCTOR, ARRAY_QUERY_CONSTRUCTOR -> "array";
            case ROW -> "row";
            case CASE -> chosen((SqlCase) call, rules);
            default -> {
                if (Form.COLLATE.is(call) || Form.SLICE.is(call) || Form.ORDERED.is(call)) {
                    yield of(call.operand(0), rules);
                }
                if (OPERATORS.contains(call.getKind())
                        || Form.QUANTIFIED.is(call)
                        || isMarks(call.getOperator().getName())) {
                    yield NAMELESS;
                }
                yield Calls.isCall(call) ? Calls.last(call) : Rowset.UNNAMED;
            }
        };
    }

    /** A CASE is named by its last choice, if that has a name that is not the type of a cast. */
    private static String chosen(SqlCase cases, Rules rules) {
        SqlNode last = cases.getElseOperand();
        return last == null || last instanceof SqlLiteral
                ? CASE
                : last instanceof SqlIdentifier ? of(last, rules) : Rowset.UNNAMED;
    }

    /** A cast of what has no name of its own is named after the type. */
    private static String casted(String name) {
        return name.equals(NAMELESS) || name.equals(CASE) ? Rowset.UNNAMED : name;
    }

    /** Whether it is an operator that PostgreSQL's grammar has no word for. */
    private static boolean isMarks(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> "+-*/<>=~!@#%^&|`?".indexOf(c) >= 0);
    }
}
