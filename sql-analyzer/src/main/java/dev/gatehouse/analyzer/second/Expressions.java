package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.tree.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import net.sf.jsqlparser.expression.ArrayConstructor;
import net.sf.jsqlparser.expression.ArrayExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.CollateExpression;
import net.sf.jsqlparser.expression.DateTimeLiteralExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.IntervalExpression;
import net.sf.jsqlparser.expression.IntervalQualifier;
import net.sf.jsqlparser.expression.JdbcNamedParameter;
import net.sf.jsqlparser.expression.JsonExpression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.RowConstructor;
import net.sf.jsqlparser.expression.RowGetExpression;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.TimeKeyExpression;
import net.sf.jsqlparser.expression.TimezoneExpression;
import net.sf.jsqlparser.expression.WhenClause;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.FunctionAllColumns;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.Values;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Translates expressions, each class by its own method; a class that is not listed here is refused. */
final class Expressions {

    private static final Form INTERVAL = new Form("INTERVAL");
    private static final Form TYPED = new Form("TYPED");

    private static final Map<Class<?>, BiFunction<Expressions, Expression, SqlNode>> READERS = readers();

    private final Translation translation;

    Expressions(Translation translation) {
        this.translation = translation;
    }

    private static Map<Class<?>, BiFunction<Expressions, Expression, SqlNode>> readers() {
        Map<Class<?>, BiFunction<Expressions, Expression, SqlNode>> readers = new HashMap<>();
        on(readers, Column.class, Expressions::column);
        on(readers, AllColumns.class, (at, all) -> SqlIdentifier.star(Translation.NOWHERE));
        on(readers, AllTableColumns.class, (at, all) -> Translation.star(at.qualifier(all.getTable())));
        on(
                readers,
                FunctionAllColumns.class,
                (at, all) -> Form.ALL_FIELDS.node(Translation.NOWHERE, at.of(all.getFunction())));
        on(readers, LongValue.class, (at, value) -> at.number(value.getStringValue()));
        on(readers, DoubleValue.class, (at, value) -> at.number(value.toString()));
        on(readers, StringValue.class, (at, value) -> at.string(value.getValue()));
        on(readers, NullValue.class, (at, value) -> SqlLiteral.createNull(Translation.NOWHERE));
        on(readers, BooleanValue.class, (at, is) -> SqlLiteral.createBoolean(is.getValue(), Translation.NOWHERE));
        on(readers, JdbcNamedParameter.class, (at, parameter) -> at.parameter(parameter.getName()));
        on(readers, TimeKeyExpression.class, (at, key) -> at.translation.calls().bare(key.getStringValue()));
        on(readers, DateTimeLiteralExpression.class, Expressions::typed);
        on(readers, IntervalExpression.class, Expressions::interval);
        on(readers, ExpressionList.class, (at, list) -> at.row(list));
        on(readers, ParenthesedExpressionList.class, (at, list) -> at.row(list));
        on(readers, RowConstructor.class, Expressions::rowConstructor);
        on(readers, CaseExpression.class, Expressions::cases);
        on(readers, CastExpression.class, Expressions::cast);
        on(readers, CollateExpression.class, (at, collate) -> at.collate(collate, List.of()));
        on(
                readers,
                ArrayConstructor.class,
                (at, array) -> SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR.createCall(
                        Translation.NOWHERE, at.elements(array.getExpressions())));
        on(readers, ArrayExpression.class, Expressions::element);
        on(readers, RowGetExpression.class, Expressions::field);
        on(readers, TimezoneExpression.class, Expressions::timeZone);
        on(readers, SignedExpression.class, Expressions::signed);
        on(readers, NotExpression.class, (at, not) -> call(SqlStdOperatorTable.NOT, at.of(not.getExpression())));
        on(readers, PlainSelect.class, Expressions::query);
        on(readers, SetOperationList.class, Expressions::query);
        on(readers, ParenthesedSelect.class, Expressions::query);
        on(readers, Values.class, Expressions::query);
        Variables.register(readers);
        Operators.register(readers);
        Predicates.register(readers);
        Calls.register(readers);
        return Map.copyOf(readers);
    }

    /** Says how a class is translated. */
    static <T extends Expression> void on(
            Map<Class<?>, BiFunction<Expressions, Expression, SqlNode>> readers,
            Class<T> type,
            BiFunction<Expressions, T, SqlNode> reader) {
        readers.put(type, (at, node) -> reader.apply(at, type.cast(node)));
    }

    static SqlNode call(SqlOperator operator, SqlNode... operands) {
        return operator.createCall(Translation.NOWHERE, operands);
    }

    Translation translation() {
        return translation;
    }

    /** Translates an expression. */
    SqlNode of(Expression expression) {
        BiFunction<Expressions, Expression, SqlNode> reader = READERS.get(expression.getClass());
        if (reader == null) {
            throw Nodes.unknown(expression.getClass(), "");
        }
        return reader.apply(this, Nodes.whole(expression));
    }

    @Nullable
    SqlNode ofNullable(@Nullable Expression expression) {
        return expression == null ? null : of(expression);
    }

    /** The elements of a list, which may be missing. */
    List<SqlNode> elements(@Nullable ExpressionList<?> list) {
        List<SqlNode> nodes = new ArrayList<>();
        if (list != null) {
            Nodes.whole(list);
            list.forEach(element -> nodes.add(of(element)));
        }
        return nodes;
    }

    SqlNodeList list(@Nullable ExpressionList<?> list) {
        return new SqlNodeList(elements(list), Translation.NOWHERE);
    }

    private SqlNode row(ExpressionList<?> list) {
        List<SqlNode> nodes = elements(list);
        return nodes.size() == 1 ? nodes.get(0) : call(SqlStdOperatorTable.ROW, nodes.toArray(new SqlNode[0]));
    }

    private SqlNode rowConstructor(RowConstructor<?> row) {
        if (row.getName() != null && !row.getName().equalsIgnoreCase("row")) {
            throw Nodes.unknown(RowConstructor.class, " with a name");
        }
        return call(SqlStdOperatorTable.ROW, elements(row).toArray(new SqlNode[0]));
    }

    private SqlNode query(Select select) {
        return translation.queries().query(select);
    }

    SqlNode string(String code) {
        return Literals.string(translation.rendering().string(code));
    }

    SqlNode number(String code) {
        return Literals.number(translation.rendering().number(code));
    }

    private SqlNode parameter(String code) {
        return Literals.parameter(translation.rendering().parameter(code));
    }

    /** A table's name once more, for a node that repeats it. */
    SqlIdentifier same(Table table) {
        return translation.path(Tables.parts(table));
    }

    private SqlIdentifier qualifier(Table table) {
        return translation.path(Tables.parts(Nodes.whole(table)));
    }

    private SqlNode column(Column column) {
        if (column.getTable() == null && !Rendering.isCoded(column.getColumnName())) {
            SqlNode word = translation.calls().word(column.getColumnName());
            if (word != null && column.getArrayConstructor() == null) {
                return word;
            }
        }
        List<String> path = new ArrayList<>();
        if (column.getTable() != null) {
            path.addAll(Tables.parts(Nodes.whole(column.getTable())));
        }
        path.add(column.getColumnName());
        SqlNode node = translation.path(path);
        ArrayConstructor subscripts = column.getArrayConstructor();
        return subscripts == null ? node : subscripted(node, Nodes.whole(subscripts));
    }

    /** A column that is written: in PostgreSQL {@code a.b} is a part of column a, and no table's column. */
    SqlNode target(Column column) {
        if (column.getTable() == null || !translation.namesParts()) {
            return of(column);
        }
        Nodes.whole(column);
        List<String> path = new ArrayList<>(Tables.parts(Nodes.whole(column.getTable())));
        path.add(column.getColumnName());
        SqlNode node = translation.name(path.get(0));
        for (String field : path.subList(1, path.size())) {
            node = call(SqlStdOperatorTable.DOT, node, translation.name(field));
        }
        ArrayConstructor subscripts = column.getArrayConstructor();
        return subscripts == null ? node : subscripted(node, Nodes.whole(subscripts));
    }

    /** {@code a[1][2:3]}, of which JSqlParser makes a list. */
    private SqlNode subscripted(SqlNode array, ArrayConstructor subscripts) {
        SqlNode node = array;
        Nodes.whole(subscripts.getExpressions());
        if (subscripts.getExpressions().isEmpty()) {
            throw Nodes.unknown(ArrayConstructor.class, " without a subscript");
        }
        for (Expression subscript : subscripts.getExpressions()) {
            node = subscript instanceof JsonExpression slice ? slice(node, slice) : item(node, of(subscript));
        }
        return node;
    }

    private SqlNode slice(SqlNode array, JsonExpression slice) {
        Nodes.whole(slice);
        if (slice.getIdentList().size() != 1
                || !slice.getIdentList().get(0).getValue().equals(":")) {
            throw Nodes.unknown(JsonExpression.class, " as a subscript");
        }
        return Form.SLICE.node(
                Translation.NOWHERE,
                array,
                of(slice.getExpression()),
                of(slice.getIdentList().get(0).getKey()));
    }

    private static SqlNode item(SqlNode array, SqlNode index) {
        return call(SqlStdOperatorTable.ITEM, array, index);
    }

    private SqlNode element(ArrayExpression element) {
        SqlNode array = of(element.getObjExpression());
        if (element.getIndexExpression() != null) {
            return item(array, of(element.getIndexExpression()));
        }
        return Form.SLICE.node(
                Translation.NOWHERE,
                array,
                ofNullable(element.getStartIndexExpression()),
                ofNullable(element.getStopIndexExpression()));
    }

    /** {@code (a).b}; what looks like {@code (a COLLATE s).c} is the collation {@code s.c}. */
    private SqlNode field(RowGetExpression field) {
        if (field.getExpression() instanceof CollateExpression collate) {
            return collate(Nodes.whole(collate), List.of(field.getColumnName()));
        }
        return call(SqlStdOperatorTable.DOT, of(field.getExpression()), translation.name(field.getColumnName()));
    }

    private SqlNode collate(CollateExpression collate, List<String> rest) {
        SqlNode value = of(collate.getLeftExpression());
        List<String> path = new ArrayList<>(List.of(collate.getCollate()));
        path.addAll(rest);
        return Form.COLLATE.node(Translation.NOWHERE, value, translation.path(path));
    }

    private SqlNode timeZone(TimezoneExpression zone) {
        SqlNode node = of(zone.getLeftExpression());
        for (Expression each : zone.getTimezoneExpressions()) {
            node = Form.AT_TIME_ZONE.node(Translation.NOWHERE, node, of(each));
        }
        return node;
    }

    private SqlNode signed(SignedExpression signed) {
        SqlNode value = of(signed.getExpression());
        if (translation.rendering().operatorsHidden()) {
            return call(Operators.SOME, value);
        }
        return switch (signed.getSign()) {
            case '-' -> call(SqlStdOperatorTable.UNARY_MINUS, value);
            case '+' -> call(SqlStdOperatorTable.UNARY_PLUS, value);
            case '~', '!' -> call(new Form(String.valueOf(signed.getSign())), value);
            default -> throw Nodes.unknown(SignedExpression.class, " " + signed.getSign());
        };
    }

    private SqlNode cases(CaseExpression cases) {
        SqlNodeList when = new SqlNodeList(Translation.NOWHERE);
        SqlNodeList then = new SqlNodeList(Translation.NOWHERE);
        for (WhenClause clause : cases.getWhenClauses()) {
            Nodes.whole(clause);
            when.add(of(clause.getWhenExpression()));
            then.add(of(clause.getThenExpression()));
        }
        SqlNode otherwise = ofNullable(cases.getElseExpression());
        return new SqlCase(
                Translation.NOWHERE,
                ofNullable(cases.getSwitchExpression()),
                when,
                then,
                otherwise == null ? SqlLiteral.createNull(Translation.NOWHERE) : otherwise);
    }

    private SqlNode cast(CastExpression cast) {
        if (cast.keyword != null && !cast.keyword.isEmpty() && !cast.keyword.equalsIgnoreCase("cast")) {
            throw Nodes.unknown(CastExpression.class, " " + cast.keyword);
        }
        return call(
                SqlStdOperatorTable.CAST,
                of(cast.getLeftExpression()),
                translation.types().type(cast.getColDataType()));
    }

    private SqlNode typed(DateTimeLiteralExpression literal) {
        return TYPED.node(Translation.NOWHERE, Literals.word(literal.getType().name()), string(literal.getValue()));
    }

    private SqlNode interval(IntervalExpression interval) {
        if (!interval.isUsingIntervalKeyword()) {
            throw Nodes.unknown(IntervalExpression.class, " without its key word");
        }
        SqlNode amount =
                interval.getExpression() != null ? of(interval.getExpression()) : amount(interval.getParameter());
        return INTERVAL.node(Translation.NOWHERE, amount, Literals.word(unit(interval)));
    }

    private SqlNode amount(String parameter) {
        return parameter.startsWith("'")
                ? string(parameter)
                : parameter.startsWith(":") ? parameter(parameter.substring(1)) : number(parameter);
    }

    private String unit(IntervalExpression interval) {
        IntervalQualifier qualifier = interval.getIntervalQualifier();
        if (qualifier == null) {
            return "";
        }
        Nodes.whole(qualifier);
        String to = qualifier.getTrailingField();
        String unit = qualifier.getLeadingField() + (to == null ? "" : " to " + to);
        return unit.toLowerCase(Locale.ROOT);
    }
}
