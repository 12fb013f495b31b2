package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.analyzer.tree.Passage;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Tallies;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values in a MySQL command: what they call, and the queries in them. A column in one is the command's own
 * table's, or its result's.
 */
final class VerbValues {

    /** The only column by which rows may be chosen that are not of objects: what the server counts has a name. */
    private static final String NAME = "variable_name";

    private final Job job;

    VerbValues(Job job) {
        this.job = job;
    }

    /** Takes over what a value does. */
    void read(@Nullable SqlNode value) {
        if (value instanceof Passage passage) {
            query(passage);
        } else if (value instanceof SqlCall call) {
            if (call.getOperator() instanceof SqlFunction function && function.getSqlIdentifier() != null) {
                calls(function.getSqlIdentifier(), call);
            }
            call.getOperandList().forEach(this::read);
        }
    }

    /**
     * Notes that a value chooses among the rows of a SHOW by what the server counts, which tells of values.
     *
     * @param objects whether its rows are of objects and settings
     */
    void shown(@Nullable SqlNode value, boolean objects) {
        if (value instanceof SqlIdentifier name) {
            String column = name.names.get(name.names.size() - 1);
            if (objects ? Tallies.contains(column) : !column.equalsIgnoreCase(NAME)) {
                job.findings.uses(
                        Column.UNKNOWN, Use.PREDICATE, name.getParserPosition().getColumnNum());
            }
        } else if (value instanceof Passage query) {
            // A query in it may look at the row outside.
            Cursor tokens = query.tokens();
            if (!objects || tokens.all().stream().anyMatch(token -> Tallies.contains(token.text()))) {
                job.findings.uses(Column.UNKNOWN, Use.PREDICATE, tokens.peek().position());
            }
        } else if (value instanceof SqlCall call) {
            call.getOperandList().forEach(operand -> shown(operand, objects));
        }
    }

    private void calls(SqlIdentifier name, SqlCall call) {
        List<String> names = name.names;
        String last = names.get(names.size() - 1).toLowerCase(Locale.ROOT);
        String schema = names.size() > 1 ? names.get(names.size() - 2) : null;
        boolean own = job.snapshot.isBuiltIn(schema, last);
        job.findings.add(new Effect.Calls(
                schema == null ? last : schema + "." + last,
                job.snapshot.volatility(schema, last),
                own,
                name.getParserPosition().getColumnNum()));
        if (!own) {
            job.findings.incomplete();
        }
        if (schema == null && MySqlFunctions.readsFile(last)) {
            boolean told = call.operandCount() == 1 && call.operand(0) instanceof SqlLiteral;
            Optional<String> file = told ? Optional.of(Form.word(call.operand(0))) : Optional.empty();
            job.findings.add(new Effect.Files(
                    Effect.Access.READ, file, name.getParserPosition().getColumnNum()));
        }
    }

    private void query(Passage passage) {
        Command query = job.inner(passage);
        job.adopt(query, true);
        for (Effect effect : query.effects()) {
            if (effect instanceof Effect.Uses uses && uses.use() == Use.RESULT) {
                job.findings.uses(uses.column(), Use.PREDICATE, uses.position());
            }
        }
    }
}
