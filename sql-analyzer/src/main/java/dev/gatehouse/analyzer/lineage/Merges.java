package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.tree.Delete;
import dev.gatehouse.analyzer.tree.Insert;
import dev.gatehouse.analyzer.tree.Merge;
import dev.gatehouse.analyzer.tree.Update;
import dev.gatehouse.firewall.statement.Command.Where;
import dev.gatehouse.firewall.statement.Kind;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Follows values through MERGE. */
final class Merges {

    private final Lineage lineage;

    Merges(Lineage lineage) {
        this.lineage = lineage;
    }

    Rowset merge(Merge merge, Frame around, Mode mode) {
        Frame frame = new Frame(around);
        Target target = Target.of(merge.target(), frame, lineage);
        Rowset source = lineage.tables.from(merge.source(), frame);
        boolean joins = new Conditions(lineage, frame, Mode.JOIN)
                .worth(merge.condition())
                .equals(Worth.OPEN);
        for (SqlNode action : merge.actions()) {
            if (!Merge.WHEN.is(action)) {
                throw lineage.unknown("an action of an unknown form", action);
            }
            when((SqlCall) action, joins, target, frame);
        }
        Rowset rows = Rowset.EMPTY;
        if (merge.returning() != null) {
            rows = target.returned(merge.returning(), source.beside(target.rows()), mode);
        }
        target.noteReading();
        return rows;
    }

    /** @param joins whether it depends on the row which have a match */
    private void when(SqlCall when, boolean joins, Target target, Frame frame) {
        SqlNode condition = when.operand(0);
        SqlNode action = when.operand(1);
        // What is inserted for a row that has no match sees the source alone.
        Frame level = action instanceof Insert ? frame.only(frame.since(1)) : frame;
        Worth worth = condition == null ? Worth.TRUE : new Conditions(lineage, level).worth(condition);
        if (action instanceof Update || action instanceof Delete) {
            lineage.findings.where(joins || worth.restricts() ? Where.PRESENT : Where.ALWAYS_TRUE);
        }
        if (action instanceof Update update) {
            lineage.findings.kind(Kind.UPDATE);
            lineage.census.pass(update.tables());
            lineage.writes.assign(update.assignments(), List.of(target), frame);
        } else if (action instanceof Delete delete) {
            lineage.findings.kind(Kind.DELETE);
            target.remove();
            lineage.census.pass(delete.targets());
        } else if (action instanceof Insert insert) {
            lineage.findings.kind(Kind.INSERT);
            lineage.census.pass(insert.target());
            insert(insert, target, level);
        } else if (action != null) {
            throw lineage.unknown("an action of an unknown form", action);
        }
    }

    private void insert(Insert insert, Target target, Frame level) {
        List<String> columns = insert.columns() == null ? List.of() : target.filled(insert.columns());
        @Nullable SqlNode source = insert.source();
        if (source == null) {
            return;
        }
        Rowset given = lineage.queries.values((SqlCall) source, level, Mode.CARRIED);
        int most = columns.isEmpty() ? given.fields().size() : columns.size();
        if (given.fields().size() > most) {
            throw lineage.unknown("more values than columns", Objects.requireNonNull(source));
        }
        target.insert(columns, given);
    }
}
