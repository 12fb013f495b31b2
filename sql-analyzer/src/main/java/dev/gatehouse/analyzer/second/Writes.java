package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.tree.Conflict;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.analyzer.tree.Insert;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.ParenthesedStatement;
import net.sf.jsqlparser.statement.ReturningClause;
import net.sf.jsqlparser.statement.delete.ParenthesedDelete;
import net.sf.jsqlparser.statement.insert.ConflictActionType;
import net.sf.jsqlparser.statement.insert.InsertConflictAction;
import net.sf.jsqlparser.statement.insert.InsertConflictTarget;
import net.sf.jsqlparser.statement.insert.InsertDuplicateAction;
import net.sf.jsqlparser.statement.insert.ParenthesedInsert;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.statement.update.ParenthesedUpdate;
import net.sf.jsqlparser.statement.update.UpdateSet;
import net.sf.jsqlparser.statement.upsert.Upsert;
import net.sf.jsqlparser.statement.upsert.UpsertType;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Translates INSERT and REPLACE, and what all statements that write have in common. */
final class Writes {

    private final Translation translation;

    Writes(Translation translation) {
        this.translation = translation;
    }

    /** The statement of a WITH item. */
    SqlNode inner(ParenthesedStatement statement) {
        if (statement instanceof Select query) {
            return translation.queries().query(query);
        }
        if (statement instanceof ParenthesedInsert insert) {
            return insert(Nodes.whole(insert).getInsert());
        }
        if (statement instanceof ParenthesedUpdate update) {
            return new Changes(translation).update(Nodes.whole(update).getUpdate());
        }
        if (statement instanceof ParenthesedDelete delete) {
            return new Changes(translation).delete(Nodes.whole(delete).getDelete());
        }
        throw Nodes.unknown(statement.getClass(), "");
    }

    SqlNode insert(net.sf.jsqlparser.statement.insert.Insert insert) {
        Nodes.whole(insert);
        SqlNode target = translation.tables().table(insert.getTable(), false);
        SqlNodeList columns = columns(insert.getColumns());
        Select source = insert.getSelect();
        SqlNode query = source == null ? null : source(source);
        List<UpdateSet> sets = insert.getSetUpdateSets();
        if (sets != null && !sets.isEmpty()) {
            if (query != null || columns != null) {
                throw Nodes.unknown(insert.getClass(), " with SET and a query");
            }
            columns = assigned(sets);
            query = values(sets);
        }
        if (query == null && !insert.isOnlyDefaultValues()) {
            throw Nodes.unknown(insert.getClass(), " of nothing");
        }
        Conflict conflict = conflict(insert);
        Insert node = new Insert(
                Translation.NOWHERE,
                false,
                target,
                columns,
                query,
                rowAlias(insert, source),
                conflict,
                returning(insert.getReturningClause()));
        return translation.queries().with(insert.getWithItemsList(), node);
    }

    /** REPLACE; JSqlParser's other kinds of it belong to other servers. */
    SqlNode replace(Upsert upsert) {
        Nodes.whole(upsert);
        if (upsert.getUpsertType() != UpsertType.REPLACE && upsert.getUpsertType() != UpsertType.REPLACE_SET) {
            throw Nodes.unknown(Upsert.class, " " + upsert.getUpsertType());
        }
        if (upsert.getExpressions() != null && !upsert.getExpressions().isEmpty()) {
            throw Nodes.unknown(Upsert.class, " with loose values");
        }
        SqlNodeList columns = columns(upsert.getColumns());
        SqlNode query = upsert.getSelect() == null ? null : source(upsert.getSelect());
        List<UpdateSet> sets = upsert.getUpdateSets();
        if (sets != null && !sets.isEmpty()) {
            columns = assigned(sets);
            query = values(sets);
        }
        if (query == null) {
            throw Nodes.unknown(Upsert.class, " of nothing");
        }
        SqlNode target = translation.tables().target(upsert.getTable());
        return new Insert(Translation.NOWHERE, true, target, columns, query, null, null, null);
    }

    private SqlNode source(Select source) {
        return source instanceof Values
                ? translation.queries().unnamed(source)
                : translation.queries().query(source);
    }

    private @Nullable SqlNode rowAlias(net.sf.jsqlparser.statement.insert.Insert insert, @Nullable Select source) {
        if (insert.getRowAlias() != null) {
            return translation.tables().named(translation.expressions().same(insert.getTable()), insert.getRowAlias());
        }
        if (source instanceof Values
                && source.getAlias() != null
                && !source.getAlias().isUseAs()) {
            throw Nodes.unknown(Values.class, " with a bare alias");
        }
        return source instanceof Values && source.getAlias() != null
                ? translation.tables().named(translation.expressions().same(insert.getTable()), source.getAlias())
                : null;
    }

    private @Nullable SqlNodeList columns(@Nullable List<Column> columns) {
        if (columns == null || columns.isEmpty()) {
            return null;
        }
        List<SqlNode> nodes = new ArrayList<>();
        columns.forEach(column -> nodes.add(translation.expressions().target(column)));
        return new SqlNodeList(nodes, Translation.NOWHERE);
    }

    /** The columns of MySQL's {@code SET a = 1, b = 2}. */
    private SqlNodeList assigned(List<UpdateSet> sets) {
        List<SqlNode> columns = new ArrayList<>();
        for (UpdateSet set : sets) {
            if (Nodes.whole(set).getColumns().size() != 1 || set.getValues().size() != 1) {
                throw Nodes.unknown(UpdateSet.class, " of several columns");
            }
            columns.add(translation.expressions().of(set.getColumns().get(0)));
        }
        return new SqlNodeList(columns, Translation.NOWHERE);
    }

    private SqlNode values(List<UpdateSet> sets) {
        List<SqlNode> values = new ArrayList<>();
        sets.forEach(
                set -> values.add(translation.expressions().of(set.getValues().get(0))));
        return Expressions.call(
                SqlStdOperatorTable.VALUES, SqlStdOperatorTable.ROW.createCall(Translation.NOWHERE, values));
    }

    private @Nullable Conflict conflict(net.sf.jsqlparser.statement.insert.Insert insert) {
        InsertDuplicateAction duplicate = insert.getDuplicateAction();
        InsertConflictAction action = insert.getConflictAction();
        if (duplicate != null) {
            Nodes.whole(duplicate);
            return new Conflict(
                    Translation.NOWHERE,
                    null,
                    null,
                    assignments(duplicate.getUpdateSets()),
                    translation.expressions().ofNullable(duplicate.getWhereExpression()));
        }
        InsertConflictTarget target = insert.getConflictTarget();
        if (action == null) {
            if (target != null) {
                throw Nodes.unknown(InsertConflictTarget.class, " without an action");
            }
            return null;
        }
        Nodes.whole(action);
        if (target != null) {
            Nodes.whole(target);
        }
        boolean update = action.getConflictActionType() == ConflictActionType.DO_UPDATE;
        return new Conflict(
                Translation.NOWHERE,
                target == null ? null : arbiters(target),
                target == null ? null : translation.expressions().ofNullable(target.getWhereExpression()),
                update ? assignments(action.getUpdateSets()) : null,
                translation.expressions().ofNullable(action.getWhereExpression()));
    }

    private @Nullable SqlNodeList arbiters(InsertConflictTarget target) {
        if (target.getConstraintName() != null) {
            translation.rendering().name(target.getConstraintName());
            return null;
        }
        List<SqlNode> arbiters = new ArrayList<>();
        target.getIndexElements().forEach(element -> {
            if (element.getCollation() != null
                    || element.getOperatorClass() != null
                    || (element.getParams() != null && !element.getParams().isEmpty())) {
                throw Nodes.unknown(InsertConflictTarget.class, " with a collation or operator class");
            }
            arbiters.add(
                    element.isExpression()
                            ? translation.expressions().of(element.getExpression())
                            : translation.name(element.getColumnName()));
        });
        return new SqlNodeList(arbiters, Translation.NOWHERE);
    }

    SqlNodeList assignments(List<UpdateSet> sets) {
        List<SqlNode> assignments = new ArrayList<>();
        for (UpdateSet set : sets) {
            Nodes.whole(set);
            List<SqlNode> columns = new ArrayList<>();
            Nodes.whole(set.getColumns())
                    .forEach(column -> columns.add(translation.expressions().target(column)));
            List<SqlNode> values = translation.expressions().elements(set.getValues());
            if (columns.isEmpty() || values.isEmpty()) {
                throw Nodes.unknown(UpdateSet.class, " of nothing");
            }
            assignments.add(Form.ASSIGN.node(Translation.NOWHERE, oneOrRow(columns), oneOrRow(values)));
        }
        return new SqlNodeList(assignments, Translation.NOWHERE);
    }

    private static SqlNode oneOrRow(List<SqlNode> nodes) {
        return nodes.size() == 1 ? nodes.get(0) : SqlStdOperatorTable.ROW.createCall(Translation.NOWHERE, nodes);
    }

    @Nullable
    SqlNodeList returning(@Nullable ReturningClause returning) {
        return returning == null ? null : translation.queries().items(Nodes.whole(returning));
    }
}
