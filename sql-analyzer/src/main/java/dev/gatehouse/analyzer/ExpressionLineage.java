package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.Frame.Source;
import dev.gatehouse.analyzer.Rowset.Field;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Table;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.jspecify.annotations.Nullable;

/** Follows values through expressions: each holds what its parts hold. */
final class ExpressionLineage {

    private static final Set<String> SYSTEM_COLUMNS = Set.of("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid");
    private static final Set<SqlKind> OPERATORS = Set.of(
            SqlKind.AND,
            SqlKind.OR,
            SqlKind.NOT,
            SqlKind.PLUS,
            SqlKind.MINUS_PREFIX,
            SqlKind.EQUALS,
            SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN,
            SqlKind.GREATER_THAN,
            SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.IS_DISTINCT_FROM,
            SqlKind.IS_NOT_DISTINCT_FROM,
            SqlKind.IS_NULL,
            SqlKind.IS_NOT_NULL,
            SqlKind.IS_TRUE,
            SqlKind.IS_NOT_TRUE,
            SqlKind.IS_FALSE,
            SqlKind.IS_NOT_FALSE,
            SqlKind.IS_UNKNOWN,
            SqlKind.BETWEEN,
            SqlKind.IN,
            SqlKind.NOT_IN,
            SqlKind.ROW);

    private final Lineage lineage;
    private final CallLineage calls;

    ExpressionLineage(Lineage lineage) {
        this.lineage = lineage;
        this.calls = new CallLineage(lineage);
    }

    /**
     * Follows an expression.
     *
     * @param mode what becomes of its value
     */
    Trace value(SqlNode node, Frame frame, Mode mode) {
        if (node instanceof SqlIdentifier name) {
            return name(name, frame, mode);
        }
        if (node instanceof SqlLiteral || node instanceof SqlDynamicParam) {
            return Trace.NONE;
        }
        if (QueryLineage.isQuery(node)) {
            return lineage.queries.query(node, frame, mode).whole();
        }
        if (node instanceof SqlNodeList list) {
            return all(list, frame, mode).computed();
        }
        if (node instanceof SqlCase cases) {
            return cases(cases, frame, mode);
        }
        if (node instanceof SqlBasicCall call) {
            return call(call, frame, mode);
        }
        throw new Unreadable("an expression of an unknown form", lineage.position(node));
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

    private Trace call(SqlBasicCall call, Frame frame, Mode mode) {
        SqlKind kind = call.getKind();
        if (kind == SqlKind.EXISTS) {
            lineage.queries.query(call.operand(0), frame, Mode.INNER);
            return Trace.NONE;
        }
        if (OPERATORS.contains(kind)) {
            return all(call.getOperandList(), frame, mode).computed();
        }
        String operator = call.getOperator().getName();
        if (operator.equals("DOT")) {
            return value(call.operand(0), frame, mode).computed();
        }
        if (operator.equals("ITEM")) {
            return all(call.getOperandList(), frame, mode).computed();
        }
        if (call.getOperator() instanceof SqlFunction function) {
            Optional<Marker> marker = Marker.of(function.getName());
            return marker.isPresent()
                    ? marker(marker.get(), call, frame, mode)
                    : calls.call(call, function, frame, mode);
        }
        throw new Unreadable("an operator of an unknown form", lineage.position(call));
    }

    /** One of several values as it is. What the conditions hold decides which, as in a WHERE. */
    private Trace cases(SqlCase cases, Frame frame, Mode mode) {
        Trace conditions = all(cases.getWhenOperands(), frame, Mode.PREDICATE)
                .and(all(Collections.singleton(cases.getValueOperand()), frame, Mode.PREDICATE));
        Trace choices = all(cases.getThenOperands(), frame, mode)
                .and(all(Collections.singleton(cases.getElseOperand()), frame, mode));
        Trace together = choices.and(conditions);
        return new Trace(together.columns(), together.accounted(), choices.whole());
    }

    private Trace marker(Marker marker, SqlCall call, Frame frame, Mode mode) {
        return switch (marker) {
            case VALUE -> all(call.getOperandList(), frame, mode).computed();
            case CHOICE -> all(call.getOperandList(), frame, mode);
            case PREDICATE -> {
                all(call.getOperandList(), frame, Mode.PREDICATE);
                yield Trace.NONE;
            }
            case STAR, DISTINCT -> Trace.NONE;
            case ROW -> row(call.operand(0), frame, mode);
            default -> throw new Unreadable("a marker out of its place", lineage.position(call));
        };
    }

    private Trace row(SqlIdentifier alias, Frame frame, Mode mode) {
        int position = lineage.position(alias);
        lineage.visit(position);
        Source source = source(alias, frame);
        return used(source == null ? unknown() : source.rows().whole().computed(), mode, position);
    }

    private Trace unknown() {
        lineage.findings.missing();
        return Trace.UNKNOWN;
    }

    private Trace used(Trace trace, Mode mode, int position) {
        lineage.findings.uses(trace, mode, position);
        return trace;
    }

    private Trace name(SqlIdentifier name, Frame frame, Mode mode) {
        int position = lineage.position(name);
        lineage.visit(position);
        int last = lineage.position(name.getComponentParserPosition(name.names.size() - 1));
        Trace trace = name.isSimple() ? simple(name, frame) : qualified(name, frame);
        return used(trace, mode, last);
    }

    /** Whether a simple name means a column of this very level. */
    boolean knows(SqlIdentifier name, Frame frame) {
        return frame.sources().stream()
                .filter(source -> !source.hidden())
                .anyMatch(source -> source.rows().open()
                        || source.rows().fields().stream().anyMatch(f -> f.mayBe(name.getSimple())));
    }

    private Trace simple(SqlIdentifier identifier, Frame start) {
        String name = identifier.getSimple();
        Trace possible = Trace.NONE;
        boolean guessed = false;
        for (Frame frame = start; frame != null; frame = frame.parent()) {
            boolean certain = false;
            for (Source source : frame.sources()) {
                for (Field field : source.rows().fields()) {
                    if (field.mayBe(name)
                            && (!source.hidden() || frame.sources().size() == 1)) {
                        possible = possible.and(field.trace());
                        certain |= field.name().equals(name);
                        guessed = true;
                        frame.hit(source);
                    }
                }
            }
            if (certain || (SYSTEM_COLUMNS.contains(name) && hasTable(frame))) {
                return possible;
            }
            for (Source source : frame.sources()) {
                if (source.rows().open() && !source.hidden()) {
                    possible = possible.and(source.rows().rest());
                    guessed = true;
                    frame.hit(source);
                }
            }
        }
        Source row = source(identifier, start);
        if (row != null) {
            return possible.and(row.rows().whole().computed());
        }
        return guessed ? possible : unknown();
    }

    private static boolean hasTable(Frame frame) {
        return frame.sources().stream().anyMatch(source -> source.table() != null);
    }

    private Trace qualified(SqlIdentifier identifier, Frame start) {
        String column = identifier.names.get(identifier.names.size() - 1);
        SqlIdentifier alias = identifier.getComponent(0, identifier.names.size() - 1);
        Source source = source(alias, start);
        if (source == null) {
            return unknown();
        }
        Trace possible = Trace.NONE;
        boolean guessed = source.rows().open();
        for (Field field : source.rows().fields()) {
            if (field.mayBe(column)) {
                possible = possible.and(field.trace());
                guessed = true;
                if (field.name().equals(column)) {
                    return possible;
                }
            }
        }
        if (SYSTEM_COLUMNS.contains(column) && source.table() != null) {
            return possible;
        }
        if (guessed) {
            return possible.and(source.rows().rest());
        }
        lineage.findings.incomplete();
        return source.rows().whole().and(Trace.UNKNOWN);
    }

    /** The table an alias or a relation's name means, from this level outwards. */
    @Nullable
    Source source(SqlIdentifier alias, Frame start) {
        String last = alias.names.get(alias.names.size() - 1);
        String schema = alias.names.size() > 1 ? alias.names.get(alias.names.size() - 2) : null;
        for (Frame frame = start; frame != null; frame = frame.parent()) {
            for (Source source : frame.sources()) {
                if (source.alias().equals(last) && (schema == null || isIn(schema, source.table()))) {
                    frame.hit(source);
                    return source;
                }
            }
        }
        return null;
    }

    private static boolean isIn(String schema, @Nullable Table table) {
        return table != null && (table.schema().equals(schema) || table.schema().equals(Table.UNKNOWN));
    }
}
