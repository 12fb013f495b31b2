package dev.gatehouse.analyzer.agreement;

import dev.gatehouse.analyzer.tree.Conflict;
import dev.gatehouse.analyzer.tree.Delete;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.analyzer.tree.Insert;
import dev.gatehouse.analyzer.tree.Merge;
import dev.gatehouse.analyzer.tree.Update;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * The tables and columns a tree names, by the places where the names stand. It knows no scopes: two trees of one statement
 * are to be compared by it.
 */
final class Named {

    /** Operators whose first operand is a table where they themselves stand for one. */
    private static final Set<SqlOperator> AROUND_TABLES = Set.of(
            Form.ONLY,
            Form.WITH_ORDINALITY,
            Form.JOIN_ALIAS,
            SqlStdOperatorTable.LATERAL,
            SqlStdOperatorTable.TABLESAMPLE,
            SqlStdOperatorTable.EXPLICIT_TABLE);

    /** Operators of whose operands only the first holds columns. */
    private static final Set<SqlOperator> FIRST_ALONE = Set.of(
            Form.COLLATE,
            Form.OPERATOR_CLASS,
            Form.CYCLE,
            Form.SEARCH,
            Form.TABLE_OF,
            SqlStdOperatorTable.AS,
            SqlStdOperatorTable.DOT,
            SqlStdOperatorTable.ARGUMENT_ASSIGNMENT);

    private final Set<List<String>> tables = new HashSet<>();
    private final Set<String> columns = new TreeSet<>();
    private final Set<String> queries = new HashSet<>();

    private Named() {}

    static Named in(SqlNode tree) {
        Named named = new Named();
        named.value(tree);
        named.tables.removeIf(table -> table.size() == 1 && named.queries.contains(table.get(0)));
        return named;
    }

    /** The tables' names in all their parts; not those that WITH gives to queries. */
    Set<List<String>> tables() {
        return tables;
    }

    /** The last parts of the columns' names, and {@code t.*} for all that a row has. */
    Set<String> columns() {
        return columns;
    }

    private void table(@Nullable SqlNode node) {
        if (node instanceof SqlIdentifier name) {
            tables.add(name.names);
        } else if (node instanceof SqlJoin join) {
            table(join.getLeft());
            table(join.getRight());
            value(join.getCondition());
        } else if (node instanceof SqlCall call) {
            tableOf(call);
        }
    }

    private void tableOf(SqlCall call) {
        if (call.getKind() == SqlKind.AS) {
            table(call.operand(0));
        } else if (call.getOperator().equals(Form.NARROWED)) {
            table(call.operand(0));
            rest(call, 2);
        } else if (AROUND_TABLES.contains(call.getOperator())) {
            table(call.operand(0));
            rest(call, 1);
        } else {
            value(call);
        }
    }

    private void rest(SqlCall call, int from) {
        List<SqlNode> operands = call.getOperandList();
        for (int i = from; i < operands.size(); i++) {
            value(operands.get(i));
        }
    }

    private void value(@Nullable SqlNode node) {
        if (node instanceof SqlIdentifier name) {
            column(name);
        } else if (node instanceof SqlNodeList list) {
            list.forEach(this::value);
        } else if (node instanceof SqlWithItem item) {
            queries.add(item.name.getSimple());
            value(item.query);
        } else if (node instanceof SqlWith with) {
            with.withList.forEach(this::value);
            value(with.body);
        } else if (node instanceof SqlSelect select) {
            select(select);
        } else if (node instanceof SqlJoin) {
            table(node);
        } else if (node instanceof SqlWindow window) {
            window.getPartitionList().forEach(this::value);
            window.getOrderList().forEach(this::value);
            value(window.getLowerBound());
            value(window.getUpperBound());
        } else if (node instanceof SqlCall call) {
            write(call);
        }
    }

    private void column(SqlIdentifier name) {
        if (!name.isStar()) {
            columns.add(name.names.get(name.names.size() - 1));
        } else if (name.names.size() > 1) {
            row(name.skipLast(1));
        }
    }

    /** All columns of a row, be it a table's or a value. */
    private void row(SqlIdentifier name) {
        columns.add(name.names.get(name.names.size() - 1) + ".*");
    }

    private void select(SqlSelect select) {
        table(select.getFrom());
        for (SqlNode operand : select.getOperandList()) {
            if (operand != select.getFrom()) {
                value(operand);
            }
        }
    }

    private void write(SqlCall call) {
        if (call instanceof Insert insert) {
            table(insert.target());
            value(insert.columns());
            value(insert.source());
            value(insert.conflict());
            value(insert.returning());
        } else if (call instanceof Update update) {
            table(update.tables());
            value(update.assignments());
            table(update.from());
            around(update.where(), update.order(), update.limit(), update.returning());
        } else if (call instanceof Delete delete) {
            if (!delete.several()) {
                delete.targets().forEach(this::table);
            }
            table(delete.from());
            around(delete.where(), delete.order(), delete.limit(), delete.returning());
        } else if (call instanceof Merge merge) {
            table(merge.target());
            table(merge.source());
            around(merge.condition(), merge.actions(), merge.returning());
        } else if (call instanceof Conflict) {
            rest(call, 0);
        } else {
            call(call);
        }
    }

    private void around(@Nullable SqlNode... nodes) {
        for (SqlNode node : nodes) {
            value(node);
        }
    }

    private void call(SqlCall call) {
        SqlOperator operator = call.getOperator();
        if (operator.equals(SqlStdOperatorTable.EXPLICIT_TABLE) || operator.equals(Form.INTO_TABLE)) {
            table(call.operand(0));
        } else if (operator.equals(Form.ALL_FIELDS) && call.operand(0) instanceof SqlIdentifier name) {
            row(name);
        } else if (operator.equals(Form.LOCKING)) {
            value(call.operand(0));
        } else if (FIRST_ALONE.contains(operator)) {
            value(call.operand(0));
        } else if (call.getKind() == SqlKind.OVER) {
            value(call.operand(0));
            value(call.operand(1) instanceof SqlIdentifier ? null : call.operand(1));
        } else if (!operator.equals(Form.CURRENT_OF) && !operator.equals(Form.ROW_NAMES)) {
            rest(call, 0);
        }
    }
}
