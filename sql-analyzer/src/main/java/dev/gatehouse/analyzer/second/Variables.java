package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.tree.Form;
import java.util.Map;
import java.util.function.BiFunction;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.UserVariable;
import net.sf.jsqlparser.expression.VariableAssignment;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Translates MySQL's variables. */
final class Variables {

    private Variables() {}

    static void register(Map<Class<?>, BiFunction<Expressions, Expression, SqlNode>> readers) {
        Expressions.on(readers, UserVariable.class, Variables::variable);
        Expressions.on(readers, VariableAssignment.class, (at, assignment) -> {
            SqlNode variable = variable(at, Nodes.whole(assignment.getVariable()));
            SqlNode value = at.of(assignment.getExpression());
            return switch (assignment.getOperation()) {
                case ":=" -> Form.ASSIGN_VARIABLE.node(Translation.NOWHERE, variable, value);
                case "=" -> Expressions.call(SqlStdOperatorTable.EQUALS, variable, value);
                default -> throw Nodes.unknown(VariableAssignment.class, " " + assignment.getOperation());
            };
        });
    }

    static SqlNode variable(Expressions at, UserVariable variable) {
        return Form.VARIABLE.node(
                Translation.NOWHERE,
                Literals.string(at.translation().rendering().variable(variable.getName())));
    }
}
