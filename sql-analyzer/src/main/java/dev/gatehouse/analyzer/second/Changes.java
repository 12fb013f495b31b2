package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.tree.Delete;
import dev.gatehouse.analyzer.tree.Insert;
import dev.gatehouse.analyzer.tree.Merge;
import dev.gatehouse.analyzer.tree.Update;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.merge.MergeDelete;
import net.sf.jsqlparser.statement.merge.MergeInsert;
import net.sf.jsqlparser.statement.merge.MergeOperation;
import net.sf.jsqlparser.statement.merge.MergeUpdate;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.Limit;
import net.sf.jsqlparser.statement.select.OrderByElement;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Translates UPDATE, DELETE and MERGE. */
final class Changes {

    private final Translation translation;

    Changes(Translation translation) {
        this.translation = translation;
    }

    SqlNode update(net.sf.jsqlparser.statement.update.Update update) {
        Nodes.whole(update);
        if (update.getTable() == null) {
            throw Nodes.unknown(update.getClass(), " of no table");
        }
        SqlNode tables = translation.tables().from(update.getTable(), false, update.getStartJoins());
        if (update.getFromItem() == null
                && update.getJoins() != null
                && !update.getJoins().isEmpty()) {
            throw Nodes.unknown(update.getClass(), " with joins of nothing");
        }
        Update node = new Update(
                Translation.NOWHERE,
                tables,
                translation.writes().assignments(update.getUpdateSets()),
                update.getFromItem() == null
                        ? null
                        : translation.tables().from(update.getFromItem(), false, update.getJoins()),
                translation.expressions().ofNullable(update.getWhere()),
                order(update.getOrderByElements()),
                limit(update.getLimit()),
                translation.writes().returning(update.getReturningClause()));
        return translation.queries().with(update.getWithItemsList(), node);
    }

    SqlNode delete(net.sf.jsqlparser.statement.delete.Delete delete) {
        Nodes.whole(delete);
        List<SqlNode> targets = new ArrayList<>();
        SqlNode from = null;
        boolean several = delete.getTables() != null && !delete.getTables().isEmpty();
        List<FromItem> using = delete.getUsingFromItemList() == null ? List.of() : delete.getUsingFromItemList();
        if (several) {
            if (!using.isEmpty()) {
                throw Nodes.unknown(delete.getClass(), " with tables and USING");
            }
            for (Table table : delete.getTables()) {
                targets.add(translation.tables().target(table));
            }
            from = translation.tables().from(delete.getTable(), false, delete.getJoins());
        } else if (translation.usingHoldsTargets() && !using.isEmpty()) {
            several = true;
            targets.add(translation.tables().target(delete.getTable()));
            from = using(using, delete.getJoins() == null ? List.of() : delete.getJoins());
        } else {
            targets.add(translation.tables().table(delete.getTable(), false));
            from = using(using, delete.getJoins() == null ? List.of() : delete.getJoins());
        }
        Delete node = new Delete(
                Translation.NOWHERE,
                new SqlNodeList(targets, Translation.NOWHERE),
                several,
                from,
                translation.expressions().ofNullable(delete.getWhere()),
                order(delete.getOrderByElements()),
                limit(delete.getLimit()),
                translation.writes().returning(delete.getReturningClause()));
        return translation.queries().with(delete.getWithItemsList(), node);
    }

    private @Nullable SqlNode using(List<FromItem> using, List<Join> joins) {
        if (using.isEmpty()) {
            if (!joins.isEmpty()) {
                throw Nodes.unknown(net.sf.jsqlparser.statement.delete.Delete.class, " with joins of nothing");
            }
            return null;
        }
        if (joins.stream().anyMatch(Join::isSimple)) {
            throw Nodes.unknown(net.sf.jsqlparser.statement.delete.Delete.class, " of several tables");
        }
        SqlNode from = null;
        for (int i = 0; i < using.size(); i++) {
            boolean last = i == using.size() - 1;
            SqlNode item = translation.tables().from(using.get(i), false, last ? joins : null);
            from = from == null ? item : Tables.comma(from, item);
        }
        return from;
    }

    private @Nullable SqlNodeList order(@Nullable List<OrderByElement> order) {
        return order == null || order.isEmpty() ? null : translation.queries().order(order);
    }

    private @Nullable SqlNode limit(@Nullable Limit limit) {
        if (limit == null) {
            return null;
        }
        if (Nodes.whole(limit).getOffset() != null) {
            throw Nodes.unknown(Limit.class, " with an offset");
        }
        return translation.queries().count(limit.getRowCount());
    }

    SqlNode merge(net.sf.jsqlparser.statement.merge.Merge merge) {
        Nodes.whole(merge);
        Table table = merge.getTable();
        SqlNode target = translation.tables().table(table, false);
        SqlNode source = translation.tables().from(merge.getFromItem(), false, null);
        List<SqlNode> actions = new ArrayList<>();
        for (MergeOperation operation : merge.getOperations()) {
            actions.add(action(Nodes.whole(operation), translation.expressions().same(table)));
        }
        Merge node = new Merge(
                Translation.NOWHERE,
                target,
                source,
                translation.expressions().of(merge.getOnCondition()),
                new SqlNodeList(actions, Translation.NOWHERE),
                translation.writes().returning(merge.getReturningClause()));
        return translation.queries().with(merge.getWithItemsList(), node);
    }

    private SqlNode action(MergeOperation operation, SqlIdentifier target) {
        if (operation instanceof MergeUpdate update) {
            return when(
                    update.getAndPredicate(),
                    new Update(
                            Translation.NOWHERE,
                            target,
                            translation.writes().assignments(update.getUpdateSets()),
                            null,
                            null,
                            null,
                            null,
                            null));
        }
        if (operation instanceof MergeInsert insert) {
            SqlNode row = SqlStdOperatorTable.ROW.createCall(
                    Translation.NOWHERE, translation.expressions().elements(insert.getValues()));
            SqlNodeList columns =
                    insert.getColumns() == null || insert.getColumns().isEmpty()
                            ? null
                            : translation.expressions().list(insert.getColumns());
            SqlNode values = Expressions.call(SqlStdOperatorTable.VALUES, row);
            return when(
                    insert.getAndPredicate(),
                    new Insert(Translation.NOWHERE, false, target, columns, values, null, null, null));
        }
        if (operation instanceof MergeDelete delete) {
            return when(
                    delete.getAndPredicate(),
                    new Delete(Translation.NOWHERE, SqlNodeList.of(target), false, null, null, null, null, null));
        }
        throw Nodes.unknown(operation.getClass(), "");
    }

    private SqlNode when(@Nullable Expression condition, SqlNode action) {
        return Merge.WHEN.node(Translation.NOWHERE, translation.expressions().ofNullable(condition), action);
    }
}
