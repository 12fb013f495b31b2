package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.analyzer.tree.Insert;
import dev.gatehouse.firewall.statement.Effect;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlCase;
import org.jspecify.annotations.Nullable;

/** Follows values through expressions: each holds what its parts hold. */
final class Expressions {

    private static final String SYSTEM_VARIABLE = "@@";

    private final Lineage lineage;
    private final Calls calls;

    Expressions(Lineage lineage) {
        this.lineage = lineage;
        this.calls = new Calls(lineage);
    }

    /**
     * Follows an expression.
     *
     * @param mode what becomes of its value
     */
    Trace value(SqlNode node, Frame frame, Mode mode) {
        lineage.step(node);
        if (node instanceof SqlIdentifier name) {
            return name(name, frame, mode);
        }
        if (holdsNothing(node)) {
            return Trace.NONE;
        }
        if (Queries.isQuery(node)) {
            return lineage.queries.query(node, frame, mode).whole();
        }
        if (node instanceof SqlNodeList list) {
            return all(list, frame, mode).computed();
        }
        if (node instanceof SqlCase cases) {
            return cases(cases, frame, mode);
        }
        if (node instanceof SqlWindow window) {
            return window(window, frame);
        }
        if (Writes.isWrite(node) || node instanceof Insert || !(node instanceof SqlCall call)) {
            throw lineage.unknown("an expression of an unknown form", node);
        }
        return call.getOperator() instanceof Form ? form(call, frame, mode) : call(call, frame, mode);
    }

    private static boolean holdsNothing(SqlNode node) {
        return node instanceof SqlLiteral
                || node instanceof SqlDynamicParam
                || node instanceof SqlIntervalQualifier
                || node instanceof SqlDataTypeSpec;
    }

    private Trace name(SqlIdentifier name, Frame frame, Mode mode) {
        if (!name.isStar()) {
            return lineage.columns.value(name, frame, mode);
        }
        if (name.names.size() == 1) {
            lineage.census.see(name);
            return Trace.NONE;
        }
        lineage.census.see(name);
        return lineage.columns.row(name.skipLast(1), frame, mode);
    }

    Trace all(Iterable<? extends @Nullable SqlNode> nodes, Frame frame, Mode mode) {
        Trace trace = Trace.NONE;
        for (SqlNode node : nodes) {
            if (node != null) {
                trace = trace.and(value(node, frame, mode));
            }
        }
        return trace;
    }

    private Trace computed(SqlCall call, Frame frame, Mode mode) {
        Trace trace = all(call.getOperandList(), frame, mode).computed();
        return tried(call, trace, Failures.may(call, lineage.rules));
    }

    /**
     * Notes that whether a command fails, or what else is seen of an operand, tells of values.
     *
     * @param trace those of what the expression is made of
     * @param mayFail whether it may fail by one of them
     */
    Trace tried(SqlCall call, Trace trace, boolean mayFail) {
        if (mayFail || Failures.mayShow(call, lineage.vocabulary)) {
            lineage.findings.tests(trace, lineage.position(call));
        } else if (!trace.sure()) {
            lineage.findings.tests(new Trace(trace.columns(), true, true, true), lineage.position(call));
        }
        // What is made of constants alone fails whenever it is looked at, and a function may do more than that.
        boolean constant = trace.columns().isEmpty() && trace.accounted() && !Calls.isCall(call);
        return mayFail && !constant ? trace.unsure() : trace;
    }

    private Trace call(SqlCall call, Frame frame, Mode mode) {
        return switch (call.getKind()) {
            case EXISTS -> {
                Trace rows = lineage.queries
                        .query(call.operand(0), frame, Mode.INNER)
                        .whole();
                yield rows.sure() ? Trace.NONE : Trace.NONE.unsure();
            }
            case SCALAR_QUERY -> value(call.operand(0), frame, mode);
            case DOT -> field(call, frame, mode);
            case CAST -> cast(call, frame, mode);
            case COALESCE -> tried(call, all(call.getOperandList(), frame, mode), false);
            case ARGUMENT_ASSIGNMENT -> {
                lineage.census.pass(call.operand(1));
                yield value(call.operand(0), frame, mode);
            }
            case OVER -> {
                windowed(call.operand(1), frame);
                yield value(call.operand(0), frame, mode);
            }
            case FILTER -> {
                value(call.operand(1), frame, Mode.PREDICATE);
                yield value(call.operand(0), frame, mode);
            }
            case RESPECT_NULLS, IGNORE_NULLS -> value(call.operand(0), frame, mode);
            case WITHIN_GROUP -> within(call, frame, mode);
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> value(call.operand(0), frame, mode);
            default -> Calls.isCall(call) ? calls.call(call, List.of(), frame, mode) : computed(call, frame, mode);
        };
    }

    /** A call that is given the values it orders by. */
    private Trace within(SqlCall within, Frame frame, Mode mode) {
        SqlNode call = within.operand(0);
        List<SqlNode> keys = keys(within.operand(1));
        if (call instanceof SqlCall function && Calls.isCall(function)) {
            return calls.call(function, keys, frame, mode);
        }
        Trace ordered = all(keys, frame, mode);
        lineage.findings.uses(ordered, Mode.ORDER, lineage.position(within.operand(1)));
        return value(call, frame, mode).and(ordered).computed();
    }

    private static List<SqlNode> keys(SqlNode order) {
        return order instanceof SqlNodeList list ? List.copyOf(list) : List.of(order);
    }

    /** A window by its name, which is defined where it is followed, or one of its own. */
    private void windowed(SqlNode window, Frame frame) {
        if (window instanceof SqlIdentifier) {
            lineage.census.pass(window);
        } else {
            value(window, frame, Mode.PREDICATE);
        }
    }

    private Trace window(SqlWindow window, Frame frame) {
        lineage.census.pass(window.getDeclName());
        lineage.census.pass(window.getRefName());
        all(window.getPartitionList(), frame, Mode.GROUP);
        lineage.selections.order(window.getOrderList(), Rowset.EMPTY, frame);
        all(Collections.singleton(window.getLowerBound()), frame, Mode.PREDICATE);
        all(Collections.singleton(window.getUpperBound()), frame, Mode.PREDICATE);
        return Trace.NONE;
    }

    /** A field of a row: of a table's, it is a column; of any other, it may be any part. */
    private Trace field(SqlCall call, Frame frame, Mode mode) {
        SqlIdentifier name = call.operand(1);
        lineage.census.pass(name);
        SqlNode row = call.operand(0);
        if (row instanceof SqlIdentifier alias && lineage.columns.isRow(alias, frame)) {
            Trace column = lineage.columns.field(alias, name, frame, mode);
            if (column != null) {
                return column;
            }
        }
        boolean function = lineage.vocabulary.mayBeCalled(name.getSimple())
                && !lineage.columns.has(call.operand(0), name.getSimple(), frame);
        return function
                ? calls.ofRow(name, call.operand(0), frame, mode)
                : value(call.operand(0), frame, mode).computed();
    }

    /** A cast that leaves a text as it is keeps it whole. */
    private Trace cast(SqlCall call, Frame frame, Mode mode) {
        Trace trace = all(call.getOperandList().subList(0, 1), frame, mode);
        SqlNode type = call.operand(1);
        boolean keeps = type instanceof SqlDataTypeSpec spec && Types.keepsText(spec);
        return tried(call, keeps ? trace : trace.computed(), Failures.mayCast(type, lineage.rules));
    }

    /** One of several values as it is; where none of them is a column's, it tells only of what the conditions hold. */
    private Trace cases(SqlCase cases, Frame frame, Mode mode) {
        Trace conditions = all(Collections.singleton(cases.getValueOperand()), frame, Mode.PREDICATE)
                .and(all(cases.getWhenOperands(), frame, Mode.PREDICATE));
        Trace choices = all(cases.getThenOperands(), frame, mode)
                .and(all(Collections.singleton(cases.getElseOperand()), frame, mode));
        Trace together = choices.and(conditions);
        boolean chosen = conditions.columns().isEmpty() || !choices.columns().isEmpty();
        return new Trace(
                together.columns(), together.accounted(), choices.whole() && chosen, together.sure(), together.path());
    }

    private Trace form(SqlCall call, Frame frame, Mode mode) {
        if (Form.DEFAULT.is(call)) {
            return Trace.NONE;
        }
        if (Form.ALL_FIELDS.is(call)) {
            return fields(call.operand(0), frame, mode);
        }
        if (Form.COLLATE.is(call) || Form.OPERATOR_CLASS.is(call)) {
            lineage.census.pass(call.operand(1));
            return value(call.operand(0), frame, mode);
        }
        if (Form.VARIADIC.is(call)) {
            return value(call.operand(0), frame, mode);
        }
        if (Form.ORDERED.is(call)) {
            all(keys(call.operand(1)), frame, Mode.ORDER);
            return value(call.operand(0), frame, mode);
        }
        if (Form.VARIABLE.is(call)) {
            return variable(call, mode);
        }
        if (Form.ASSIGN_VARIABLE.is(call)) {
            Trace trace = value(call.operand(1), frame, Mode.CARRIED);
            lineage.findings.uses(trace, mode, lineage.position(call));
            return trace;
        }
        if (Form.SEQUENCE.is(call)) {
            lineage.tables.sequence(call.operand(0), frame);
            return Trace.NONE;
        }
        if (isMisplaced(call)) {
            throw lineage.unknown("a form out of its place", call);
        }
        return computed(call, frame, mode);
    }

    private static boolean isMisplaced(SqlNode form) {
        return Form.CURRENT_OF.is(form)
                || Form.ASSIGN.is(form)
                || Form.LOCK.is(form)
                || Form.INTO_FILE.is(form)
                || Form.INTO_TABLE.is(form)
                || Form.INTO_VARIABLES.is(form);
    }

    private Trace fields(SqlNode row, Frame frame, Mode mode) {
        return row instanceof SqlIdentifier name && lineage.columns.isRow(name, frame)
                ? lineage.columns.row(name, frame, mode)
                : value(row, frame, mode).computed();
    }

    /** A setting of the server holds no data; a client's own variable may hold any. */
    private Trace variable(SqlCall call, Mode mode) {
        String name = Form.word(call.operand(0));
        lineage.findings.add(new Effect.Recalls(name, lineage.position(call)));
        if (name.startsWith(SYSTEM_VARIABLE)) {
            return Trace.NONE;
        }
        lineage.findings.uses(Trace.UNKNOWN, mode, lineage.position(call));
        return Trace.UNKNOWN;
    }
}
