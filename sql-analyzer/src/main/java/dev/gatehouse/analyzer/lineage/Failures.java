package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.lineage.Routine.Trait;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.firewall.statement.Effect.Volatility;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/**
 * Tells which operators and casts may fail by the values they are given: {@code 1 / (x - 5)} asks whether x is 5, whatever
 * becomes of its result. Those that are not known to have a result for every value may.
 */
final class Failures {

    private static final Set<SqlKind> NEVER = EnumSet.of(
            SqlKind.AND,
            SqlKind.OR,
            SqlKind.NOT,
            SqlKind.EQUALS,
            SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN,
            SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN,
            SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.IN,
            SqlKind.NOT_IN,
            SqlKind.BETWEEN,
            SqlKind.IS_NULL,
            SqlKind.IS_NOT_NULL,
            SqlKind.IS_TRUE,
            SqlKind.IS_NOT_TRUE,
            SqlKind.IS_FALSE,
            SqlKind.IS_NOT_FALSE,
            SqlKind.IS_UNKNOWN,
            SqlKind.IS_DISTINCT_FROM,
            SqlKind.IS_NOT_DISTINCT_FROM,
            SqlKind.ROW,
            SqlKind.ARRAY_VALUE_CONSTRUCTOR,
            SqlKind.ARRAY_QUERY_CONSTRUCTOR,
            SqlKind.NULLIF,
            SqlKind.GREATEST,
            SqlKind.GREATEST_PG,
            SqlKind.LEAST,
            SqlKind.LEAST_PG,
            SqlKind.GROUPING,
            SqlKind.ITEM,
            SqlKind.PLUS_PREFIX,
            SqlKind.OVERLAPS);

    /** They may leave an operand aside. */
    private static final Set<SqlKind> LEAVING = EnumSet.of(
            SqlKind.AND, SqlKind.OR, SqlKind.COALESCE, SqlKind.IN, SqlKind.NOT_IN, SqlKind.BETWEEN, SqlKind.ITEM);

    private static final Set<SqlKind> CHOOSING = EnumSet.of(SqlKind.COALESCE, SqlKind.CASE, SqlKind.DOT);

    private static final Set<String> NEVER_NAMED =
            Set.of("||", "->", "->>", "#>", "#>>", "@>", "<@", "?", "?|", "?&", "&&", "^@", "SLICE");

    /** They fail for what is no pattern. */
    private static final Set<String> MATCHING = Set.of("~", "~*", "!~", "!~*", "~~", "~~*", "!~~", "!~~*");

    private static final Set<String> COMPARING = Set.of("=", "<>", "!=", "<", "<=", ">", ">=");

    private Failures() {}

    /** Whether an operator may fail by a value of its operands. */
    static boolean may(SqlCall call, Rules rules) {
        return rules.computingFails() ? may(call) : MySqlFailures.may(call);
    }

    private static boolean may(SqlCall call) {
        if (NEVER.contains(call.getKind())
                || NEVER_NAMED.contains(call.getOperator().getName())) {
            return false;
        }
        if (Form.QUANTIFIED.is(call)) {
            return !COMPARING.contains(Form.word(call.operand(0)));
        }
        boolean matches = call.getKind() == SqlKind.LIKE
                || call.getKind() == SqlKind.SIMILAR
                || MATCHING.contains(call.getOperator().getName());
        boolean zoned = Form.AT_TIME_ZONE.is(call);
        return !((matches || zoned) && call.getOperandList().stream().skip(1).allMatch(Failures::isGiven));
    }

    /** Whether a function may fail by a value of its arguments. */
    static boolean may(SqlCall call, Routine routine) {
        if (!routine.own()) {
            return true;
        }
        List<SqlNode> arguments = call.getOperandList();
        return !(routine.is(Trait.TOTAL)
                || (routine.is(Trait.TOTAL_FOR_VALUES) && areKeysConstant(arguments))
                || (routine.is(Trait.TOTAL_FOR_COLUMNS) && arguments.stream().allMatch(SqlIdentifier.class::isInstance))
                || (routine.is(Trait.TOTAL_FOR_FIRST)
                        && arguments.stream().skip(1).allMatch(Failures::isGiven))
                || (routine.is(Trait.TOTAL_BUT_FOR_FIRST)
                        && arguments.stream().limit(1).allMatch(Failures::isGiven)));
    }

    private static boolean areKeysConstant(List<SqlNode> arguments) {
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!(arguments.get(i) instanceof SqlLiteral)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether an operator may leave an operand aside by the value of another, and there is one whose evaluation is noticed:
     * {@code a = 1 and nextval('s') > 0} asks whether a is 1.
     */
    static boolean mayShow(SqlCall call, Vocabulary vocabulary) {
        boolean leaves = LEAVING.contains(call.getKind())
                || Form.SLICE.is(call)
                || call.getOperandList().stream()
                        .anyMatch(operand -> operand != null && operand.getKind() == SqlKind.ROW);
        return leaves && !call.getOperandList().stream().allMatch(operand -> isUnnoticed(operand, vocabulary));
    }

    /** Whether nobody can tell if an expression was evaluated: it neither fails nor changes anything. */
    private static boolean isUnnoticed(@Nullable SqlNode node, Vocabulary vocabulary) {
        if (node instanceof SqlNodeList list) {
            return list.getList().stream().allMatch(part -> isUnnoticed(part, vocabulary));
        }
        if (!(node instanceof SqlCall call)) {
            return true;
        }
        boolean quiet;
        if (Queries.isQuery(node)) {
            quiet = false;
        } else if (node.getKind() == SqlKind.CAST) {
            quiet = alwaysTold(call.operand(0), vocabulary) || !mayCast(call.operand(1), vocabulary.rules());
        } else if (Calls.isCall(call)) {
            Routine routine = vocabulary.routine(Calls.names(call));
            quiet = routine.volatility() != Volatility.VOLATILE && !may(call, routine);
        } else {
            quiet = CHOOSING.contains(call.getKind()) || alwaysTold(call, vocabulary) || !may(call, vocabulary.rules());
        }
        return quiet && call.getOperandList().stream().allMatch(part -> isUnnoticed(part, vocabulary));
    }

    /** Whether it is computed before any row is looked at, and fails then. What is warned of instead is so for each row. */
    private static boolean alwaysTold(@Nullable SqlNode node, Vocabulary vocabulary) {
        return vocabulary.rules().computingFails() && isGiven(node);
    }

    /** Whether a cast to this type may fail by the value: every value can be written as text. */
    static boolean mayCast(SqlNode type, Rules rules) {
        return !(type instanceof SqlDataTypeSpec spec
                && (rules.computingFails() ? Types.isText(spec) : Types.keepsText(spec)));
    }

    /** Whether a value is the client's own, or computed from such alone. */
    private static boolean isGiven(@Nullable SqlNode node) {
        if (node instanceof SqlCall call) {
            return !Queries.isQuery(node) && call.getOperandList().stream().allMatch(Failures::isGiven);
        }
        if (node instanceof SqlNodeList list) {
            return list.getList().stream().allMatch(Failures::isGiven);
        }
        return !(node instanceof SqlIdentifier);
    }
}
