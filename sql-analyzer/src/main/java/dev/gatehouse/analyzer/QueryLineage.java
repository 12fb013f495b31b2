package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.Frame.Source;
import dev.gatehouse.analyzer.Rowset.Field;
import dev.gatehouse.analyzer.lexer.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/** Follows values through queries. */
final class QueryLineage {

    private static final int MAX_ROUNDS = 20;
    /** PostgreSQL's own bound, {@code MaxTupleAttributeNumber}; without one, joins of joins would double without end. */
    private static final int MAX_COLUMNS = 1664;

    private final Lineage lineage;

    QueryLineage(Lineage lineage) {
        this.lineage = lineage;
    }

    /** Whether a node is a query and no plain expression. */
    static boolean isQuery(SqlNode node) {
        return node instanceof SqlSelect
                || node instanceof SqlOrderBy
                || node instanceof SqlWith
                || node.getKind() == SqlKind.VALUES
                || (node instanceof SqlBasicCall call && call.getOperator() instanceof SqlSetOperator);
    }

    /**
     * Follows a query.
     *
     * @param around the level it stands in
     * @param mode what becomes of its rows
     */
    Rowset query(SqlNode node, Frame around, Mode mode) {
        if (node instanceof SqlSelect select) {
            return select(select, null, around, mode);
        }
        if (node instanceof SqlOrderBy ordered) {
            return ordered(ordered, around, mode);
        }
        if (node instanceof SqlWith with) {
            return with(with, around, mode);
        }
        if (node.getKind() == SqlKind.VALUES) {
            return values((SqlCall) node, around, mode);
        }
        if (node instanceof SqlBasicCall call && call.getOperator() instanceof SqlSetOperator operator) {
            return combination(call, operator, around, mode);
        }
        throw new Unreadable("a query of an unknown form", lineage.position(node));
    }

    private Rowset ordered(SqlOrderBy ordered, Frame around, Mode mode) {
        if (ordered.offset != null || ordered.fetch != null) {
            throw new Unreadable("a limit that was not expected", lineage.position(ordered));
        }
        if (ordered.query instanceof SqlSelect select) {
            return select(select, ordered.orderList, around, mode);
        }
        if (ordered.query instanceof SqlWith with) {
            Frame frame = define(with, around);
            SqlNode body = with.body;
            if (body instanceof SqlSelect select) {
                return select(select, ordered.orderList, frame, mode);
            }
            Rowset rows = query(body, frame, mode);
            sort(ordered.orderList, rows, new Frame(frame));
            return rows;
        }
        Rowset rows = query(ordered.query, around, mode);
        sort(ordered.orderList, rows, new Frame(around));
        return rows;
    }

    private Rowset with(SqlWith with, Frame around, Mode mode) {
        return query(with.body, define(with, around), mode);
    }

    private Frame define(SqlWith with, Frame around) {
        Frame frame = new Frame(around);
        List<SqlWithItem> items = new ArrayList<>();
        for (SqlNode item : with.withList) {
            items.add((SqlWithItem) item);
        }
        boolean recursive = items.stream().anyMatch(item -> item.recursive.booleanValue());
        if (recursive) {
            items.forEach(item -> frame.announce(item.name.getSimple()));
        }
        for (SqlWithItem item : items) {
            frame.define(item.name.getSimple(), recursive ? recursive(item, frame) : named(item, frame));
        }
        return frame;
    }

    private Rowset named(SqlWithItem item, Frame frame) {
        return renamed(query(item.query, frame, Mode.INNER), item);
    }

    private static Rowset renamed(Rowset rows, SqlWithItem item) {
        return item.columnList == null ? rows : rows.renamed(names(item.columnList));
    }

    static List<String> names(SqlNodeList list) {
        return list.stream().map(name -> ((SqlIdentifier) name).getSimple()).toList();
    }

    /** A query that may use its own rows: begun with its first part, then repeated until nothing is added. */
    private Rowset recursive(SqlWithItem item, Frame frame) {
        boolean combined = item.query instanceof SqlBasicCall call && call.getOperator() instanceof SqlSetOperator;
        if (!combined) {
            return named(item, frame);
        }
        SqlNode start = ((SqlCall) item.query).operand(0);
        Rowset rows = renamed(query(start, frame, Mode.INNER), item);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            frame.define(item.name.getSimple(), rows);
            Rowset next = named(item, frame);
            if (next.equals(rows)) {
                return rows;
            }
            rows = next;
        }
        throw new Unreadable("a recursive query that is too deep", lineage.position(item));
    }

    private Rowset combination(SqlBasicCall call, SqlSetOperator operator, Frame around, Mode mode) {
        Rowset left = query(call.operand(0), around, mode);
        Rowset right = query(call.operand(1), around, mode);
        if (!operator.isAll() || call.getKind() != SqlKind.UNION) {
            lineage.findings.uses(left.whole().and(right.whole()), Mode.PREDICATE, lineage.position(call));
        }
        return left.with(right);
    }

    private Rowset values(SqlCall values, Frame around, Mode mode) {
        Rowset rows = null;
        for (SqlNode row : values.getOperandList()) {
            List<Field> fields = new ArrayList<>();
            for (SqlNode value : ((SqlCall) row).getOperandList()) {
                Trace trace = lineage.expressions.value(value, new Frame(around), mode);
                fields.add(new Field("column" + (fields.size() + 1), trace));
            }
            rows = rows == null ? Rowset.of(fields) : rows.with(Rowset.of(fields));
        }
        return Objects.requireNonNull(rows);
    }

    private Rowset select(SqlSelect select, @Nullable SqlNodeList order, Frame around, Mode mode) {
        refuseExtras(select);
        Frame frame = new Frame(around);
        Rowset from = Rowset.of(List.of());
        int write = lineage.writing.number(select);
        if (select.getFrom() != null) {
            from = lineage.tables.from(select.getFrom(), frame, write >= 0);
        }
        if (write >= 0) {
            lineage.writing.begin(write, frame);
        }
        if (select.getWhere() != null) {
            lineage.writing.condition(select.getWhere(), frame, write);
        } else if (write >= 0) {
            lineage.writing.noCondition(write);
        }
        Rowset rows = items(select, from, frame, mode, write);
        if (select.getGroup() != null) {
            keys(select.getGroup(), rows, frame, false);
        }
        if (select.getHaving() != null) {
            lineage.expressions.value(select.getHaving(), frame, Mode.PREDICATE);
        }
        if (select.isDistinct()) {
            lineage.findings.uses(rows.whole(), Mode.PREDICATE, lineage.position(select));
        }
        if (order != null) {
            sort(order, rows, frame);
        }
        if (write >= 0) {
            lineage.writing.end(write, frame);
        }
        return rows;
    }

    private void refuseExtras(SqlSelect select) {
        boolean extras = !select.getWindowList().isEmpty()
                || select.getQualify() != null
                || select.getOffset() != null
                || select.getFetch() != null
                || (select.getOrderList() != null && !select.getOrderList().isEmpty())
                || select.hasHints();
        if (extras) {
            throw new Unreadable("a query of an unknown form", lineage.position(select));
        }
    }

    private Rowset items(SqlSelect select, Rowset from, Frame frame, Mode mode, int write) {
        List<Field> fields = new ArrayList<>();
        boolean open = false;
        Trace rest = Trace.NONE;
        List<SqlNode> keys = new ArrayList<>();
        for (SqlNode item : select.getSelectList()) {
            if (item instanceof SqlIdentifier star && star.isStar()) {
                Rowset rows = star.names.size() == 1 ? unqualified(from, frame, write) : starred(star, frame);
                lineage.findings.uses(rows.whole(), mode, lineage.position(star));
                fields.addAll(rows.fields());
                open |= rows.open();
                rest = rest.and(rows.rest());
            } else if (item.getKind() == SqlKind.AS) {
                List<SqlNode> operands = ((SqlCall) item).getOperandList();
                Trace trace = lineage.expressions.value(operands.get(0), frame, mode);
                fields.add(new Field(((SqlIdentifier) operands.get(1)).getSimple(), trace));
            } else {
                keys.addAll(lineage.writing.marked(item, frame, write));
            }
        }
        if (fields.size() > MAX_COLUMNS) {
            throw new Unreadable("more columns than a result can have", lineage.position(select));
        }
        Rowset rows = new Rowset(fields, open, rest);
        if (!keys.isEmpty()) {
            keys(new SqlNodeList(keys, select.getParserPosition()), rows, frame, true);
        }
        return rows;
    }

    /** What a star alone means; in RETURNING the target's columns hold what was assigned to them. */
    private Rowset unqualified(Rowset from, Frame frame, int write) {
        if (write < 0) {
            return from;
        }
        Rowset target = frame.sources().get(0).rows();
        List<Field> fields = new ArrayList<>(
                from.fields().subList(target.fields().size(), from.fields().size()));
        fields.addAll(lineage.writing.isMerge(write) ? fields.size() : 0, target.fields());
        return new Rowset(fields, from.open(), from.rest().and(target.rest()));
    }

    private Rowset starred(SqlIdentifier star, Frame frame) {
        lineage.visit(lineage.position(star));
        SqlIdentifier alias = star.skipLast(1);
        Source source = lineage.expressions.source(alias, frame);
        if (source == null) {
            lineage.findings.missing();
            return Rowset.UNKNOWN;
        }
        return source.rows();
    }

    private void sort(SqlNodeList keys, Rowset rows, Frame frame) {
        keys(keys, rows, frame, true);
    }

    /** What rows are ordered or grouped by: the number or name of a result column, or an expression. */
    private void keys(SqlNodeList keys, Rowset rows, Frame frame, boolean resultFirst) {
        for (SqlNode key : keys) {
            int position = lineage.position(key);
            if (key instanceof SqlLiteral literal) {
                lineage.findings.exact();
                lineage.findings.uses(ordinal(literal, rows), Mode.PREDICATE, position);
            } else if (key instanceof SqlIdentifier name && name.isSimple()) {
                Trace result = rows.fields().stream()
                        .filter(field -> field.mayBe(name.getSimple()))
                        .map(Field::trace)
                        .reduce(Trace.NONE, Trace::and);
                boolean named = rows.fields().stream().anyMatch(f -> f.name().equals(name.getSimple()));
                lineage.findings.uses(result, Mode.PREDICATE, position);
                lineage.visit(position);
                if (!named || (!resultFirst && lineage.expressions.knows(name, frame))) {
                    lineage.expressions.value(key, frame, Mode.PREDICATE);
                }
            } else if (!resultFirst && isGroupOfKeys(key)) {
                keys(new SqlNodeList(((SqlCall) key).getOperandList(), key.getParserPosition()), rows, frame, false);
            } else {
                lineage.expressions.value(key, frame, Mode.PREDICATE);
            }
        }
    }

    /** Whether it is {@code (a, b)}, {@code ROLLUP (a, b)} or the like, whose parts are keys themselves. */
    private static boolean isGroupOfKeys(SqlNode key) {
        return key.getKind() == SqlKind.ROW
                || (key instanceof SqlCall call
                        && Marker.of(call.getOperator().getName())
                                .filter(Marker.VALUE::equals)
                                .isPresent());
    }

    private static Trace ordinal(SqlLiteral literal, Rowset rows) {
        if (literal instanceof SqlNumericLiteral number && number.isInteger()) {
            int ordinal = number.intValue(true);
            if (ordinal >= 1 && ordinal <= rows.fields().size()) {
                return rows.fields().get(ordinal - 1).trace();
            }
        }
        return rows.whole();
    }
}
