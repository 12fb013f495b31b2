package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.tree.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.AnalyticType;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExtractExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.MySQLGroupConcat;
import net.sf.jsqlparser.expression.OracleNamedFunctionParameter;
import net.sf.jsqlparser.expression.PostgresNamedFunctionParameter;
import net.sf.jsqlparser.expression.TranscodingFunction;
import net.sf.jsqlparser.expression.TrimFunction;
import net.sf.jsqlparser.expression.operators.relational.FullTextSearch;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.Select;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Translates calls of functions, in all the ways they are written. */
final class Calls {

    private static final Form MATCH = new Form("MATCH");
    private static final Form CONVERT = new Form("CONVERT");
    private static final Map<String, SqlOperator> BARE = Map.ofEntries(
            Map.entry("current_catalog", SqlStdOperatorTable.CURRENT_CATALOG),
            Map.entry("current_date", SqlStdOperatorTable.CURRENT_DATE),
            Map.entry("current_role", SqlStdOperatorTable.CURRENT_ROLE),
            Map.entry("current_schema", SqlStdOperatorTable.CURRENT_SCHEMA),
            Map.entry("current_time", SqlStdOperatorTable.CURRENT_TIME),
            Map.entry("current_timestamp", SqlStdOperatorTable.CURRENT_TIMESTAMP),
            Map.entry("current_user", SqlStdOperatorTable.CURRENT_USER),
            Map.entry("localtime", SqlStdOperatorTable.LOCALTIME),
            Map.entry("localtimestamp", SqlStdOperatorTable.LOCALTIMESTAMP),
            Map.entry("session_user", SqlStdOperatorTable.SESSION_USER),
            Map.entry("system_user", SqlStdOperatorTable.SYSTEM_USER),
            Map.entry("user", SqlStdOperatorTable.USER));

    private final Translation translation;

    Calls(Translation translation) {
        this.translation = translation;
    }

    static void register(Map<Class<?>, BiFunction<Expressions, Expression, SqlNode>> readers) {
        Expressions.on(readers, TranscodingFunction.class, Calls::convert);
        Expressions.on(
                readers, Function.class, (at, call) -> at.translation().calls().call(call));
        Expressions.on(readers, AnalyticExpression.class, (at, call) -> at.translation()
                .calls()
                .windowed(call));
        Expressions.on(readers, ExtractExpression.class, (at, call) -> at.translation()
                .calls()
                .extract(call));
        Expressions.on(readers, TrimFunction.class, (at, call) -> at.translation()
                .calls()
                .trim(call));
        Expressions.on(readers, MySQLGroupConcat.class, (at, call) -> at.translation()
                .calls()
                .groupConcat(call));
        Expressions.on(
                readers,
                FullTextSearch.class,
                (at, search) ->
                        Expressions.call(MATCH, at.list(search.getMatchColumns()), at.of(search.getAgainstValue())));
        Expressions.on(
                readers,
                PostgresNamedFunctionParameter.class,
                (at, named) -> Expressions.call(
                        SqlStdOperatorTable.ARGUMENT_ASSIGNMENT,
                        at.of(named.getExpression()),
                        at.translation().name(named.getName())));
        Expressions.on(
                readers,
                OracleNamedFunctionParameter.class,
                (at, named) -> Expressions.call(
                        SqlStdOperatorTable.ARGUMENT_ASSIGNMENT,
                        at.of(named.getExpression()),
                        at.translation().name(named.getName())));
    }

    /** {@code CONVERT(a USING utf8)}, or {@code CONVERT(a, char)}, which is a cast. */
    private static SqlNode convert(Expressions at, TranscodingFunction convert) {
        SqlNode value = at.of(convert.getExpression());
        if (!convert.getKeyword().equalsIgnoreCase("convert")) {
            throw Nodes.unknown(TranscodingFunction.class, " " + convert.getKeyword());
        }
        if (!convert.isTranscodeStyle()) {
            return Expressions.call(
                    SqlStdOperatorTable.CAST, value, at.translation().types().type(convert.getColDataType()));
        }
        Token set = at.translation().rendering().name(convert.getTranscodingName());
        return CONVERT.node(Translation.NOWHERE, value, Literals.string(set));
    }

    /** What a word means that stands where a column could, and is none; null if it may be one. */
    @Nullable
    SqlNode word(String image) {
        String word = image.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "default" -> Form.DEFAULT.node(Translation.NOWHERE);
            case "true", "false" -> SqlLiteral.createBoolean(word.equals("true"), Translation.NOWHERE);
            default -> BARE.containsKey(word) ? bare(image) : null;
        };
    }

    /** {@code CURRENT_DATE} and the like, maybe with empty parentheses. */
    SqlNode bare(String image) {
        int end = image.indexOf('(');
        String word = (end < 0 ? image : image.substring(0, end)).trim();
        SqlOperator operator = BARE.get(word.toLowerCase(Locale.ROOT));
        SqlIdentifier name = translation.function(List.of(word));
        return operator == null ? unresolved(name, List.of(), false) : operator.createCall(name.getParserPosition());
    }

    private static SqlNode unresolved(SqlIdentifier name, List<SqlNode> operands, boolean distinct) {
        SqlUnresolvedFunction function =
                new SqlUnresolvedFunction(name, null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION);
        SqlLiteral quantifier = distinct ? SqlSelectKeyword.DISTINCT.symbol(Translation.NOWHERE) : null;
        return function.createCall(quantifier, name.getParserPosition(), operands);
    }

    private SqlNode call(Function call) {
        List<String> path = call.getMultipartName();
        String word = path.size() == 1 ? path.get(0).toLowerCase(Locale.ROOT) : "";
        Expressions expressions = translation.expressions();
        if (word.equals("array")
                && call.getParameters() != null
                && call.getParameters().size() == 1
                && call.getParameters().get(0) instanceof Select query) {
            return Expressions.call(
                    SqlStdOperatorTable.ARRAY_QUERY, translation.queries().query(query));
        }
        List<SqlNode> operands = new ArrayList<>();
        if (call.getParameters() != null) {
            operands.addAll(expressions.elements(call.getParameters()));
        }
        if (call.getNamedParameters() != null) {
            operands.addAll(expressions.elements(call.getNamedParameters()));
        }
        if (call.getKeywordArguments() != null) {
            call.getKeywordArguments().forEach(argument -> operands.add(keyword(argument)));
        }
        if (call.isAllColumns() && operands.isEmpty()) {
            operands.add(SqlIdentifier.star(Translation.NOWHERE));
        }
        SqlNode node =
                switch (word) {
                    case "row" -> SqlStdOperatorTable.ROW.createCall(Translation.NOWHERE, operands);
                    case "rollup" -> SqlStdOperatorTable.ROLLUP.createCall(Translation.NOWHERE, operands);
                    case "cube" -> SqlStdOperatorTable.CUBE.createCall(Translation.NOWHERE, operands);
                    case "coalesce", "greatest", "least", "nullif", "grouping" -> listed(word, operands);
                    default -> unresolved(function(path, word), operands, call.isDistinct());
                };
        return ordered(node, call.getOrderByElements());
    }

    /** What looks like a call, and is a way to put values together. */
    private static SqlNode listed(String word, List<SqlNode> operands) {
        SqlOperator operator =
                switch (word) {
                    case "coalesce" -> SqlStdOperatorTable.COALESCE;
                    case "greatest" -> SqlLibraryOperators.GREATEST;
                    case "least" -> SqlLibraryOperators.LEAST;
                    case "nullif" -> SqlStdOperatorTable.NULLIF;
                    default -> SqlStdOperatorTable.GROUPING;
                };
        return new SqlBasicCall(operator, operands, Translation.NOWHERE);
    }

    /** {@code VARIADIC a}, {@code SEPARATOR ','}: an operand after a word. */
    private SqlNode keyword(Function.KeywordArgument argument) {
        Nodes.whole(argument);
        SqlNode operand = translation.expressions().of(argument.getExpression());
        return switch (argument.getKeyword().toLowerCase(Locale.ROOT)) {
            case "variadic" -> Form.VARIADIC.node(Translation.NOWHERE, operand);
            case "separator" -> operand;
            default -> throw Nodes.unknown(Function.class, " with " + argument.getKeyword());
        };
    }

    /** Refuses what is no function though JSqlParser took it for one. */
    private SqlIdentifier function(List<String> path, String word) {
        if (Set.of("any", "all", "some", "array", "not", "exists", "select", "in")
                .contains(word)) {
            throw Nodes.unknown(Function.class, " " + word);
        }
        return translation.function(path);
    }

    private SqlNode ordered(SqlNode call, @Nullable List<OrderByElement> order) {
        return order == null || order.isEmpty()
                ? call
                : Form.ORDERED.node(
                        Translation.NOWHERE, call, translation.queries().order(order));
    }

    private SqlNode windowed(AnalyticExpression call) {
        Expressions expressions = translation.expressions();
        List<SqlNode> operands = new ArrayList<>();
        if (call.isAllColumns() && call.getExpression() == null) {
            operands.add(SqlIdentifier.star(Translation.NOWHERE));
        }
        for (Expression operand : Arrays.asList(call.getExpression(), call.getOffset(), call.getDefaultValue())) {
            if (operand != null) {
                operands.add(expressions.of(operand));
            }
        }
        SqlNode node = ordered(unresolved(name(call.getName()), operands, call.isDistinct()), call.getFuncOrderBy());
        Windows windows = new Windows(translation);
        AnalyticType type = call.getType();
        if (type == AnalyticType.WITHIN_GROUP || type == AnalyticType.WITHIN_GROUP_OVER) {
            node = Expressions.call(SqlStdOperatorTable.WITHIN_GROUP, node, windows.order(call.getWindowDefinition()));
        }
        if (call.getFilterExpression() != null) {
            node = Expressions.call(SqlStdOperatorTable.FILTER, node, expressions.of(call.getFilterExpression()));
        }
        return switch (type) {
            case OVER ->
                Expressions.call(
                        SqlStdOperatorTable.OVER,
                        node,
                        windows.window(call.getWindowName(), call.getWindowDefinition()));
            case WITHIN_GROUP, FILTER_ONLY -> node;
            case WITHIN_GROUP_OVER -> throw Nodes.unknown(AnalyticExpression.class, " with WITHIN GROUP and OVER");
        };
    }

    /** A function's name that JSqlParser gives as one text. */
    private SqlIdentifier name(String text) {
        return translation.function(List.of(text.split("\\s*\\.\\s*")));
    }

    private SqlNode extract(ExtractExpression extract) {
        String field = extract.getName();
        SqlNode word = field.startsWith("'") || field.startsWith("s")
                ? translation.expressions().string(field)
                : Rendering.isCoded(field) ? translation.name(field) : Literals.word(field.toLowerCase(Locale.ROOT));
        return unresolved(
                new SqlIdentifier("extract", word.getParserPosition()),
                List.of(fieldName(word), translation.expressions().of(extract.getExpression())),
                false);
    }

    /** A field of a time is no column, though it may look like one. */
    private static SqlNode fieldName(SqlNode word) {
        return word instanceof SqlIdentifier name
                ? SqlLiteral.createCharString(name.getSimple(), name.getParserPosition())
                : word;
    }

    private SqlNode trim(TrimFunction trim) {
        Expressions expressions = translation.expressions();
        List<SqlNode> operands = new ArrayList<>();
        if (trim.getExpression() != null) {
            operands.add(expressions.of(trim.getExpression()));
        }
        if (trim.getFromExpression() != null) {
            operands.add(expressions.of(trim.getFromExpression()));
        }
        return unresolved(new SqlIdentifier("trim", Translation.NOWHERE), operands, false);
    }

    private SqlNode groupConcat(MySQLGroupConcat call) {
        List<SqlNode> operands = translation.expressions().elements(call.getExpressionList());
        if (call.getSeparator() != null) {
            operands.add(translation.expressions().string(call.getSeparator()));
        }
        SqlNode node = unresolved(new SqlIdentifier("group_concat", Translation.NOWHERE), operands, call.isDistinct());
        return ordered(node, call.getOrderByElements());
    }
}
