package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.lineage.Frame.Source;
import dev.gatehouse.analyzer.lineage.Rowset.Field;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** Follows values through what stands after FROM. */
final class Tables {

    private static final String SIDE_BY_SIDE = "rows from";

    private final Lineage lineage;
    private final Joins joins;

    Tables(Lineage lineage) {
        this.lineage = lineage;
        this.joins = new Joins(lineage);
    }

    /**
     * Adds the tables of a FROM clause to a level.
     *
     * @return the columns an unqualified star means
     */
    Rowset from(SqlNode node, Frame frame) {
        lineage.step(node);
        if (node instanceof SqlJoin join) {
            return joins.join(join, List.of(), frame);
        }
        if (Form.JOIN_ALIAS.is(node)) {
            return joins.join(
                    ((SqlCall) node).operand(0),
                    ((SqlCall) node).getOperandList().subList(1, 2),
                    frame);
        }
        if (node.getKind() == SqlKind.AS && Joins.isJoin(((SqlCall) node).operand(0))) {
            return joins.group((SqlCall) node, frame);
        }
        Source source = source(node, frame);
        frame.add(source);
        return source.rows();
    }

    private Source source(SqlNode node, Frame frame) {
        if (Form.NARROWED.is(node)) {
            return source(narrowed((SqlCall) node, frame), frame);
        }
        if (node.getKind() != SqlKind.AS) {
            return plain(node, frame);
        }
        List<SqlNode> operands = ((SqlCall) node).getOperandList();
        Source plain = plain(operands.get(0), frame);
        Rowset rows = plain.rows();
        boolean defined = operands.stream().skip(2).anyMatch(this::isDefinition);
        List<String> names = lineage.queries.names(columnNames(operands.subList(1, operands.size())));
        List<String> columns = names.subList(1, names.size());
        if (defined) {
            Trace trace = rows.whole();
            rows = Rowset.of(
                    columns.stream().map(name -> new Field(name, trace)).toList());
        } else if (calls(operands.get(0))) {
            rows = calledAs(rows, names.get(0), plain.alias());
        }
        return new Source(names.get(0), plain.table(), rows.renamed(columns), plain.hidden());
    }

    /** The alias and the names of columns, be they in a list of their own or not. */
    private static List<SqlNode> columnNames(List<SqlNode> operands) {
        List<SqlNode> names = new ArrayList<>();
        for (SqlNode operand : operands) {
            if (operand instanceof SqlNodeList list) {
                list.forEach(names::add);
            } else if (operand != null) {
                names.add(operand);
            }
        }
        return names;
    }

    private boolean isDefinition(@Nullable SqlNode node) {
        return node instanceof SqlNodeList list ? list.stream().anyMatch(Form.COLUMN::is) : Form.COLUMN.is(node);
    }

    /** A function that gives a plain value names its column as the table is called. */
    private static Rowset calledAs(Rowset rows, String alias, String function) {
        List<Field> fields = rows.fields().stream()
                .map(field -> field.name().equals(function) ? new Field(alias, field.trace()) : field)
                .toList();
        return new Rowset(fields, rows.open(), rows.rest());
    }

    private Source plain(SqlNode node, Frame frame) {
        if (node instanceof SqlIdentifier name) {
            return named(name, frame);
        }
        if (Queries.isQuery(node)) {
            Frame around = Objects.requireNonNull(frame.parent());
            return new Source("", null, lineage.queries.query(node, around, Mode.INNER), false);
        }
        if (calls(node)) {
            return function(node, frame);
        }
        if (Form.TABLE_OF.is(node)) {
            return made((SqlCall) node, frame);
        }
        if (node instanceof SqlCall call) {
            if (Form.ONLY.is(node)) {
                return plain(call.operand(0), frame);
            }
            if (node.getKind() == SqlKind.LATERAL && Queries.isQuery(call.operand(0))) {
                return new Source("", null, lineage.queries.query(call.operand(0), frame, Mode.INNER), false);
            }
            if (node.getKind() == SqlKind.TABLESAMPLE) {
                sample(call.getOperandList().subList(1, call.operandCount()), frame);
                return source(call.operand(0), frame);
            }
        }
        throw lineage.unknown("a table of an unknown form", node);
    }

    /** A method of sampling, which is not called like a function, with its arguments; and a seed. */
    private void sample(List<SqlNode> parts, Frame frame) {
        for (SqlNode part : parts) {
            List<SqlNode> values =
                    part instanceof SqlCall call && Calls.isCall(call) ? call.getOperandList() : List.of(part);
            lineage.expressions.all(values, frame, Mode.PREDICATE);
        }
    }

    /** Whether it is a function, or several, in the place of a table. */
    private static boolean calls(SqlNode node) {
        return node instanceof SqlCall call
                && (call.getOperator() instanceof SqlFunction
                        || Form.WITH_ORDINALITY.is(node)
                        || Form.ROWS_FROM.is(node)
                        || node.getKind() == SqlKind.COLLECTION_TABLE
                        || node.getKind() == SqlKind.UNNEST
                        || (node.getKind() == SqlKind.LATERAL && !Queries.isQuery(call.operand(0))));
    }

    private Source function(SqlNode node, Frame frame) {
        SqlCall call = (SqlCall) node;
        if (node.getKind() == SqlKind.LATERAL || node.getKind() == SqlKind.COLLECTION_TABLE) {
            return function(call.operand(0), frame);
        }
        if (node.getKind() == SqlKind.AS) {
            return source(node, frame);
        }
        if (Form.WITH_ORDINALITY.is(node)) {
            Source inner = function(call.operand(0), frame);
            Rowset number = Rowset.of(List.of(new Field("ordinality", Trace.NONE)));
            return inner.with(inner.rows().beside(number));
        }
        if (Form.ROWS_FROM.is(node)) {
            return sideBySide(call, frame);
        }
        Trace trace = lineage.expressions.value(call, frame, Mode.PREDICATE);
        String name = Calls.last(call);
        Optional<List<String>> columns =
                lineage.vocabulary.routine(Calls.names(call)).columns();
        if (!trace.accounted() || columns.isEmpty()) {
            return new Source(name, null, new Rowset(List.of(), true, trace), false);
        }
        List<String> names = columns.get().isEmpty() ? List.of(name) : columns.get();
        List<Field> fields =
                names.stream().map(column -> new Field(column, trace)).toList();
        return new Source(name, null, Rowset.of(fields), false);
    }

    /** A table made of a document: each of its columns may hold any part of that. */
    private Source made(SqlCall table, Frame frame) {
        Trace trace = lineage.expressions.value(table.operand(0), frame, Mode.PREDICATE);
        Rowset rows = Rowset.EMPTY;
        for (SqlNode column : columnNames(table.getOperandList().subList(1, table.operandCount()))) {
            SqlCall definition = (SqlCall) column;
            Trace further = lineage.expressions.all(
                    definition.getOperandList().subList(1, definition.operandCount()), frame, Mode.PREDICATE);
            String name = lineage.queries.names(List.of(column)).get(0);
            rows = rows.beside(
                    Rowset.of(List.of(new Field(name, trace.and(further).computed()))));
        }
        return new Source("", null, rows, false);
    }

    private Source sideBySide(SqlCall calls, Frame frame) {
        List<Source> sources = calls.getOperandList().stream()
                .map(call -> function(call, frame))
                .toList();
        Rowset rows = sources.stream().map(Source::rows).reduce(Rowset.EMPTY, Rowset::beside);
        String alias = sources.size() == 1 ? sources.get(0).alias() : SIDE_BY_SIDE;
        return new Source(alias, null, rows, false);
    }

    /** The table itself, of which only some rows are read, or with some of its indexes. */
    private SqlNode narrowed(SqlCall narrowed, Frame frame) {
        lineage.census.pass(narrowed.operand(1));
        lineage.expressions.all((SqlNodeList) narrowed.operand(2), frame, Mode.PREDICATE);
        return narrowed.operand(0);
    }

    /** The table of {@code TABLE t}. */
    Source whole(SqlNode node, Frame frame) {
        if (Form.ONLY.is(node)) {
            return whole(((SqlCall) node).operand(0), frame);
        }
        if (node instanceof SqlIdentifier name) {
            return named(name, frame);
        }
        throw lineage.unknown("a table of an unknown form", node);
    }

    /** A relation or a query of WITH, by its name. */
    Source named(SqlIdentifier name, Frame frame) {
        if (name.isSimple()) {
            Rowset query = frame.query(lineage.rules.tableKey(name.getSimple()));
            if (query != null) {
                lineage.census.see(name);
                return new Source(name.getSimple(), null, query.by("with " + name.getSimple()), false);
            }
        }
        Source source = relation(name);
        lineage.findings.reads(Objects.requireNonNull(source.table()), lineage.position(name));
        return source;
    }

    /** The table a command writes: WITH does not hide it. */
    Source target(SqlNode node) {
        if (Form.ONLY.is(node)) {
            return target(((SqlCall) node).operand(0));
        }
        if (Form.NARROWED.is(node)) {
            return target(narrowed((SqlCall) node, new Frame(null)));
        }
        if (node.getKind() == SqlKind.AS) {
            List<SqlNode> operands = ((SqlCall) node).getOperandList();
            Source plain = target(operands.get(0));
            String alias = lineage.queries.names(operands.subList(1, 2)).get(0);
            return new Source(alias, plain.table(), plain.rows(), false);
        }
        if (node instanceof SqlIdentifier name) {
            return relation(name);
        }
        throw lineage.unknown("a target of an unknown form", node);
    }

    /** A sequence, which is read and moves on. */
    void sequence(SqlIdentifier name, Frame frame) {
        Source source = named(name, frame);
        if (source.table() != null) {
            lineage.findings.writes(source.table(), lineage.position(name));
        }
    }

    private Source relation(SqlIdentifier name) {
        int position = lineage.position(name);
        lineage.census.see(name);
        String last = name.names.get(name.names.size() - 1);
        Expansion relation = lineage.vocabulary.relation(name.names);
        if (relation == null) {
            lineage.findings.missing();
            return new Source(last, lineage.vocabulary.unknown(name.names), Rowset.UNKNOWN, false);
        }
        through(relation, position);
        return new Source(last, relation.table(), relation.rows(), false);
    }

    /** Notes what a view does besides giving rows. */
    private void through(Expansion relation, int position) {
        if (!relation.complete()) {
            lineage.findings.incomplete();
        }
        Set<Table> tables = new HashSet<>();
        for (Effect effect : relation.effects()) {
            if (effect instanceof Effect.Reads reads && tables.add(reads.table())) {
                lineage.findings.reads(reads.table(), position);
            } else if (effect instanceof Effect.Uses uses) {
                lineage.findings.uses(uses.column(), uses.use(), position);
            } else if (effect instanceof Effect.Tests tests) {
                lineage.findings.add(new Effect.Tests(tests.column(), position));
            } else if (effect instanceof Effect.Calls calls) {
                lineage.findings.add(new Effect.Calls(calls.name(), calls.volatility(), calls.known(), position));
            }
        }
    }

    /** Notes which tables a query's locking clauses concern: those they name, or all that FROM reads. */
    void lock(List<SqlNode> locks, Set<Table> read, Frame frame) {
        for (SqlNode node : locks) {
            SqlCall lock = (SqlCall) node;
            String strength = Form.word(lock.operand(0));
            int position = lineage.position(lock);
            SqlNodeList named = lock.operand(1);
            for (SqlNode name : named) {
                SqlIdentifier alias = (SqlIdentifier) name;
                lineage.census.see(alias);
                Source source = lineage.columns.source(alias, frame);
                if (source == null) {
                    lineage.findings.missing();
                } else if (source.table() != null) {
                    lineage.findings.add(new Effect.Locks(source.table(), true, strength, lineage.position(alias)));
                }
            }
            Set<Table> tables = named.isEmpty() ? read : Set.of();
            tables.forEach(table -> lineage.findings.add(new Effect.Locks(table, true, strength, position)));
        }
    }
}
