package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.Frame.Source;
import dev.gatehouse.analyzer.Rowset.Field;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command.Where;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.util.Litmus;

/** Follows values into the tables that a command writes. */
final class WriteLineage {

    private static final Map<SqlKind, SqlKind> OPPOSITES = Map.of(
            SqlKind.IS_NULL, SqlKind.IS_NOT_NULL,
            SqlKind.EQUALS, SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN, SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN, SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.IS_TRUE, SqlKind.IS_NOT_TRUE,
            SqlKind.IS_FALSE, SqlKind.IS_NOT_FALSE);

    private final Lineage lineage;

    WriteLineage(Lineage lineage) {
        this.lineage = lineage;
    }

    /** The number of the {@link Write} a query stands for; -1 for a plain query. */
    int number(SqlSelect select) {
        SqlNode first = select.getSelectList().get(0);
        return marker(first).filter(Marker.WRITE::equals).isPresent() ? argument(first, 0) : -1;
    }

    private static int argument(SqlNode call, int index) {
        return ((SqlLiteral) ((SqlCall) call).operand(index)).intValue(true);
    }

    private static Optional<Marker> marker(SqlNode node) {
        return node instanceof SqlCall call && call.getOperator() instanceof SqlFunction function
                ? Marker.of(function.getName())
                : Optional.empty();
    }

    private Write write(int number) {
        return lineage.translation.writes().get(number);
    }

    /** Whether a query stands for a MERGE, whose star gives the source's columns before the target's. */
    boolean isMerge(int number) {
        return number >= 0 && write(number).kinds().get(0) == Kind.MERGE;
    }

    /** Notes what is written, once the target is the first table of the level. */
    void begin(int number, Frame frame) {
        Write write = write(number);
        write.kinds().forEach(lineage.findings::kind);
        Source target = frame.sources().get(0);
        Table table = Objects.requireNonNull(target.table());
        int position = write.target().get(0).position();
        lineage.findings.writes(table, position);
        Snapshot.Relation relation = lineage.snapshot.relation(table);
        if (relation != null) {
            for (Effect effect : Views.of(lineage.snapshot).reading(relation).effects()) {
                if (effect instanceof Effect.Reads reads) {
                    lineage.findings.writes(reads.table(), position);
                }
            }
        }
        for (Token column : write.assigned()) {
            name(target, column).ifPresent(name -> written(target, name, column.position()));
        }
        if (write.kinds().get(0) == Kind.INSERT) {
            write.inserted().forEach(column -> written(target, column.text(), column.position()));
            if (write.inserted().isEmpty()) {
                target.rows().fields().forEach(field -> written(target, field.name(), position));
            }
        }
        frame.add(new Source("old", table, target.rows(), true));
        frame.add(new Source("new", table, target.rows(), true));
    }

    /** The name of a column that is assigned. */
    private static Optional<String> name(Source target, Token column) {
        if (column.sort() != Token.Sort.NUMBER) {
            return Optional.of(column.text());
        }
        int place = Integer.parseInt(column.text());
        return target.rows().fields().stream().skip(place).map(Field::name).findFirst();
    }

    private void written(Source target, String column, int position) {
        Trace trace = target.rows().fields().stream()
                .filter(field -> field.name().equals(column))
                .map(Field::trace)
                .findFirst()
                .orElse(Trace.NONE);
        lineage.findings.uses(new Column(Objects.requireNonNull(target.table()), column), Use.WRITTEN, position);
        trace.columns().forEach(base -> lineage.findings.uses(base, Use.WRITTEN, position));
    }

    /** Notes that the target is read as well, if values of it were used. */
    void end(int number, Frame frame) {
        Table table = Objects.requireNonNull(frame.sources().get(0).table());
        if (lineage.findings.usesValuesOf(table)) {
            lineage.findings.reads(table, write(number).target().get(0).position());
        }
    }

    void noCondition(int number) {
        if (write(number).restricted()) {
            lineage.findings.where(Where.MISSING);
        }
    }

    /** Follows a WHERE and, in an UPDATE or DELETE, tells what it is worth. */
    void condition(SqlNode where, Frame frame, int write) {
        if (marker(where).filter(Marker.CURRENT::equals).isPresent()) {
            lineage.findings.where(Where.PRESENT);
        } else if (write >= 0 && write(write).restricted()) {
            lineage.findings.where(restricts(where, frame) ? Where.PRESENT : Where.ALWAYS_TRUE);
        } else {
            lineage.expressions.value(where, frame, Mode.PREDICATE);
        }
    }

    /** Whether a condition can fail, depending on a column of the target. */
    private boolean restricts(SqlNode node, Frame frame) {
        if (node.getKind() == SqlKind.OR || node.getKind() == SqlKind.AND) {
            boolean all = true;
            boolean any = false;
            for (SqlNode side : ((SqlCall) node).getOperandList()) {
                boolean restricts = restricts(side, frame);
                all &= restricts;
                any |= restricts;
            }
            return node.getKind() == SqlKind.OR ? all && !isComplement((SqlCall) node) : any;
        }
        int before = frame.targetHits();
        lineage.expressions.value(node, frame, Mode.PREDICATE);
        return frame.targetHits() > before && !comparesWithItself(node);
    }

    /** {@code x = x} and its like. */
    private static boolean comparesWithItself(SqlNode node) {
        return switch (node.getKind()) {
            case EQUALS, LESS_THAN_OR_EQUAL, GREATER_THAN_OR_EQUAL, IS_NOT_DISTINCT_FROM -> {
                SqlCall call = (SqlCall) node;
                yield call.operand(0).equalsDeep(call.operand(1), Litmus.IGNORE);
            }
            case NOT -> complements(((SqlCall) node).operand(0));
            default -> false;
        };
    }

    /** {@code x <> x} and its like. */
    private static boolean complements(SqlNode node) {
        return switch (node.getKind()) {
            case NOT_EQUALS, LESS_THAN, GREATER_THAN, IS_DISTINCT_FROM -> {
                SqlCall call = (SqlCall) node;
                yield call.operand(0).equalsDeep(call.operand(1), Litmus.IGNORE);
            }
            default -> false;
        };
    }

    /** {@code x is null or x is not null} and the like. */
    private static boolean isComplement(SqlCall or) {
        SqlNode left = or.operand(0);
        SqlNode right = or.operand(1);
        boolean opposite =
                OPPOSITES.get(left.getKind()) == right.getKind() || OPPOSITES.get(right.getKind()) == left.getKind();
        return opposite
                && left instanceof SqlCall one
                && right instanceof SqlCall other
                && SqlNode.equalDeep(one.getOperandList(), other.getOperandList(), Litmus.IGNORE);
    }

    /**
     * Follows an entry of a select list that gives no column.
     *
     * @return expressions that decide about the order of the rows, for the query to follow
     */
    List<SqlNode> marked(SqlNode item, Frame frame, int number) {
        Marker marker = marker(item).orElseThrow(() -> new Unreadable("an unexpected entry", lineage.position(item)));
        SqlCall call = (SqlCall) item;
        switch (marker) {
            case WRITE -> {}
            case NONE -> lineage.expressions.all(call.getOperandList(), frame, Mode.PREDICATE);
            case PREDICATE -> {
                return call.getOperandList();
            }
            case SOURCE -> source(call, frame, write(number));
            case CARRY -> carry(call, frame, write(number));
            default -> throw new Unreadable("a marker out of its place", lineage.position(item));
        }
        return List.of();
    }

    private void source(SqlCall call, Frame frame, Write write) {
        Rowset rows = lineage.queries.query(call.operand(0), Objects.requireNonNull(frame.parent()), Mode.CARRIED);
        Rowset target = frame.sources().get(0).rows();
        Map<String, Trace> additions = new HashMap<>();
        for (int i = 0; i < rows.fields().size(); i++) {
            Optional<String> column = write.inserted().isEmpty()
                    ? target.fields().stream().skip(i).map(Field::name).findFirst()
                    : write.inserted().stream().skip(i).map(Token::text).findFirst();
            if (column.isPresent()) {
                additions.merge(column.get(), rows.fields().get(i).trace(), Trace::and);
            }
        }
        frame.target(rows.open() ? target.with(additions).and(rows.rest()) : target.with(additions));
    }

    private void carry(SqlCall call, Frame frame, Write write) {
        int first = argument(call, 0);
        int count = argument(call, 1);
        Trace trace = lineage.expressions.value(call.operand(2), frame, Mode.CARRIED);
        Map<String, Trace> additions = new HashMap<>();
        for (Token column : write.assigned().subList(first, first + count)) {
            String name = name(frame.sources().get(0), column).orElse(column.text());
            additions.merge(name, trace, Trace::and);
        }
        if (!trace.equals(Trace.NONE)) {
            frame.target(frame.sources().get(0).rows().with(additions));
        }
    }
}
