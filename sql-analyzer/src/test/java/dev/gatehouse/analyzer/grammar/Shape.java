package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.PgLexer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree in one line: {@code (OPERATOR operand operand)}, a list in brackets, {@code -} for what is not there. Operands
 * at the end that are missing or empty are left out.
 */
final class Shape {

    private Shape() {}

    static SqlNode read(String sql) {
        return PgReader.read(PgLexer.read(sql.getBytes(StandardCharsets.UTF_8), true));
    }

    static String of(String sql) {
        return of(read(sql));
    }

    /** The shape of an expression, as an item of a SELECT. */
    static String ofValue(String expression) {
        SqlCall select = (SqlCall) read("SELECT " + expression);
        return of(((SqlNodeList) select.operand(1)).get(0));
    }

    static String of(@Nullable SqlNode node) {
        if (node == null) {
            return "-";
        }
        if (node instanceof SqlIdentifier name) {
            return name.toString();
        }
        if (node instanceof SqlNodeList list) {
            return "[" + all(list) + "]";
        }
        if (node instanceof SqlCall call) {
            String quantifier = call.getFunctionQuantifier() == null ? "" : " DISTINCT";
            String operands = (" " + all(call.getOperandList())).replaceFirst("( -| \\[])*$", "");
            return "(" + name(call.getOperator()) + quantifier + operands.stripTrailing() + ")";
        }
        return node instanceof SqlLiteral literal ? String.valueOf(literal.toValue()) : node.toString();
    }

    private static String name(SqlOperator operator) {
        return operator instanceof SqlUnresolvedFunction function
                ? function.getNameAsId().toString()
                : operator.getName();
    }

    private static String all(List<? extends @Nullable SqlNode> nodes) {
        return nodes.stream().map(Shape::of).collect(Collectors.joining(" "));
    }
}
