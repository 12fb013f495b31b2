package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.lineage.Routine.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.jspecify.annotations.Nullable;

/** Follows values through function calls. */
final class Calls {

    private static final Set<String> PROPOSED = Set.of("values", "value");

    private static final String SYSTEM = "pg_catalog";
    /** What the functions are called that the grammar has other words for. */
    private static final Map<String, String> RENAMED = Map.of("trim", "btrim", "collation", "pg_collation_for");

    /** Calls that are no functions, but ways to put values together. */
    private static final Set<SqlKind> CONSTRUCTS = Set.of(
            SqlKind.ROW,
            SqlKind.ARRAY_VALUE_CONSTRUCTOR,
            SqlKind.ARRAY_QUERY_CONSTRUCTOR,
            SqlKind.NULLIF,
            SqlKind.GREATEST,
            SqlKind.GREATEST_PG,
            SqlKind.LEAST,
            SqlKind.LEAST_PG,
            SqlKind.GROUPING,
            SqlKind.ITEM);

    private final Lineage lineage;

    Calls(Lineage lineage) {
        this.lineage = lineage;
    }

    /** Whether a function is called by its name. */
    static boolean isCall(SqlCall call) {
        return (call.getOperator() instanceof SqlFunction || call.getKind() == SqlKind.UNNEST)
                && !CONSTRUCTS.contains(call.getKind());
    }

    /** The name of a call's function, with the names that qualify it. */
    static List<String> names(SqlCall call) {
        SqlIdentifier identifier = identifier(call);
        if (identifier != null && call.getKind() == SqlKind.OTHER_FUNCTION) {
            boolean system = ((SqlFunction) call.getOperator()).getFunctionType() == SqlFunctionCategory.SYSTEM;
            String name = identifier.names.get(0);
            return system ? List.of(SYSTEM, RENAMED.getOrDefault(name, name)) : identifier.names;
        }
        return List.of(call.getOperator().getName().toLowerCase(Locale.ROOT));
    }

    static String last(SqlCall call) {
        List<String> names = names(call);
        return names.get(names.size() - 1);
    }

    private static @Nullable SqlIdentifier identifier(SqlCall call) {
        return call.getOperator() instanceof SqlFunction function ? function.getSqlIdentifier() : null;
    }

    /**
     * Follows a call.
     *
     * @param keys what its rows are ordered by and given to it with that, besides what stands in its parentheses
     */
    Trace call(SqlCall call, List<SqlNode> keys, Frame frame, Mode mode) {
        if (isProposed(call)) {
            return lineage.columns.proposed(call.operand(0), frame, mode);
        }
        Routine routine = lineage.vocabulary.routine(names(call));
        return call(call, routine, keys, frame, mode).by(routine.name() + "()");
    }

    private Trace call(SqlCall call, Routine routine, List<SqlNode> keys, Frame frame, Mode mode) {
        lineage.findings.calls(routine, position(call));
        if (routine.is(Trait.HANGS_ON_LITERALS)) {
            lineage.findings.exact();
        }
        if (routine.is(Trait.SETS)) {
            lineage.vocabulary.changes(setting(call.getOperandList())).forEach(lineage.findings::change);
        }
        if (routine.own() && routine.is(Trait.COUNTS)) {
            return count(call, frame);
        }
        List<Mode> modes = modes(call, keys, routine, mode);
        Trace trace = arguments(call.getOperandList(), frame, modes);
        modes.add(Mode.ORDER);
        trace = trace.and(arguments(keys, frame, modes));
        trace = lineage.expressions.tried(call, trace, Failures.may(call, routine));
        if (!routine.own() || routine.is(Trait.REVEALS)) {
            return trace.and(untold(position(call), mode));
        }
        return routine.is(Trait.KEEPS_WHOLE) && keys.isEmpty() ? trace : trace.computed();
    }

    /** What becomes of the values a function is given, whose result is for something; the gravest first. */
    private static List<Mode> modes(SqlCall call, List<SqlNode> keys, Routine routine, Mode mode) {
        List<Mode> modes = new ArrayList<>();
        // A body that is not known may store or send what it is given.
        if (!routine.own() || routine.is(Trait.CARRIES)) {
            modes.add(Mode.CARRIED);
        }
        if (routine.is(Trait.GIVES_ROWS)) {
            modes.add(Mode.PREDICATE);
        }
        modes.add(mode);
        if (routine.is(Trait.AGGREGATES) || call.getFunctionQuantifier() != null || !keys.isEmpty()) {
            modes.add(Mode.AGGREGATE);
        }
        return modes;
    }

    private Trace arguments(List<? extends @Nullable SqlNode> arguments, Frame frame, List<Mode> modes) {
        Trace together = Trace.NONE;
        for (SqlNode argument : arguments) {
            if (argument != null) {
                Trace trace = lineage.expressions.value(argument, frame, modes.get(0));
                modes.stream().skip(1).forEach(mode -> lineage.findings.uses(trace, mode, lineage.position(argument)));
                together = together.and(trace);
            }
        }
        return together;
    }

    /** Follows a call that is written as if the function were a field of what it is given. */
    Trace ofRow(SqlIdentifier name, SqlNode row, Frame frame, Mode mode) {
        Routine routine = lineage.vocabulary.routine(List.of(name.getSimple()));
        lineage.findings.calls(routine, lineage.position(name));
        lineage.findings.exact();
        boolean safe = routine.own() && !routine.is(Trait.REVEALS) && !routine.is(Trait.SETS);
        boolean carried = !safe || routine.is(Trait.CARRIES);
        Trace trace = lineage.expressions.value(row, frame, carried ? Mode.CARRIED : mode);
        if (!routine.own() || !routine.is(Trait.TOTAL)) {
            lineage.findings.tests(trace, lineage.position(name));
        }
        if (carried) {
            lineage.findings.uses(trace, mode, lineage.position(row));
        }
        return safe ? trace.computed() : trace.and(untold(lineage.position(name), mode));
    }

    /** What a function gives that is not made of its arguments alone. */
    private Trace untold(int position, Mode mode) {
        lineage.findings.incomplete();
        if (lineage.vocabulary.hasCatalog()) {
            lineage.findings.uses(Trace.UNKNOWN, mode, position);
        }
        return Trace.UNKNOWN;
    }

    /** Whether it is MySQL's {@code VALUES(column)}: what an INSERT would put there. */
    private boolean isProposed(SqlCall call) {
        return lineage.rules.valuesSeeTarget()
                && call.operandCount() == 1
                && call.operand(0) instanceof SqlIdentifier
                && names(call).size() == 1
                && PROPOSED.contains(last(call).toLowerCase(Locale.ROOT));
    }

    private int position(SqlCall call) {
        SqlIdentifier identifier = identifier(call);
        return lineage.position(identifier == null ? call : identifier);
    }

    /** A count tells of values only if they are distinguished or computed with. */
    private Trace count(SqlCall call, Frame frame) {
        SqlLiteral quantifier = call.getFunctionQuantifier();
        boolean plain = quantifier == null || quantifier.getValue() != SqlSelectKeyword.DISTINCT;
        for (SqlNode operand : call.getOperandList()) {
            boolean counted = plain && operand instanceof SqlIdentifier && call.operandCount() == 1;
            Mode distinguished = plain ? Mode.PREDICATE : Mode.GROUP;
            arguments(
                    List.of(operand),
                    frame,
                    counted ? List.of(Mode.AGGREGATE) : List.of(distinguished, Mode.AGGREGATE));
        }
        return Trace.NONE;
    }

    private static Optional<String> setting(List<SqlNode> arguments) {
        return !arguments.isEmpty() && arguments.get(0) instanceof SqlLiteral literal
                ? Optional.ofNullable(literal.toValue())
                : Optional.empty();
    }
}
