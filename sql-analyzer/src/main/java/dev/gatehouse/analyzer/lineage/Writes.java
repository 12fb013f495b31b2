package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.lineage.Frame.Source;
import dev.gatehouse.analyzer.tree.Conflict;
import dev.gatehouse.analyzer.tree.Delete;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.analyzer.tree.Insert;
import dev.gatehouse.analyzer.tree.Merge;
import dev.gatehouse.analyzer.tree.Update;
import dev.gatehouse.firewall.statement.Kind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** Follows values through INSERT, UPDATE and DELETE. */
final class Writes {

    /** What the row is called that an INSERT would put in. */
    static final String PROPOSED = "excluded";

    private final Lineage lineage;

    Writes(Lineage lineage) {
        this.lineage = lineage;
    }

    static boolean isWrite(SqlNode node) {
        return node instanceof Insert || node instanceof Update || node instanceof Delete || node instanceof Merge;
    }

    static Kind kind(SqlNode node) {
        return node instanceof Insert
                ? Kind.INSERT
                : node instanceof Update ? Kind.UPDATE : node instanceof Delete ? Kind.DELETE : Kind.MERGE;
    }

    /** Follows a command, and gives the rows of its RETURNING. */
    Rowset write(SqlNode node, Frame around, Mode mode) {
        lineage.findings.kind(kind(node));
        if (node instanceof Insert insert) {
            return insert(insert, around, mode);
        }
        if (node instanceof Update update) {
            return update(update, around, mode);
        }
        if (node instanceof Delete delete) {
            return delete(delete, around, mode);
        }
        return lineage.merges.merge((Merge) node, around, mode);
    }

    private Rowset insert(Insert insert, Frame around, Mode mode) {
        Frame frame = new Frame(around);
        Target target = Target.added(insert.target(), frame, lineage);
        if (insert.replaces()) {
            lineage.findings.kind(Kind.DELETE);
            target.replace();
        }
        List<String> columns = insert.columns() == null ? List.of() : target.filled(insert.columns());
        Rowset proposed = target.rows().blank();
        SqlNode source = insert.source();
        if (source != null) {
            Rowset given = given(source, frame, around);
            Map<String, Trace> additions = target.placed(columns, given);
            proposed = proposed.with(additions);
            target.hold(additions);
        }
        if (columns.isEmpty()) {
            target.fillAll();
        }
        if (insert.rowAlias() != null) {
            frame.add(named(insert.rowAlias(), proposed, columns));
        }
        conflict(insert.conflict(), proposed, target, frame);
        return returned(insert.returning(), List.of(target), Rowset.EMPTY, mode);
    }

    private Rowset given(SqlNode source, Frame frame, Frame around) {
        if (source.getKind() == SqlKind.VALUES) {
            Frame level = lineage.rules.valuesSeeTarget() ? frame : new Frame(around);
            return lineage.queries.values((SqlCall) source, level, Mode.CARRIED);
        }
        lineage.findings.kind(Kind.SELECT);
        return lineage.queries.query(source, around, Mode.CARRIED);
    }

    /** The rows that are proposed, under the name MySQL lets them be given. */
    private Source named(SqlNode alias, Rowset proposed, List<String> columns) {
        List<SqlNode> operands =
                alias.getKind() == SqlKind.AS ? ((SqlCall) alias).getOperandList() : List.of(alias, alias);
        lineage.census.pass(operands.get(0));
        List<String> names = lineage.queries.names(operands.subList(1, operands.size()));
        Rowset rows = columns.isEmpty() ? proposed : proposed.only(columns);
        return new Source(names.get(0), null, rows.renamed(names.subList(1, names.size())), true);
    }

    private void conflict(@Nullable Conflict conflict, Rowset proposed, Target target, Frame frame) {
        if (conflict == null) {
            return;
        }
        // What picks the unique index names columns, but no value of theirs is looked at for it.
        lineage.census.pass(conflict.arbiters());
        lineage.census.pass(conflict.arbiterWhere());
        if (conflict.assignments() == null) {
            return;
        }
        lineage.findings.kind(Kind.UPDATE);
        frame.add(new Source(PROPOSED, null, proposed, true));
        assign(conflict.assignments(), List.of(target), frame);
        if (conflict.where() != null) {
            lineage.expressions.value(conflict.where(), frame, Mode.PREDICATE);
        }
    }

    private Rowset update(Update update, Frame around, Mode mode) {
        Frame frame = new Frame(around);
        boolean several = update.tables() instanceof SqlJoin;
        List<Target> targets = several
                ? Target.among(update.tables(), frame, lineage)
                : List.of(Target.of(update.tables(), frame, lineage));
        if (several) {
            choose(update.assignments(), targets, frame);
        }
        Rowset others = update.from() == null ? Rowset.EMPTY : lineage.tables.from(update.from(), frame);
        new Conditions(lineage, frame).restrict(update.where());
        assign(update.assignments(), targets, frame);
        order(update.order(), update.limit(), frame);
        return returned(update.returning(), targets, others, mode);
    }

    private Rowset delete(Delete delete, Frame around, Mode mode) {
        Frame frame = new Frame(around);
        if (delete.several()) {
            List<Target> targets = Target.among(Objects.requireNonNull(delete.from()), frame, lineage);
            for (SqlNode name : delete.targets()) {
                chosen((SqlIdentifier) name, targets, frame).forEach(target -> {
                    target.write();
                    target.remove();
                });
            }
            new Conditions(lineage, frame).restrict(delete.where());
            targets.forEach(Target::noteReading);
            return Rowset.EMPTY;
        }
        Target target = Target.of(delete.targets().get(0), frame, lineage);
        target.remove();
        Rowset others = delete.from() == null ? Rowset.EMPTY : lineage.tables.from(delete.from(), frame);
        new Conditions(lineage, frame).restrict(delete.where());
        order(delete.order(), delete.limit(), frame);
        return returned(delete.returning(), List.of(target), others, mode);
    }

    private void order(@Nullable SqlNodeList order, @Nullable SqlNode limit, Frame frame) {
        if (order != null) {
            lineage.selections.order(order, Rowset.EMPTY, frame);
        }
        if (limit != null) {
            lineage.expressions.value(limit, new Frame(frame.parent()), Mode.PREDICATE);
        }
    }

    /** Follows what is assigned in SET. */
    void assign(SqlNodeList assignments, List<Target> targets, Frame frame) {
        for (SqlNode node : assignments) {
            if (!Form.ASSIGN.is(node)) {
                throw lineage.unknown("an assignment of an unknown form", node);
            }
            SqlCall assignment = (SqlCall) node;
            SqlNode assigned = assignment.operand(0);
            SqlNode value = assignment.operand(1);
            List<SqlNode> columns = assigned.getKind() == SqlKind.ROW
                    ? ((SqlCall) assigned).getOperandList()
                    : assigned instanceof SqlNodeList list ? List.copyOf(list) : List.of(assigned);
            boolean each = value.getKind() == SqlKind.ROW && ((SqlCall) value).operandCount() == columns.size();
            Trace whole = each ? Trace.NONE : lineage.expressions.value(value, frame, Mode.CARRIED);
            for (int i = 0; i < columns.size(); i++) {
                SqlNode part = each ? ((SqlCall) value).operand(i) : value;
                Trace trace = each ? lineage.expressions.value(part, frame, Mode.CARRIED) : whole;
                for (Target target : assignable(columns.get(i), targets, frame)) {
                    target.assign(columns.get(i), trace);
                }
            }
        }
    }

    /** Says which tables of a join are written, before anything is made of their columns. */
    private void choose(SqlNodeList assignments, List<Target> targets, Frame frame) {
        for (SqlNode assignment : assignments) {
            if (Form.ASSIGN.is(assignment)) {
                assignable(((SqlCall) assignment).operand(0), targets, frame).forEach(Target::write);
            }
        }
    }

    /** The tables a column may belong to that is assigned. */
    private List<Target> assignable(SqlNode column, List<Target> targets, Frame frame) {
        if (targets.size() == 1 || !(column instanceof SqlIdentifier name)) {
            return targets;
        }
        if (!name.isSimple()) {
            return chosen(name.skipLast(1), targets, frame);
        }
        List<Target> some =
                targets.stream().filter(target -> target.mayHave(name)).toList();
        return some.isEmpty() ? targets : some;
    }

    /** The tables an alias or a name means; all of them where that is not clear. */
    private List<Target> chosen(SqlIdentifier alias, List<Target> targets, Frame frame) {
        lineage.census.see(alias);
        Source source = lineage.columns.source(alias, frame);
        List<Target> some = targets.stream()
                .filter(target -> source != null && target.is(source))
                .toList();
        if (some.isEmpty()) {
            lineage.findings.missing();
        }
        return some.isEmpty() ? targets : some;
    }

    private Rowset returned(@Nullable SqlNodeList returning, List<Target> targets, Rowset others, Mode mode) {
        Rowset rows = Rowset.EMPTY;
        if (returning != null) {
            Target target = targets.get(0);
            rows = target.returned(returning, target.rows().beside(others), mode);
        }
        targets.forEach(Target::noteReading);
        return rows;
    }
}
