package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.Frame.Source;
import dev.gatehouse.analyzer.Rowset.Field;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** Follows values through what stands after FROM. */
final class TableLineage {

    private final Lineage lineage;

    TableLineage(Lineage lineage) {
        this.lineage = lineage;
    }

    /**
     * Adds the tables of a FROM clause to a level.
     *
     * @param targetFirst whether the first table is the target of a command that writes
     * @return the columns an unqualified star means
     */
    Rowset from(SqlNode node, Frame frame, boolean targetFirst) {
        if (node instanceof SqlJoin join) {
            Rowset left = from(join.getLeft(), frame, targetFirst);
            Rowset right = from(join.getRight(), frame, false);
            return joined(join, left, right, frame);
        }
        Source source = source(node, frame, targetFirst);
        frame.add(source);
        return source.alias().equals("excluded") && source.hidden() ? Rowset.of(List.of()) : source.rows();
    }

    private Rowset joined(SqlJoin join, Rowset left, Rowset right, Frame frame) {
        List<String> merged = new ArrayList<>();
        if (join.isNatural()) {
            if (left.open() || right.open()) {
                lineage.findings.incomplete();
                return new Rowset(List.of(), true, left.whole().and(right.whole()));
            }
            left.fields().stream()
                    .map(Field::name)
                    .filter(name -> find(right, name) != null)
                    .distinct()
                    .forEach(merged::add);
        } else if (join.getConditionType() == JoinConditionType.USING) {
            List<String> names = QueryLineage.names((SqlNodeList) Objects.requireNonNull(join.getCondition()));
            names.stream().filter(name -> !name.startsWith(Marker.JOIN_ALIAS)).forEach(merged::add);
            Rowset rows = merged(left, right, merged, lineage.position(join));
            names.stream()
                    .filter(name -> name.startsWith(Marker.JOIN_ALIAS))
                    .forEach(name -> frame.add(shared(name, rows, merged.size())));
            return rows;
        } else if (join.getConditionType() == JoinConditionType.ON) {
            lineage.expressions.value(Objects.requireNonNull(join.getCondition()), frame, Mode.PREDICATE);
        }
        return merged(left, right, merged, lineage.position(join));
    }

    /** The columns of a join: those both sides share first, then the rest of the left and of the right. */
    private Rowset merged(Rowset left, Rowset right, List<String> shared, int position) {
        List<Field> fields = new ArrayList<>();
        for (String name : shared) {
            Field ours = find(left, name);
            Field theirs = find(right, name);
            Trace trace =
                    (ours == null ? left.rest() : ours.trace()).and(theirs == null ? right.rest() : theirs.trace());
            lineage.findings.uses(trace, Mode.PREDICATE, position);
            fields.add(new Field(name, trace));
        }
        for (Rowset side : List.of(left, right)) {
            side.fields().stream()
                    .filter(field -> !shared.contains(field.name()))
                    .forEach(fields::add);
        }
        return new Rowset(fields, left.open() || right.open(), left.rest().and(right.rest()));
    }

    /** The columns that a join merges, under an alias of their own. */
    private static Source shared(String name, Rowset rows, int count) {
        String alias = name.substring(Marker.JOIN_ALIAS.length());
        return new Source(alias, null, Rowset.of(rows.fields().subList(0, count)), true);
    }

    private static @Nullable Field find(Rowset rows, String name) {
        return rows.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private Source source(SqlNode node, Frame frame, boolean target) {
        if (node.getKind() != SqlKind.AS) {
            return plain(node, frame, target);
        }
        List<SqlNode> operands = ((SqlCall) node).getOperandList();
        String alias = ((SqlIdentifier) operands.get(1)).getSimple();
        List<String> names = operands.stream()
                .skip(2)
                .map(name -> ((SqlIdentifier) name).getSimple())
                .toList();
        Source plain = plain(operands.get(0), frame, target);
        Rowset rows = plain.rows();
        if (isCall(operands.get(0))) {
            rows = calledAs(rows, alias, plain.alias());
        }
        return new Source(alias, plain.table(), rows.renamed(names), plain.hidden());
    }

    private static boolean isCall(SqlNode node) {
        return node.getKind() == SqlKind.LATERAL && ((SqlCall) node).operand(0).getKind() == SqlKind.COLLECTION_TABLE;
    }

    /** A function that gives a plain value names its column as the table is called. */
    private static Rowset calledAs(Rowset rows, String alias, String function) {
        List<Field> fields = rows.fields().stream()
                .map(field -> field.name().equals(function) ? new Field(alias, field.trace()) : field)
                .toList();
        return new Rowset(fields, rows.open(), rows.rest());
    }

    private Source plain(SqlNode node, Frame frame, boolean target) {
        if (node instanceof SqlIdentifier name) {
            return relation(name, frame, target);
        }
        Frame around = Objects.requireNonNull(frame.parent());
        if (QueryLineage.isQuery(node)) {
            return new Source("", null, lineage.queries.query(node, around, Mode.INNER), false);
        }
        if (node.getKind() == SqlKind.LATERAL) {
            SqlNode inner = ((SqlCall) node).operand(0);
            if (inner.getKind() == SqlKind.COLLECTION_TABLE) {
                return function(((SqlCall) inner).operand(0), frame);
            }
            return new Source("", null, lineage.queries.query(inner, frame, Mode.INNER), false);
        }
        throw new Unreadable("a table of an unknown form", lineage.position(node));
    }

    private Source function(SqlNode node, Frame frame) {
        SqlCall call = (SqlCall) node;
        String name = ((SqlFunction) call.getOperator()).getName();
        if (name.equals(Marker.ORDINALITY.text())) {
            Source inner = function(call.operand(0), frame);
            List<Field> fields = new ArrayList<>(inner.rows().fields());
            fields.add(new Field("ordinality", Trace.NONE));
            return new Source(
                    inner.alias(),
                    null,
                    new Rowset(fields, inner.rows().open(), inner.rows().rest()),
                    false);
        }
        if (name.equals(Marker.ROWS.text())) {
            return sideBySide(call, frame);
        }
        Trace trace = lineage.expressions.value(call, frame, Mode.PREDICATE);
        Snapshot.Function function = lineage.snapshot.function(name);
        if (!trace.accounted() || function == null) {
            return new Source(name, null, new Rowset(List.of(), true, trace), false);
        }
        List<String> columns = function.columns().isEmpty() ? List.of(name) : function.columns();
        List<Field> fields =
                columns.stream().map(column -> new Field(column, trace)).toList();
        return new Source(name, null, Rowset.of(fields), false);
    }

    /** The columns of several functions in a row; from the first whose columns are not told, none is known by its place. */
    private Source sideBySide(SqlCall calls, Frame frame) {
        List<Field> fields = new ArrayList<>();
        boolean open = false;
        Trace rest = Trace.NONE;
        List<Source> sources = calls.getOperandList().stream()
                .map(call -> function(call, frame))
                .toList();
        for (Source source : sources) {
            if (!open) {
                fields.addAll(source.rows().fields());
            }
            rest = open ? rest.and(source.rows().whole()) : source.rows().rest();
            open |= source.rows().open();
        }
        String alias = sources.size() == 1 ? sources.get(0).alias() : Marker.ROWS.text();
        return new Source(alias, null, new Rowset(fields, open, rest), false);
    }

    private Source relation(SqlIdentifier name, Frame frame, boolean target) {
        String last = name.names.get(name.names.size() - 1);
        if (last.equals(Marker.EXCLUDED)) {
            List<Field> proposed = frame.sources().get(0).rows().fields().stream()
                    .map(field -> new Field(field.name(), Trace.NONE))
                    .toList();
            return new Source("excluded", null, new Rowset(proposed, true, Trace.NONE), true);
        }
        int position = lineage.position(name);
        lineage.visit(position);
        if (name.isSimple() && !target) {
            Rowset query = frame.query(last);
            if (query != null) {
                return new Source(last, null, query, false);
            }
        }
        Names names = new Names(lineage.snapshot, lineage.scope, lineage.findings);
        Relation relation = names.relation(name.names);
        if (relation == null) {
            Table table = names.unknown(name.names);
            if (!target) {
                lineage.findings.reads(table, position);
            }
            return new Source(last, table, Rowset.UNKNOWN, false);
        }
        ViewReading reading = Views.of(lineage.snapshot).reading(relation);
        if (!target) {
            lineage.findings.reads(relation.table(), position);
        }
        through(reading, position);
        return new Source(last, relation.table(), reading.rows(), false);
    }

    /** Notes what a view does besides giving rows. */
    private void through(ViewReading reading, int position) {
        if (!reading.complete()) {
            lineage.findings.incomplete();
        }
        Set<Table> tables = new HashSet<>();
        for (Effect effect : reading.effects()) {
            if (effect instanceof Effect.Reads reads && tables.add(reads.table())) {
                lineage.findings.reads(reads.table(), position);
            } else if (effect instanceof Effect.Uses uses) {
                lineage.findings.uses(uses.column(), uses.use(), position);
            } else if (effect instanceof Effect.Calls calls) {
                lineage.findings.calls(calls.name(), position);
            }
        }
    }
}
