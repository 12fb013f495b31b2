package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.lineage.Frame.Source;
import dev.gatehouse.analyzer.lineage.Rowset.Field;
import dev.gatehouse.analyzer.tree.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** Follows values through joined tables: which columns they have together, and in what order. */
final class Joins {

    private final Lineage lineage;

    Joins(Lineage lineage) {
        this.lineage = lineage;
    }

    static boolean isJoin(SqlNode node) {
        return node instanceof SqlJoin || Form.JOIN_ALIAS.is(node);
    }

    /** A join under one alias, which hides its tables; what is lateral in it sees the tables before it all the same. */
    Rowset group(SqlCall as, Frame frame) {
        int before = frame.sources().size();
        Rowset rows = lineage.tables.from(as.operand(0), frame);
        frame.forget(before);
        List<String> names = lineage.queries.names(as.getOperandList().subList(1, as.operandCount()));
        Source group = new Source(names.get(0), null, rows.renamed(names.subList(1, names.size())), false);
        frame.add(group);
        return group.rows();
    }

    /** A join, whose condition sees its own tables and those of the levels around the query. */
    Rowset join(SqlJoin join, List<SqlNode> alias, Frame frame) {
        int before = frame.sources().size();
        Rowset left = lineage.tables.from(join.getLeft(), frame);
        Rowset right = lineage.tables.from(join.getRight(), frame);
        if (join.getConditionType() == JoinConditionType.ON) {
            SqlNode condition = Objects.requireNonNull(join.getCondition());
            lineage.expressions.value(condition, frame.only(frame.since(before)), Mode.JOIN);
        }
        boolean turned = lineage.rules.sharedAsInFirst() && join.getJoinType() == JoinType.RIGHT && hasShared(join);
        Rowset first = turned ? right : left;
        Rowset second = turned ? left : right;
        if (isUncertain(join, first, second)) {
            lineage.findings.incomplete();
            return new Rowset(List.of(), true, left.whole().and(right.whole()));
        }
        List<String> shared = shared(join, first, second);
        Rowset rows = merged(first, second, shared, lineage.position(join));
        if (!alias.isEmpty()) {
            String name = lineage.queries.names(alias).get(0);
            Rowset own = Rowset.of(rows.fields().subList(0, shared.size()));
            frame.add(new Source(name, null, own, true));
        }
        return rows;
    }

    private static boolean hasShared(SqlJoin join) {
        return join.isNatural() || join.getConditionType() == JoinConditionType.USING;
    }

    /** Whether it cannot be told which columns there are: servers differ about one that is hidden and named in USING. */
    private boolean isUncertain(SqlJoin join, Rowset first, Rowset second) {
        if (join.isNatural()) {
            return first.open() || second.open();
        }
        return hasShared(join)
                && named(join).stream()
                        .flatMap(name -> Stream.of(first, second).map(side -> find(side, name)))
                        .anyMatch(field -> field != null && field.hidden());
    }

    private List<String> shared(SqlJoin join, Rowset first, Rowset second) {
        if (join.isNatural()) {
            Rowset others = second.starred();
            return first.starred().fields().stream()
                    .map(Field::name)
                    .filter(name -> find(others, name) != null)
                    .distinct()
                    .toList();
        }
        if (!hasShared(join)) {
            return List.of();
        }
        List<String> named = named(join);
        return lineage.rules.sharedAsInFirst() ? asIn(first, named) : named;
    }

    private List<String> named(SqlJoin join) {
        return lineage.queries.names((SqlNodeList) Objects.requireNonNull(join.getCondition()));
    }

    /** Names in the order in which a table has them; after them those that are not known of it. */
    private List<String> asIn(Rowset table, List<String> names) {
        List<String> ordered = new ArrayList<>();
        List<String> left = new ArrayList<>(names);
        for (Field field : table.fields()) {
            if (left.removeIf(name -> lineage.rules.sameColumn(name, field.name()))) {
                ordered.add(field.name());
            }
        }
        ordered.addAll(left);
        return ordered;
    }

    /** The columns of a join: those both sides share first, then the rest of the one and of the other. */
    private Rowset merged(Rowset first, Rowset second, List<String> shared, int position) {
        List<Field> fields = new ArrayList<>();
        for (String name : shared) {
            Field ours = find(first, name);
            Field theirs = find(second, name);
            Trace trace =
                    (ours == null ? first.rest() : ours.trace()).and(theirs == null ? second.rest() : theirs.trace());
            lineage.findings.uses(trace, Mode.JOIN, position);
            fields.add(new Field(name, trace));
        }
        for (Rowset side : List.of(first, second)) {
            side.fields().stream()
                    .filter(field -> shared.stream().noneMatch(name -> lineage.rules.sameColumn(name, field.name())))
                    .forEach(fields::add);
        }
        return new Rowset(fields, first.open() || second.open(), first.rest().and(second.rest()));
    }

    private @Nullable Field find(Rowset rows, String name) {
        return rows.fields().stream()
                .filter(field -> lineage.rules.sameColumn(field.name(), name))
                .findFirst()
                .orElse(null);
    }
}
