package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.lineage.Frame.Source;
import dev.gatehouse.analyzer.lineage.Rowset.Field;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** A table that a command writes, as one of the tables of the command's level. Its columns come to hold what is assigned. */
final class Target {

    private final Lineage lineage;
    private final Frame frame;
    private final int place;
    private final Table table;
    private final Rowset before;
    private final int position;
    private final Reach reach;
    private final Set<Table> everywhere = new LinkedHashSet<>();
    private boolean written;

    /** Which rows a command reaches besides those in the table itself. */
    private enum Reach {
        /** None. */
        ALONE,
        /** New ones, which go to its partitions. */
        PARTITIONS,
        /** Those in its partitions and in what inherits from it. */
        BELOW
    }

    private Target(Lineage lineage, Frame frame, int place, Reach reach, int position) {
        this.lineage = lineage;
        this.frame = frame;
        this.place = place;
        this.table = Objects.requireNonNull(frame.sources().get(place).table());
        this.before = rows();
        this.position = position;
        this.reach = reach;
    }

    /** The table whose rows a command changes or removes; it becomes the next of the level. */
    static Target of(SqlNode node, Frame frame, Lineage lineage) {
        return of(node, Reach.BELOW, frame, lineage);
    }

    /** The table a command adds rows to; it becomes the next of the level. */
    static Target added(SqlNode node, Frame frame, Lineage lineage) {
        return of(node, Reach.PARTITIONS, frame, lineage);
    }

    private static Target of(SqlNode node, Reach reach, Frame frame, Lineage lineage) {
        frame.add(lineage.tables.target(node));
        SqlNode name = node;
        boolean alone = false;
        while (name instanceof SqlCall call) {
            alone |= Form.ONLY.is(call);
            name = call.operand(0);
        }
        Target target = new Target(
                lineage, frame, frame.sources().size() - 1, alone ? Reach.ALONE : reach, lineage.position(name));
        target.write();
        return target;
    }

    /** The tables of a join, any of which may be assigned to. */
    static List<Target> among(SqlNode join, Frame frame, Lineage lineage) {
        lineage.tables.from(join, frame);
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < frame.sources().size(); i++) {
            if (frame.sources().get(i).table() != null) {
                targets.add(new Target(lineage, frame, i, Reach.BELOW, lineage.position(join)));
            }
        }
        return targets;
    }

    /** Whether an alias or a name means this very table. */
    @SuppressWarnings("ReferenceEquality")
    boolean is(Source source) {
        return frame.sources().get(place) == source;
    }

    /** Notes that the table is written, and with a view what it shows. */
    void write() {
        if (written) {
            return;
        }
        written = true;
        frame.aim(place);
        writes(table);
        Expansion relation = lineage.vocabulary.relation(List.of(table.schema(), table.name()));
        if (relation != null) {
            for (Effect effect : relation.effects()) {
                if (effect instanceof Effect.Reads reads) {
                    writes(reads.table());
                }
            }
        }
    }

    private void writes(Table some) {
        lineage.findings.writes(some, position);
        if (reach != Reach.ALONE) {
            lineage.vocabulary
                    .below(some, reach == Reach.PARTITIONS)
                    .forEach(part -> lineage.findings.writes(part, position));
        }
    }

    Frame frame() {
        return frame;
    }

    /** Its columns, with what was assigned to them so far. */
    Rowset rows() {
        return frame.sources().get(place).rows();
    }

    /** Notes that rows are removed, which what refers to them may not allow. */
    void remove() {
        for (Table some : everywhere()) {
            tests(lineage.vocabulary.comparedWithout(some), position);
        }
    }

    /** Notes that rows give way to new ones; whether they differ in any column decides how many are said to have changed. */
    void replace() {
        remove();
        for (Field field : before.fields()) {
            tests(Set.of(new Column(table, field.name())), position);
        }
    }

    /** The table itself, those below it whose rows change too, and those a view shows. */
    private Set<Table> everywhere() {
        if (!everywhere.isEmpty()) {
            return everywhere;
        }
        Set<Table> tables = everywhere;
        Deque<Table> open = new ArrayDeque<>(List.of(table));
        before.fields().forEach(field -> field.trace().columns().forEach(column -> open.add(column.table())));
        while (!open.isEmpty()) {
            Table some = open.pop();
            if (tables.add(some)) {
                open.addAll(lineage.vocabulary.below(some, reach == Reach.PARTITIONS));
            }
        }
        return tables;
    }

    /** Takes a list of columns that are filled; gives their names. */
    List<String> filled(SqlNodeList columns) {
        List<String> names = new ArrayList<>();
        for (SqlNode column : columns) {
            names.add(assigned(column, true));
        }
        return names;
    }

    /** Takes it that every column is filled. */
    void fillAll() {
        before.starred().fields().forEach(field -> written(field.name(), true, position));
    }

    /** Assigns a value to the column, or to the part of one, that a node names. */
    void assign(SqlNode column, Trace value) {
        hold(Map.of(assigned(column, false), value));
    }

    /** @param added whether it is a new row's */
    private String assigned(SqlNode column, boolean added) {
        SqlNode node = column;
        while (node instanceof SqlCall part && part.operandCount() > 0) {
            List<SqlNode> rest = part.getOperandList().subList(1, part.operandCount());
            rest.forEach(part.getKind() == SqlKind.DOT ? lineage.census::pass : this::index);
            node = part.operand(0);
        }
        if (!(node instanceof SqlIdentifier name)) {
            throw lineage.unknown("a target of an unknown form", column);
        }
        lineage.census.see(name);
        // Where rows are values, what comes after a column's name is a field of it.
        String simple = name.names.get(lineage.rules.wholeRows() ? 0 : name.names.size() - 1);
        String known = name(simple);
        written(known, added, lineage.last(name));
        return known;
    }

    /** The number of an element decides where a value goes. */
    private void index(SqlNode index) {
        if (index != null) {
            lineage.expressions.value(index, frame, Mode.PREDICATE);
        }
    }

    /** A column's name as the catalog spells it. */
    private String name(String written) {
        return rows().fields().stream()
                .map(Field::name)
                .filter(name -> lineage.rules.sameColumn(name, written))
                .findFirst()
                .orElse(written);
    }

    /** Whether it may have the column an assignment names. */
    boolean mayHave(SqlIdentifier column) {
        String name = column.names.get(column.names.size() - 1);
        return rows().open() || rows().fields().stream().anyMatch(f -> lineage.rules.sameColumn(f.name(), name));
    }

    /** Notes that a column is written, and with it those of a view's table, and those that are generated from it. */
    private void written(String column, boolean added, int place) {
        lineage.findings.uses(new Column(table, column), Use.WRITTEN, place);
        Column own = new Column(table, column);
        for (Table some : everywhere()) {
            tests(lineage.vocabulary.comparedWith(new Column(some, column), added), place);
        }
        before.fields().stream()
                .filter(field -> field.name().equals(column))
                .flatMap(field -> field.trace().columns().stream())
                .forEach(base -> {
                    lineage.findings.uses(base, Use.WRITTEN, place);
                    tests(lineage.vocabulary.comparedWith(base, added), place);
                });
        before.fields().stream()
                .filter(field -> field.trace().columns().contains(own))
                .forEach(made -> lineage.findings.uses(new Column(table, made.name()), Use.WRITTEN, place));
    }

    /** Notes that it may fail by the values of columns, of which others may show the same rows. */
    private void tests(Set<Column> compared, int place) {
        for (Column column : compared) {
            Trace trace = Trace.of(column);
            Expansion relation = lineage.vocabulary.relation(
                    List.of(column.table().schema(), column.table().name()));
            List<Field> fields = relation == null ? List.of() : relation.rows().fields();
            for (Field field : fields) {
                trace = field.name().equals(column.name()) ? trace.and(field.trace()) : trace;
            }
            lineage.findings.tests(trace, place);
        }
    }

    /** Fills columns with rows, as far as there are values for them. */
    void insert(List<String> columns, Rowset given) {
        if (columns.isEmpty()) {
            int count = given.fields().size();
            before.starred().fields().stream().limit(count).forEach(field -> written(field.name(), true, position));
        }
        hold(placed(columns, given));
    }

    /** What rows fill which columns: those that are named, or else all in order. */
    Map<String, Trace> placed(List<String> columns, Rowset given) {
        Map<String, Trace> placed = new HashMap<>();
        BiConsumer<String, Trace> put = (name, trace) -> placed.merge(name, trace, Trace::and);
        List<String> names = columns.isEmpty()
                ? before.starred().fields().stream().map(Field::name).toList()
                : columns;
        for (int i = 0; i < Math.max(names.size(), given.fields().size()); i++) {
            if (given.open() || i < given.fields().size()) {
                put.accept(i < names.size() ? names.get(i) : "", given.at(i));
            }
        }
        return placed;
    }

    /** Lets columns hold more than before. */
    void hold(Map<String, Trace> additions) {
        if (additions.values().stream().anyMatch(trace -> !trace.equals(Trace.NONE))) {
            frame.replace(place, rows().with(additions));
        }
    }

    /**
     * Follows what RETURNING gives: it may name the rows as they were and as they became.
     *
     * @param star what a star alone means
     */
    Rowset returned(SqlNodeList returning, Rowset star, Mode mode) {
        String old = "old";
        String now = "new";
        List<@Nullable SqlNode> items = new ArrayList<>(returning);
        if (!items.isEmpty() && Form.ROW_NAMES.is(items.get(0))) {
            SqlCall names = (SqlCall) Objects.requireNonNull(items.remove(0));
            for (SqlNode each : (SqlNodeList) names.operand(0)) {
                SqlCall as = (SqlCall) each;
                lineage.census.pass(as);
                boolean ofOld = ((SqlIdentifier) as.operand(0)).getSimple().equals("old");
                String name = ((SqlIdentifier) as.operand(1)).getSimple();
                old = ofOld ? name : old;
                now = ofOld ? now : name;
            }
        }
        frame.add(new Source(old, table, before, true));
        frame.add(new Source(now, table, rows(), true));
        return lineage.selections.items(items, star, frame, mode);
    }

    /** Notes that the target is read as well, if values of it were used. */
    void noteReading() {
        if (lineage.findings.usesValuesOf(table)) {
            lineage.findings.reads(table, position);
        }
    }
}
