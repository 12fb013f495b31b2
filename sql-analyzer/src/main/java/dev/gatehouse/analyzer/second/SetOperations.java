package dev.gatehouse.analyzer.second;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.sf.jsqlparser.statement.select.IntersectOp;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SetOperation;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.UnionOp;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Makes a tree of the flat list that JSqlParser has for UNION, INTERSECT and EXCEPT. */
final class SetOperations {

    private final Queries queries;

    SetOperations(Queries queries) {
        this.queries = queries;
    }

    /** Folds from left to right, INTERSECT before the others. */
    SqlNode fold(SetOperationList list) {
        List<SqlNode> operands = new ArrayList<>();
        for (Select select : list.getSelects()) {
            refuseBareTail(select);
            operands.add(queries.query(select));
        }
        List<SetOperation> operations = list.getOperations();
        if (operands.size() != operations.size() + 1) {
            throw Nodes.unknown(SetOperationList.class, " of odd length");
        }
        List<SetOperation> weaker = new ArrayList<>();
        List<SqlNode> folded = new ArrayList<>(List.of(operands.get(0)));
        for (int i = 0; i < operations.size(); i++) {
            SetOperation operation = Nodes.whole(operations.get(i));
            if (operation instanceof IntersectOp) {
                SqlNode left = folded.remove(folded.size() - 1);
                folded.add(Expressions.call(operator(operation), left, operands.get(i + 1)));
            } else {
                weaker.add(operation);
                folded.add(operands.get(i + 1));
            }
        }
        SqlNode node = folded.get(0);
        for (int i = 0; i < weaker.size(); i++) {
            node = Expressions.call(operator(weaker.get(i)), node, folded.get(i + 1));
        }
        return node;
    }

    /** Only in parentheses may a part have an order or a limit of its own. */
    private static void refuseBareTail(Select select) {
        boolean tail = select.getLimit() != null || select.getOrderByElements() != null || select.getFetch() != null;
        if (tail && !(select instanceof ParenthesedSelect)) {
            throw Nodes.unknown(SetOperationList.class, " with an order or limit of a part");
        }
    }

    private static SqlOperator operator(SetOperation operation) {
        String modifier = operation.getModifier() == null
                ? ""
                : operation.getModifier().trim().toLowerCase(Locale.ROOT);
        boolean all = modifier.equals("all");
        if (!all && !modifier.isEmpty() && !modifier.equals("distinct")) {
            throw Nodes.unknown(operation.getClass(), " " + modifier);
        }
        if (operation instanceof UnionOp) {
            return all ? SqlStdOperatorTable.UNION_ALL : SqlStdOperatorTable.UNION;
        }
        if (operation instanceof IntersectOp) {
            return all ? SqlStdOperatorTable.INTERSECT_ALL : SqlStdOperatorTable.INTERSECT;
        }
        return all ? SqlStdOperatorTable.EXCEPT_ALL : SqlStdOperatorTable.EXCEPT;
    }
}
