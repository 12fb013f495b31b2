package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.tree.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Makes the nodes that productions of both dialects need. */
final class Nodes {

    private static final Map<String, SqlOperator> BINARY = Map.ofEntries(
            Map.entry("=", SqlStdOperatorTable.EQUALS),
            Map.entry("<>", SqlStdOperatorTable.NOT_EQUALS),
            Map.entry("!=", SqlStdOperatorTable.NOT_EQUALS),
            Map.entry("<", SqlStdOperatorTable.LESS_THAN),
            Map.entry("<=", SqlStdOperatorTable.LESS_THAN_OR_EQUAL),
            Map.entry(">", SqlStdOperatorTable.GREATER_THAN),
            Map.entry(">=", SqlStdOperatorTable.GREATER_THAN_OR_EQUAL),
            Map.entry("+", SqlStdOperatorTable.PLUS),
            Map.entry("-", SqlStdOperatorTable.MINUS),
            Map.entry("*", SqlStdOperatorTable.MULTIPLY),
            Map.entry("/", SqlStdOperatorTable.DIVIDE),
            Map.entry("%", SqlStdOperatorTable.PERCENT_REMAINDER),
            Map.entry("||", SqlStdOperatorTable.CONCAT));

    private Nodes() {}

    static SqlParserPos position(Token token) {
        return new SqlParserPos(1, token.beginColumn);
    }

    /** A name of one part. */
    static SqlIdentifier name(Token token) {
        return new SqlIdentifier(token.image, position(token));
    }

    /** A name of several parts. */
    static SqlIdentifier name(List<? extends Token> parts) {
        List<String> names = new ArrayList<>();
        List<SqlParserPos> positions = new ArrayList<>();
        for (Token part : parts) {
            names.add(part.image);
            positions.add(position(part));
        }
        return new SqlIdentifier(names, null, SqlParserPos.sum(positions), positions);
    }

    /** A word that is told as a literal. */
    static SqlLiteral word(String word, SqlParserPos position) {
        return SqlLiteral.createCharString(word, "UTF-8", position);
    }

    static SqlLiteral string(Token token) {
        return word(token.image, position(token));
    }

    /** A comparison, or any other operator between two values. */
    static SqlNode binary(String operator, SqlParserPos position, SqlNode left, SqlNode right) {
        SqlOperator known = BINARY.get(operator);
        return call(known == null ? new Form(operator) : known, position, left, right);
    }

    /** A node of any operator. Its operands may be missing where the operator says so. */
    static SqlNode call(SqlOperator operator, SqlParserPos position, @Nullable SqlNode... operands) {
        return new SqlBasicCall(operator, Arrays.asList(operands), position);
    }

    static SqlNode call(SqlOperator operator, SqlParserPos position, List<? extends SqlNode> operands) {
        return new SqlBasicCall(operator, operands, position);
    }

    /** A call of a function by its name. */
    static SqlCall function(
            SqlIdentifier name, SqlParserPos position, boolean distinct, List<? extends SqlNode> operands) {
        SqlLiteral quantifier = distinct ? SqlSelectKeyword.DISTINCT.symbol(position) : null;
        return new SqlBasicCall(
                unresolved(name, SqlFunctionCategory.USER_DEFINED_FUNCTION), operands, position, quantifier);
    }

    /** A call of what the server's grammar knows like a function of its own, whatever other functions there are. */
    static SqlCall system(SqlIdentifier name, SqlParserPos position, List<? extends SqlNode> operands) {
        return new SqlBasicCall(unresolved(name, SqlFunctionCategory.SYSTEM), operands, position);
    }

    private static SqlUnresolvedFunction unresolved(SqlIdentifier name, SqlFunctionCategory category) {
        return new SqlUnresolvedFunction(name, null, null, null, null, category);
    }

    /** A value under a name. */
    static SqlNode as(SqlNode value, Token name) {
        SqlParserPos position = value.getParserPosition().plus(position(name));
        return call(SqlStdOperatorTable.AS, position, value, name(name));
    }

    /** The key words of SELECT DISTINCT. */
    static SqlNodeList distinct(SqlParserPos position) {
        return SqlNodeList.of(SqlSelectKeyword.DISTINCT.symbol(position));
    }

    static SqlNodeList list(List<? extends @Nullable SqlNode> nodes, SqlParserPos position) {
        return new SqlNodeList(nodes, position);
    }

    /**
     * A chain of ANDs or of ORs. As they associate, their tree is made no deeper than it has to be.
     */
    static SqlNode chain(SqlOperator operator, List<SqlNode> operands) {
        int size = operands.size();
        if (size == 1) {
            return operands.get(0);
        }
        SqlNode left = chain(operator, operands.subList(0, (size + 1) / 2));
        SqlNode right = chain(operator, operands.subList((size + 1) / 2, size));
        return call(operator, left.getParserPosition().plus(right.getParserPosition()), left, right);
    }

    /** What a name with a star means where a value is expected: all fields of a row. */
    static SqlNode fields(SqlNode row, SqlParserPos position) {
        return Form.ALL_FIELDS.node(position, row);
    }

    /** {@code t.*} as an item of a select list. */
    static SqlNode item(SqlNode value) {
        if (Form.ALL_FIELDS.is(value) && ((SqlCall) value).operand(0) instanceof SqlIdentifier row) {
            List<SqlParserPos> positions = new ArrayList<>();
            for (int i = 0; i < row.names.size(); i++) {
                positions.add(row.getComponentParserPosition(i));
            }
            positions.add(value.getParserPosition());
            List<String> names = new ArrayList<>(row.names);
            names.add("");
            return SqlIdentifier.star(names, value.getParserPosition(), positions);
        }
        return value;
    }
}
