package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.tree.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlInternalOperators;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Which operator of the tree a form of PostgreSQL's has. */
final class PgForms {

    private static final Map<String, SqlOperator> MATCHES = Map.of(
            "LIKE", SqlStdOperatorTable.LIKE,
            "NOT LIKE", SqlStdOperatorTable.NOT_LIKE,
            "ILIKE", SqlLibraryOperators.ILIKE,
            "NOT ILIKE", SqlLibraryOperators.NOT_ILIKE,
            "SIMILAR TO", SqlStdOperatorTable.SIMILAR_TO,
            "NOT SIMILAR TO", SqlStdOperatorTable.NOT_SIMILAR_TO);

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

    /** Those of the calls with a syntax of their own that may also mean a user's function of the name. */
    private static final Set<String> OVERLOADED =
            Set.of("extract", "json_object", "normalize", "overlay", "position", "substring", "xmlexists");

    private PgForms() {}

    /** {@code IS JSON} with what it asks for: VALUE, ARRAY, OBJECT, SCALAR or nothing. */
    static SqlOperator isJson(boolean not, String form) {
        return switch (form) {
            case "array" -> not ? SqlStdOperatorTable.IS_NOT_JSON_ARRAY : SqlStdOperatorTable.IS_JSON_ARRAY;
            case "object" -> not ? SqlStdOperatorTable.IS_NOT_JSON_OBJECT : SqlStdOperatorTable.IS_JSON_OBJECT;
            case "scalar" -> not ? SqlStdOperatorTable.IS_NOT_JSON_SCALAR : SqlStdOperatorTable.IS_JSON_SCALAR;
            default -> not ? SqlStdOperatorTable.IS_NOT_JSON_VALUE : SqlStdOperatorTable.IS_JSON_VALUE;
        };
    }

    static SqlOperator between(boolean not, boolean symmetric) {
        if (symmetric) {
            return not ? SqlStdOperatorTable.SYMMETRIC_NOT_BETWEEN : SqlStdOperatorTable.SYMMETRIC_BETWEEN;
        }
        return not ? SqlStdOperatorTable.NOT_BETWEEN : SqlStdOperatorTable.BETWEEN;
    }

    /** The words of LIKE, ILIKE or SIMILAR TO, of which the last one was read. */
    static String matching(Token last, boolean not) {
        String word =
                switch (last.image) {
                    case "like" -> "LIKE";
                    case "ilike" -> "ILIKE";
                    default -> "SIMILAR TO";
                };
        return not ? "NOT " + word : word;
    }

    static SqlNode match(String word, SqlParserPos position, SqlNode value, SqlNode pattern, @Nullable SqlNode escape) {
        SqlOperator operator = MATCHES.get(word);
        if (operator == null) {
            throw new IllegalArgumentException(word);
        }
        return escape == null
                ? Nodes.call(operator, position, value, pattern)
                : Nodes.call(operator, position, value, pattern, escape);
    }

    static SqlNode cases(
            SqlParserPos position,
            @Nullable SqlNode value,
            List<SqlNode> when,
            List<SqlNode> then,
            @Nullable SqlNode otherwise) {
        SqlNode last = otherwise == null ? SqlLiteral.createNull(position) : otherwise;
        return new SqlCase(position, value, Nodes.list(when, position), Nodes.list(then, position), last);
    }

    /** UNION, EXCEPT or INTERSECT. */
    static SqlOperator combination(Token word, boolean all) {
        return switch (word.image) {
            case "union" -> all ? SqlStdOperatorTable.UNION_ALL : SqlStdOperatorTable.UNION;
            case "except" -> all ? SqlStdOperatorTable.EXCEPT_ALL : SqlStdOperatorTable.EXCEPT;
            default -> all ? SqlStdOperatorTable.INTERSECT_ALL : SqlStdOperatorTable.INTERSECT;
        };
    }

    /** CUBE or ROLLUP. */
    static SqlOperator grouping(Token word) {
        return word.image.equals("cube") ? SqlStdOperatorTable.CUBE : SqlStdOperatorTable.ROLLUP;
    }

    static SqlNodeList groupBy(boolean distinct, List<SqlNode> keys, SqlParserPos position) {
        return distinct
                ? SqlNodeList.of(Nodes.call(SqlInternalOperators.GROUP_BY_DISTINCT, position, keys))
                : Nodes.list(keys, position);
    }

    /** What stands for the alias of a table whose columns alone are named: {@code AS (a int)}. */
    static SqlIdentifier noAlias(SqlNode table) {
        if (table instanceof SqlCall call && call.getOperator() instanceof SqlFunction function) {
            SqlIdentifier name = function.getNameAsId();
            return new SqlIdentifier(name.names.get(name.names.size() - 1), table.getParserPosition());
        }
        return new SqlIdentifier("", table.getParserPosition());
    }

    /** {@code t TABLESAMPLE method (arguments) REPEATABLE (seed)}. */
    static SqlNode sampled(
            SqlParserPos position, SqlNode table, SqlIdentifier method, SqlNodeList arguments, @Nullable SqlNode seed) {
        SqlNode call = Nodes.function(method, method.getParserPosition(), false, arguments);
        return seed == null
                ? Nodes.call(SqlStdOperatorTable.TABLESAMPLE, position, table, call)
                : Nodes.call(SqlStdOperatorTable.TABLESAMPLE, position, table, call, seed);
    }

    /** COALESCE and the other expressions that look like calls of functions with a list of values. */
    static SqlOperator listCall(Token word, SqlNodeList values) {
        if (word.image.equals("nullif") && values.size() != 2) {
            throw new Unreadable("NULLIF of " + values.size() + " values", word.beginColumn);
        }
        return switch (word.image) {
            case "coalesce" -> SqlStdOperatorTable.COALESCE;
            case "greatest" -> SqlLibraryOperators.GREATEST;
            case "least" -> SqlLibraryOperators.LEAST;
            case "nullif" -> SqlStdOperatorTable.NULLIF;
            default -> SqlStdOperatorTable.GROUPING;
        };
    }

    /** A function that is called in words of its own: told as a plain call. */
    /** A call that has a syntax of its own. What only the server's own grammar can mean by it is told as a system function. */
    static SqlNode special(Token word, SqlParserPos position, List<? extends SqlNode> operands) {
        return OVERLOADED.contains(word.image)
                ? Nodes.function(Nodes.name(word), position, false, operands)
                : Nodes.system(Nodes.name(word), position, operands);
    }

    static SqlNode special(Token word, SqlParserPos position, SqlNode... operands) {
        return special(word, position, List.of(operands));
    }

    /** The name of the table a MERGE changes. */
    static SqlNode targetName(SqlNode target) {
        SqlNode table = target.getKind() == SqlKind.AS ? ((SqlCall) target).operand(0) : target;
        return Form.ONLY.is(table) ? ((SqlCall) table).operand(0) : table;
    }

    /** The items of RETURNING, before them the names it gives to the old and the new row. */
    static SqlNodeList returning(@Nullable SqlNodeList names, SqlNodeList items) {
        if (names == null) {
            return items;
        }
        List<SqlNode> all = new ArrayList<>();
        all.add(Form.ROW_NAMES.node(names.getParserPosition(), names));
        all.addAll(items);
        return Nodes.list(all, items.getParserPosition());
    }

    /** A table made from a document: the call with the values it takes, and the columns it gives. */
    static SqlNode tableOf(Token word, SqlParserPos position, List<SqlNode> values, List<SqlNode> columns) {
        return Form.TABLE_OF.node(position, special(word, position, values), Nodes.list(columns, position));
    }

    /** {@code (a, b) OVERLAPS (c, d)}. */
    static SqlNode overlaps(SqlParserPos position, SqlNode left, SqlNode right) {
        if (!isPair(left) || !isPair(right)) {
            throw new Unreadable("OVERLAPS of what are no pairs", position.getColumnNum());
        }
        return Nodes.call(SqlStdOperatorTable.OVERLAPS, position, left, right);
    }

    private static boolean isPair(SqlNode node) {
        return node.getKind() == SqlKind.ROW && ((SqlCall) node).operandCount() == 2;
    }

    /** Whether a word is a function that is called without parentheses. */
    static boolean isBareCall(PgToken token) {
        return token.source().sort() == dev.gatehouse.analyzer.lexer.Token.Sort.WORD && BARE.containsKey(token.image);
    }

    static SqlOperator bareCall(Token word) {
        SqlOperator operator = BARE.get(word.image);
        if (operator == null) {
            throw new IllegalArgumentException(word.image);
        }
        return operator;
    }
}
