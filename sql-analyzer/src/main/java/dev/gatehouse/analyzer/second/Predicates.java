package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.tree.Form;
import java.util.Map;
import java.util.function.BiFunction;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.OverlapsCondition;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.IsDistinctExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.IsUnknownExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.MemberOfExpression;
import net.sf.jsqlparser.expression.operators.relational.SimilarToExpression;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Translates conditions that are written in words. */
final class Predicates {

    private static final Form OVERLAPS = new Form("OVERLAPS");
    private static final Form MEMBER_OF = new Form("MEMBER OF");

    private Predicates() {}

    static void register(Map<Class<?>, BiFunction<Expressions, Expression, SqlNode>> readers) {
        Expressions.on(readers, LikeExpression.class, Predicates::like);
        Expressions.on(readers, SimilarToExpression.class, Predicates::similar);
        Expressions.on(readers, Between.class, Predicates::between);
        Expressions.on(readers, InExpression.class, Predicates::in);
        Expressions.on(
                readers,
                ExistsExpression.class,
                (at, exists) -> not(
                        exists.isNot(),
                        Expressions.call(SqlStdOperatorTable.EXISTS, at.of(exists.getRightExpression()))));
        Expressions.on(
                readers,
                IsNullExpression.class,
                (at, is) -> Expressions.call(
                        is.isNot() || is.isUseNotNull() ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL,
                        at.of(is.getLeftExpression())));
        Expressions.on(
                readers,
                IsUnknownExpression.class,
                (at, is) -> Expressions.call(
                        is.isNot() ? SqlStdOperatorTable.IS_NOT_UNKNOWN : SqlStdOperatorTable.IS_UNKNOWN,
                        at.of(is.getLeftExpression())));
        Expressions.on(readers, IsBooleanExpression.class, Predicates::isTrue);
        Expressions.on(
                readers,
                IsDistinctExpression.class,
                (at, is) -> Expressions.call(
                        is.isNot() ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM : SqlStdOperatorTable.IS_DISTINCT_FROM,
                        at.of(is.getLeftExpression()),
                        at.of(is.getRightExpression())));
        Expressions.on(
                readers,
                OverlapsCondition.class,
                (at, node) -> Expressions.call(OVERLAPS, at.list(node.getLeft()), at.list(node.getRight())));
        Expressions.on(
                readers,
                MemberOfExpression.class,
                (at, node) -> not(
                        node.isNot(),
                        Expressions.call(
                                MEMBER_OF, at.of(node.getLeftExpression()), at.of(node.getRightExpression()))));
    }

    private static SqlNode not(boolean not, SqlNode node) {
        return not ? Expressions.call(SqlStdOperatorTable.NOT, node) : node;
    }

    private static SqlNode like(Expressions at, LikeExpression like) {
        SqlNode left = at.of(like.getLeftExpression());
        SqlNode right = at.of(like.getRightExpression());
        String word = like.getLikeKeyWord().name();
        SqlOperator operator = word.equals("LIKE") && !like.isUseBinary() ? SqlStdOperatorTable.LIKE : new Form(word);
        Expression escape = like.getEscape();
        return not(
                like.isNot(),
                escape == null
                        ? Expressions.call(operator, left, right)
                        : Expressions.call(operator, left, right, at.of(escape)));
    }

    private static SqlNode similar(Expressions at, SimilarToExpression similar) {
        SqlNode left = at.of(similar.getLeftExpression());
        SqlNode right = at.of(similar.getRightExpression());
        return not(
                similar.isNot(),
                similar.getEscape() == null
                        ? Expressions.call(SqlStdOperatorTable.SIMILAR_TO, left, right)
                        : Expressions.call(
                                SqlStdOperatorTable.SIMILAR_TO, left, right, at.string(similar.getEscape())));
    }

    private static SqlNode between(Expressions at, Between between) {
        SqlOperator operator = between.isUsingSymmetric()
                ? between.isNot() ? SqlStdOperatorTable.SYMMETRIC_NOT_BETWEEN : SqlStdOperatorTable.SYMMETRIC_BETWEEN
                : between.isNot() ? SqlStdOperatorTable.NOT_BETWEEN : SqlStdOperatorTable.BETWEEN;
        return Expressions.call(
                operator,
                at.of(between.getLeftExpression()),
                at.of(between.getBetweenExpressionStart()),
                at.of(between.getBetweenExpressionEnd()));
    }

    private static SqlNode in(Expressions at, InExpression in) {
        SqlNode left = at.of(in.getLeftExpression());
        SqlNode right = in.getRightExpression() instanceof ExpressionList<?> list
                ? at.list(list)
                : at.of(in.getRightExpression());
        return Expressions.call(in.isNot() ? SqlStdOperatorTable.NOT_IN : SqlStdOperatorTable.IN, left, right);
    }

    private static SqlNode isTrue(Expressions at, IsBooleanExpression is) {
        SqlOperator operator = is.isTrue()
                ? is.isNot() ? SqlStdOperatorTable.IS_NOT_TRUE : SqlStdOperatorTable.IS_TRUE
                : is.isNot() ? SqlStdOperatorTable.IS_NOT_FALSE : SqlStdOperatorTable.IS_FALSE;
        return Expressions.call(operator, at.of(is.getLeftExpression()));
    }
}
