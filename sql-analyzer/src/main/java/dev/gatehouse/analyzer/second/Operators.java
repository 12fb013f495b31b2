package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.tree.Form;
import java.util.Map;
import java.util.function.BiFunction;
import net.sf.jsqlparser.expression.AnyComparisonExpression;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.JsonExpression;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseAnd;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseLeftShift;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseOr;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseRightShift;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseXor;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.expression.operators.arithmetic.Division;
import net.sf.jsqlparser.expression.operators.arithmetic.IntegerDivision;
import net.sf.jsqlparser.expression.operators.arithmetic.Modulo;
import net.sf.jsqlparser.expression.operators.arithmetic.Multiplication;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.conditional.XorExpression;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.ContainedBy;
import net.sf.jsqlparser.expression.operators.relational.Contains;
import net.sf.jsqlparser.expression.operators.relational.DoubleAnd;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.GreaterThan;
import net.sf.jsqlparser.expression.operators.relational.GreaterThanEquals;
import net.sf.jsqlparser.expression.operators.relational.JsonOperator;
import net.sf.jsqlparser.expression.operators.relational.MinorThan;
import net.sf.jsqlparser.expression.operators.relational.MinorThanEquals;
import net.sf.jsqlparser.expression.operators.relational.NotEqualsTo;
import net.sf.jsqlparser.expression.operators.relational.RegExpMatchOperator;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Translates operators with two operands. */
final class Operators {

    /** An operator that is not told. */
    static final Form SOME = new Form("OPERATOR");

    private Operators() {}

    static void register(Map<Class<?>, BiFunction<Expressions, Expression, SqlNode>> readers) {
        binary(readers, AndExpression.class, SqlStdOperatorTable.AND);
        binary(readers, OrExpression.class, SqlStdOperatorTable.OR);
        binary(readers, XorExpression.class, new Form("XOR"));
        binary(readers, Addition.class, SqlStdOperatorTable.PLUS);
        binary(readers, Subtraction.class, SqlStdOperatorTable.MINUS);
        binary(readers, Multiplication.class, SqlStdOperatorTable.MULTIPLY);
        binary(readers, Division.class, SqlStdOperatorTable.DIVIDE);
        binary(readers, IntegerDivision.class, new Form("DIV"));
        binary(readers, Modulo.class, SqlStdOperatorTable.PERCENT_REMAINDER);
        binary(readers, BitwiseAnd.class, new Form("&"));
        binary(readers, BitwiseOr.class, new Form("|"));
        binary(readers, BitwiseXor.class, new Form("^"));
        binary(readers, BitwiseLeftShift.class, new Form("<<"));
        binary(readers, BitwiseRightShift.class, new Form(">>"));
        Expressions.on(
                readers,
                Concat.class,
                (at, concat) -> operands(
                        at,
                        at.translation().rendering().operatorsHidden() ? SOME : SqlStdOperatorTable.CONCAT,
                        concat));
        comparison(readers, EqualsTo.class, SqlStdOperatorTable.EQUALS);
        comparison(readers, NotEqualsTo.class, SqlStdOperatorTable.NOT_EQUALS);
        comparison(readers, GreaterThan.class, SqlStdOperatorTable.GREATER_THAN);
        comparison(readers, GreaterThanEquals.class, SqlStdOperatorTable.GREATER_THAN_OR_EQUAL);
        comparison(readers, MinorThan.class, SqlStdOperatorTable.LESS_THAN);
        comparison(readers, MinorThanEquals.class, SqlStdOperatorTable.LESS_THAN_OR_EQUAL);
        comparison(readers, ContainedBy.class, new Form("<@"));
        comparison(readers, Contains.class, new Form("@>"));
        comparison(readers, DoubleAnd.class, new Form("&&"));
        Expressions.on(
                readers, JsonOperator.class, (at, node) -> operands(at, new Form(node.getStringExpression()), node));
        Expressions.on(
                readers,
                RegExpMatchOperator.class,
                (at, node) -> quantified(at, new Form(node.getStringExpression()), node));
        Expressions.on(readers, JsonExpression.class, Operators::json);
    }

    private static <T extends BinaryExpression> void binary(
            Map<Class<?>, BiFunction<Expressions, Expression, SqlNode>> readers, Class<T> type, SqlOperator operator) {
        Expressions.on(readers, type, (at, node) -> operands(at, operator, node));
    }

    private static <T extends ComparisonOperator> void comparison(
            Map<Class<?>, BiFunction<Expressions, Expression, SqlNode>> readers, Class<T> type, SqlOperator operator) {
        Expressions.on(readers, type, (at, node) -> quantified(at, operator, node));
    }

    private static SqlNode operands(Expressions at, SqlOperator operator, BinaryExpression node) {
        return Expressions.call(operator, at.of(node.getLeftExpression()), at.of(node.getRightExpression()));
    }

    /** A comparison, maybe with {@code ANY (…)} on its right. */
    private static SqlNode quantified(Expressions at, SqlOperator operator, BinaryExpression node) {
        SqlNode left = at.of(node.getLeftExpression());
        SqlNode many = many(at, node.getRightExpression());
        return many == null
                ? Expressions.call(operator, left, at.of(node.getRightExpression()))
                : Form.QUANTIFIED.node(Translation.NOWHERE, Literals.word(operator.getName()), left, many);
    }

    private static @Nullable SqlNode many(Expressions at, Expression right) {
        if (right instanceof AnyComparisonExpression any) {
            return at.translation().queries().query(Nodes.whole(any).getSelect());
        }
        if (right instanceof Function call && isQuantifier(call.getName())) {
            Nodes.whole(call);
            if (call.getParameters() == null || call.getParameters().size() != 1 || call.isDistinct()) {
                throw Nodes.unknown(Function.class, " as a quantifier");
            }
            return at.of(call.getParameters().get(0));
        }
        return null;
    }

    private static boolean isQuantifier(String name) {
        return name.equalsIgnoreCase("any") || name.equalsIgnoreCase("all") || name.equalsIgnoreCase("some");
    }

    private static SqlNode json(Expressions at, JsonExpression json) {
        SqlNode node = at.of(json.getExpression());
        for (Map.Entry<Expression, String> step : json.getIdentList()) {
            if (step.getValue().equals(":")) {
                throw Nodes.unknown(JsonExpression.class, " with a colon");
            }
            node = Expressions.call(new Form(step.getValue()), node, at.of(step.getKey()));
        }
        return node;
    }
}
