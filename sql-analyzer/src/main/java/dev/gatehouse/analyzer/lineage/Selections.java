package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.lineage.Frame.Source;
import dev.gatehouse.analyzer.lineage.Rowset.Field;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.analyzer.tree.Select;
import dev.gatehouse.firewall.statement.Table;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** Follows values through SELECT. */
final class Selections {

    /** PostgreSQL's own bound, {@code MaxTupleAttributeNumber}; without one, joins of joins would double without end. */
    private static final int MAX_COLUMNS = 1664;

    private final Lineage lineage;
    private @Nullable SqlNode expected;

    Selections(Lineage lineage) {
        this.lineage = lineage;
    }

    /** Says which INTO is the command's own; no other is read. */
    void expect(@Nullable SqlNode into) {
        expected = into;
    }

    Rowset select(SqlSelect select, Ending ending, Frame around, Mode mode) {
        refuseExtras(select);
        Frame frame = new Frame(around);
        int before = lineage.findings.count();
        Rowset from = select.getFrom() == null ? Rowset.EMPTY : lineage.tables.from(select.getFrom(), frame);
        Set<Table> read = ending.locks().isEmpty() ? Set.of() : lineage.findings.readSince(before);
        if (select.getWhere() != null) {
            lineage.expressions.value(select.getWhere(), frame, Mode.PREDICATE);
        }
        Rowset rows = items(select.getSelectList(), from, frame, mode);
        frame.showResults();
        if (select.getGroup() != null) {
            new Keys(lineage, frame, rows, Mode.GROUP, false).all(select.getGroup());
        }
        if (select.getHaving() != null) {
            lineage.expressions.value(select.getHaving(), frame, Mode.PREDICATE);
        }
        lineage.expressions.all(select.getWindowList(), frame, Mode.PREDICATE);
        distinct(select, rows, frame);
        for (SqlNodeList order : ending.orders()) {
            order(order, rows, frame);
        }
        lineage.tables.lock(ending.locks(), read, frame);
        return rows;
    }

    private void refuseExtras(SqlSelect select) {
        boolean extras = select.getQualify() != null
                || select.getOffset() != null
                || select.getFetch() != null
                || (select.getOrderList() != null && !select.getOrderList().isEmpty())
                || select.hasHints();
        boolean diverted = select instanceof Select ours && ours.into() != null && ours.into() != expected;
        if (extras || diverted) {
            throw lineage.unknown("a query of an unknown form", select);
        }
    }

    private void distinct(SqlSelect select, Rowset rows, Frame frame) {
        SqlNodeList on = select instanceof Select ours ? ours.distinctOn() : null;
        if (on != null) {
            new Keys(lineage, frame, rows, Mode.GROUP, true).all(on);
        } else if (select.isDistinct()) {
            lineage.findings.uses(rows.whole(), Mode.GROUP, lineage.position(select));
        }
    }

    /**
     * Follows a select list, or that of RETURNING.
     *
     * @param star what a star alone means
     */
    Rowset items(Iterable<? extends @Nullable SqlNode> items, Rowset star, Frame frame, Mode mode) {
        Rowset rows = Rowset.EMPTY;
        for (SqlNode item : items) {
            if (item == null) {
                continue;
            }
            rows = rows.beside(item(item, star, frame, mode));
            frame.results(rows);
            if (rows.fields().size() > MAX_COLUMNS) {
                throw lineage.unknown("more columns than a result can have", item);
            }
        }
        return rows;
    }

    private Rowset item(SqlNode item, Rowset star, Frame frame, Mode mode) {
        if (item instanceof SqlIdentifier name && name.isStar()) {
            Rowset rows = (name.names.size() == 1 ? star : starred(name.skipLast(1), frame)).starred();
            lineage.census.see(name);
            lineage.findings.uses(rows.whole(), mode, lineage.position(name));
            return rows;
        }
        if (Form.ALL_FIELDS.is(item)) {
            return fields((SqlCall) item, frame, mode);
        }
        if (item.getKind() == SqlKind.AS) {
            List<SqlNode> operands = ((SqlCall) item).getOperandList();
            Trace trace = lineage.expressions.value(operands.get(0), frame, mode);
            String name = lineage.queries.names(operands.subList(1, 2)).get(0);
            return Rowset.of(List.of(new Field(name, trace)));
        }
        Trace trace = lineage.expressions.value(item, frame, mode);
        return Rowset.of(List.of(new Field(Figures.of(item, lineage.rules), trace)));
    }

    private Rowset starred(SqlIdentifier alias, Frame frame) {
        Source source = lineage.columns.source(alias, frame);
        if (source == null) {
            lineage.findings.missing();
            return Rowset.UNKNOWN;
        }
        return source.rows();
    }

    /** The fields of a row: a table's columns, or those of a value whose type is not looked at here. */
    private Rowset fields(SqlCall all, Frame frame, Mode mode) {
        SqlNode row = all.operand(0);
        if (row instanceof SqlIdentifier name && lineage.columns.isRow(name, frame)) {
            Rowset rows = starred(name, frame).starred();
            lineage.census.see(name);
            lineage.findings.uses(rows.whole(), mode, lineage.position(name));
            return rows;
        }
        Trace trace = lineage.expressions.value(row, frame, mode).computed();
        return new Rowset(List.of(), true, trace);
    }

    /** Follows what rows are ordered by. */
    void order(Iterable<? extends @Nullable SqlNode> keys, Rowset rows, Frame frame) {
        new Keys(lineage, frame, rows, Mode.ORDER, true).all(keys);
    }
}
