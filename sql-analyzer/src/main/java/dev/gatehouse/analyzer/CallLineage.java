package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.firewall.statement.Command.Change;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** Follows values through function calls. */
final class CallLineage {

    private final Lineage lineage;

    CallLineage(Lineage lineage) {
        this.lineage = lineage;
    }

    Trace call(SqlCall call, SqlFunction function, Frame frame, Mode mode) {
        List<String> names = names(function);
        String name = names.get(names.size() - 1);
        String schema = names.size() > 1 ? names.get(names.size() - 2) : null;
        SqlIdentifier identifier = function.getSqlIdentifier();
        int position = lineage.position(identifier == null ? call : identifier);
        lineage.visit(position);
        boolean ours = lineage.snapshot.isBuiltIn(schema, name);
        lineage.findings.calls(
                schema == null || schema.equals(Snapshot.SYSTEM) ? name : String.join(".", names), position);
        if (PgFunctions.dependsOnLiterals(name)) {
            lineage.findings.exact();
        }
        if (name.equals("set_config")) {
            setting(call);
        }
        if (ours && name.equals("count")) {
            return count(call, frame);
        }
        Mode shown = ours && lineage.snapshot.givesRows(name) ? Mode.PREDICATE : mode;
        // A body that is not known may store or send what it is given.
        Mode inside = !ours || PgFunctions.carries(name) ? Mode.CARRIED : shown;
        Trace trace = lineage.expressions.all(call.getOperandList(), frame, inside);
        if (!ours || PgFunctions.isRevealing(name)) {
            lineage.findings.incomplete();
            return trace.and(Trace.UNKNOWN);
        }
        return PgFunctions.keepsWhole(name) ? trace : trace.computed();
    }

    private static List<String> names(SqlFunction function) {
        SqlIdentifier identifier = function.getSqlIdentifier();
        return identifier == null ? List.of(function.getName()) : identifier.names;
    }

    /** A count tells of values only if they are distinguished or computed with. */
    private Trace count(SqlCall call, Frame frame) {
        List<SqlNode> operands = call.getOperandList();
        for (int i = 0; i < operands.size(); i++) {
            boolean plain = i == 0 && operands.get(i) instanceof SqlIdentifier;
            lineage.expressions.value(operands.get(i), frame, plain ? Mode.COUNTED : Mode.PREDICATE);
        }
        return Trace.NONE;
    }

    private void setting(SqlCall call) {
        Optional<String> name = call.getOperandList().isEmpty()
                ? Optional.empty()
                : literal(Objects.requireNonNull(call.getOperandList().get(0)));
        if (name.isPresent()) {
            Settings.change(name.get()).ifPresent(lineage.findings::change);
        } else {
            lineage.findings.change(Change.SEARCH_PATH);
            lineage.findings.change(Change.LEXING);
        }
    }

    private Optional<String> literal(SqlNode node) {
        return node instanceof SqlLiteral
                ? Optional.of(lineage.token(lineage.position(node)).text())
                : Optional.empty();
    }
}
