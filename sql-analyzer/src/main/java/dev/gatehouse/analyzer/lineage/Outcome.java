package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.analyzer.tree.Select;
import dev.gatehouse.firewall.statement.Command.Change;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.jspecify.annotations.Nullable;

/**
 * What a whole command comes to.
 *
 * @param verb what its first word, after WITH, says
 * @param rows what the client gets; no columns when it gets no rows
 * @param limited whether the number of rows has a bound
 */
public record Outcome(Kind verb, Rowset rows, boolean limited) {

    static Outcome of(SqlNode tree, Lineage lineage, Mode mode) {
        SqlNode body = body(tree);
        boolean writes = Writes.isWrite(body);
        SqlNode into = writes ? null : into(body);
        lineage.selections.expect(into);
        Rowset rows = lineage.queries.query(tree, new Frame(null), into == null ? mode : Mode.CARRIED);
        Kind verb = writes ? Writes.kind(body) : Kind.SELECT;
        lineage.findings.kind(verb);
        if (into != null) {
            divert((SqlCall) into, lineage);
        }
        boolean limited = writes || into != null || isLimited(tree);
        return new Outcome(verb, into == null ? rows : Rowset.EMPTY, limited);
    }

    private static SqlNode body(SqlNode tree) {
        return tree instanceof SqlWith with ? body(with.body) : tree;
    }

    /** Where a query says its rows go in place of the client. */
    private static @Nullable SqlNode into(SqlNode query) {
        if (query instanceof Select select) {
            return select.into();
        }
        if (query instanceof SqlOrderBy ordered) {
            return into(ordered.query);
        }
        if (query instanceof SqlWith with) {
            return into(with.body);
        }
        if (Form.LOCKING.is(query)) {
            return into(((SqlCall) query).operand(0));
        }
        if (query instanceof SqlBasicCall call && call.getOperator() instanceof SqlSetOperator) {
            SqlNode left = into(call.operand(0));
            return left == null ? into(call.operand(1)) : left;
        }
        return null;
    }

    private static void divert(SqlCall into, Lineage lineage) {
        if (Form.INTO_TABLE.is(into)) {
            SqlIdentifier name = into.operand(0);
            lineage.census.see(name);
            lineage.findings.kind(Kind.CREATE);
            lineage.findings.change(Change.CATALOG);
            lineage.findings.writes(lineage.vocabulary.made(name.names), lineage.position(name));
        } else {
            if (Form.INTO_FILE.is(into)) {
                Optional<String> file = Optional.of(Form.word(into.operand(0)));
                lineage.findings.kind(Kind.INTO_OUTFILE);
                lineage.findings.add(new Effect.Files(Effect.Access.WRITTEN, file, lineage.position(into.operand(0))));
            }
            lineage.census.pass(into);
        }
    }

    private static boolean isLimited(SqlNode query) {
        if (query instanceof SqlWith with) {
            return isLimited(with.body);
        }
        if (Form.LOCKING.is(query)) {
            return isLimited(((SqlCall) query).operand(0));
        }
        return query instanceof SqlOrderBy ordered
                && ((ordered.fetch != null && bounds(ordered.fetch)) || isLimited(ordered.query));
    }

    /** Whether a number of rows is one for certain: what is computed may be null, and so no bound. */
    private static boolean bounds(SqlNode amount) {
        return switch (amount.getKind()) {
            case LITERAL -> !Conditions.isNull(amount);
            case DYNAMIC_PARAM -> true;
            case CAST -> bounds(((SqlCall) amount).operand(0));
            case PLUS, MINUS, TIMES, DIVIDE, MOD, PLUS_PREFIX, MINUS_PREFIX ->
                ((SqlCall) amount).getOperandList().stream().allMatch(Outcome::bounds);
            default -> false;
        };
    }
}
