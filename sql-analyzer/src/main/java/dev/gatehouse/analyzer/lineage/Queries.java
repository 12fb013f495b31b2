package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.lineage.Frame.Source;
import dev.gatehouse.analyzer.lineage.Rowset.Field;
import dev.gatehouse.analyzer.tree.Form;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/** Follows values through queries, whatever they are made of. */
final class Queries {

    private static final int MAX_ROUNDS = 20;

    private final Lineage lineage;

    Queries(Lineage lineage) {
        this.lineage = lineage;
    }

    /** Whether a node is a query and no plain expression. */
    static boolean isQuery(SqlNode node) {
        return node instanceof SqlSelect
                || node instanceof SqlOrderBy
                || node instanceof SqlWith
                || node.getKind() == SqlKind.VALUES
                || node.getKind() == SqlKind.EXPLICIT_TABLE
                || Form.LOCKING.is(node)
                || isCombination(node);
    }

    static boolean isCombination(SqlNode node) {
        return node instanceof SqlCall call && call.getOperator() instanceof SqlSetOperator;
    }

    /**
     * Follows a query, or a command that gives rows like one.
     *
     * @param around the level it stands in
     * @param mode what becomes of its rows
     */
    Rowset query(SqlNode node, Frame around, Mode mode) {
        return query(node, Ending.NONE, around, mode);
    }

    /**
     * Follows a query.
     *
     * @param ending what was said after it of its order and its locks
     */
    private Rowset query(SqlNode node, Ending ending, Frame around, Mode mode) {
        lineage.step(node);
        if (node instanceof SqlSelect select) {
            return lineage.selections.select(select, ending, around, mode);
        }
        if (node instanceof SqlOrderBy ordered) {
            amount(ordered.offset, around);
            amount(ordered.fetch, around);
            return query(ordered.query, ending.ordered(ordered.orderList), around, mode);
        }
        if (Form.LOCKING.is(node)) {
            SqlCall locking = (SqlCall) node;
            return query(locking.operand(0), ending.locked(locking.operand(1)), around, mode);
        }
        if (node instanceof SqlWith with) {
            return query(with.body, ending, define(with, around), mode);
        }
        if (Writes.isWrite(node)) {
            return lineage.writes.write(node, around, mode);
        }
        return sorted(plain(node, around, mode), ending, new Frame(around));
    }

    private Rowset plain(SqlNode node, Frame around, Mode mode) {
        if (node.getKind() == SqlKind.VALUES) {
            return values((SqlCall) node, new Frame(around), mode);
        }
        if (node.getKind() == SqlKind.EXPLICIT_TABLE) {
            Source source = lineage.tables.whole(((SqlCall) node).operand(0), new Frame(around));
            Rowset rows = source.rows().starred();
            lineage.findings.uses(rows.whole(), mode, lineage.position(node));
            return rows;
        }
        if (node instanceof SqlCall call && call.getOperator() instanceof SqlSetOperator operator) {
            return combination(call, operator, around, mode);
        }
        throw lineage.unknown("a query of an unknown form", node);
    }

    private Rowset sorted(Rowset rows, Ending ending, Frame frame) {
        for (SqlNodeList keys : ending.orders()) {
            lineage.selections.order(keys, rows, frame);
        }
        ending.locks().forEach(lineage.census::pass);
        return rows;
    }

    /** What bounds the number of rows sees only what is around the query. */
    private void amount(@Nullable SqlNode amount, Frame around) {
        if (amount != null) {
            lineage.expressions.value(amount, new Frame(around), Mode.PREDICATE);
        }
    }

    private Frame define(SqlWith with, Frame around) {
        Frame frame = new Frame(around);
        List<SqlWithItem> items = new ArrayList<>();
        for (SqlNode item : with.withList) {
            items.add((SqlWithItem) item);
        }
        boolean recursive = items.stream().anyMatch(item -> item.recursive.booleanValue());
        if (recursive && lineage.rules.withSeesLater()) {
            recursive(items, frame);
        } else if (recursive) {
            items.forEach(item -> recursive(List.of(item), frame));
        } else {
            items.forEach(item -> frame.define(key(item), named(item, frame)));
        }
        return frame;
    }

    private String key(SqlWithItem item) {
        lineage.census.see(item.name);
        return lineage.rules.tableKey(item.name.getSimple());
    }

    private Rowset named(SqlWithItem item, Frame frame) {
        return named(item.query, item, frame);
    }

    private Rowset named(SqlNode query, SqlWithItem item, Frame frame) {
        if (Form.SEARCH.is(query) || Form.CYCLE.is(query)) {
            SqlCall search = (SqlCall) query;
            return searched(named(search.operand(0), item, frame), search);
        }
        return renamed(query(query, frame, Mode.INNER), item);
    }

    /** What SEARCH and CYCLE add: columns that may hold the values of others. */
    private Rowset searched(Rowset rows, SqlCall search) {
        Trace trace = rows.whole().computed();
        lineage.findings.uses(trace, Mode.PREDICATE, lineage.position(search));
        Rowset added = Rowset.EMPTY;
        for (SqlNode part : search.getOperandList().subList(1, search.operandCount())) {
            lineage.census.pass(part);
            if (part instanceof SqlIdentifier name) {
                added = added.beside(Rowset.of(List.of(new Field(name.getSimple(), trace))));
            }
        }
        return rows.beside(added);
    }

    private Rowset renamed(Rowset rows, SqlWithItem item) {
        return item.columnList == null ? rows : rows.renamed(names(item.columnList));
    }

    /** What a query of WITH is without what SEARCH and CYCLE add to it. */
    private static SqlNode core(SqlNode query) {
        return Form.SEARCH.is(query) || Form.CYCLE.is(query) ? core(((SqlCall) query).operand(0)) : query;
    }

    /** Names that are given and not looked up. */
    List<String> names(Iterable<? extends @Nullable SqlNode> list) {
        List<String> names = new ArrayList<>();
        for (SqlNode node : list) {
            SqlNode name = Form.COLUMN.is(node) ? ((SqlCall) node).operand(0) : node;
            if (!(name instanceof SqlIdentifier identifier)) {
                throw lineage.unknown("a name of an unknown form", name);
            }
            lineage.census.see(identifier);
            names.add(identifier.getSimple());
        }
        return names;
    }

    /**
     * Queries that may use their own rows and each other's: begun with nothing, or with a query's first part, and repeated
     * until nothing is added. What was found on the way to that is forgotten.
     */
    private void recursive(List<SqlWithItem> items, Frame frame) {
        Findings before = lineage.findings.copy();
        items.forEach(item -> frame.begin(key(item), Rowset.NOTHING_YET));
        for (SqlWithItem item : items) {
            SqlNode query = core(item.query);
            if (isCombination(query)) {
                Rowset start = query(((SqlCall) query).operand(0), frame, Mode.INNER);
                frame.begin(key(item), renamed(start, item));
            }
        }
        for (int round = 0; round < items.size() + MAX_ROUNDS; round++) {
            lineage.findings.reset(before);
            frame.beginAgain();
            boolean changed = false;
            for (SqlWithItem item : items) {
                Rowset next = named(item, frame);
                changed |= !next.equals(frame.define(key(item), next));
            }
            if (!changed || !frame.usedPending()) {
                return;
            }
        }
        throw new Unreadable("a recursive query that is too deep", lineage.position(items.get(0)));
    }

    private Rowset combination(SqlCall call, SqlSetOperator operator, Frame around, Mode mode) {
        Rowset rows = query(call.operand(0), around, mode);
        for (SqlNode other : call.getOperandList().subList(1, call.operandCount())) {
            Rowset right = query(other, around, mode);
            if (!operator.isAll() || call.getKind() != SqlKind.UNION) {
                Mode deciding = operator.isAll() ? Mode.PREDICATE : Mode.GROUP;
                lineage.findings.uses(rows.whole().and(right.whole()), deciding, lineage.position(call));
            }
            rows = rows.or(right);
        }
        return rows;
    }

    /** The rows of VALUES, whose values see a level of their own. */
    Rowset values(SqlCall values, Frame frame, Mode mode) {
        Rowset rows = null;
        for (SqlNode row : values.getOperandList()) {
            Iterable<? extends @Nullable SqlNode> parts = List.of(row);
            if (row instanceof SqlNodeList list) {
                parts = list;
            } else if (row.getKind() == SqlKind.ROW) {
                parts = ((SqlCall) row).getOperandList();
            }
            List<Field> fields = new ArrayList<>();
            for (SqlNode value : parts) {
                Trace trace = value == null ? Trace.NONE : lineage.expressions.value(value, frame, mode);
                fields.add(new Field(lineage.rules.valueName(fields.size()), trace));
            }
            rows = rows == null ? Rowset.of(fields) : rows.or(Rowset.of(fields));
        }
        return rows == null ? Rowset.EMPTY : rows;
    }
}
