package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.analyzer.tree.Select;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.AllValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.Distinct;
import net.sf.jsqlparser.statement.select.Fetch;
import net.sf.jsqlparser.statement.select.ForMode;
import net.sf.jsqlparser.statement.select.GroupByElement;
import net.sf.jsqlparser.statement.select.Limit;
import net.sf.jsqlparser.statement.select.MySqlSelectIntoClause;
import net.sf.jsqlparser.statement.select.Offset;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.TableStatement;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.statement.select.WithItem;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Translates queries, from WITH to the locks at their end. */
final class Queries {

    private final Translation translation;

    Queries(Translation translation) {
        this.translation = translation;
    }

    /** Translates a query with everything around its body. */
    SqlNode query(net.sf.jsqlparser.statement.select.Select select) {
        Nodes.whole(select);
        if (select.getAlias() != null) {
            throw Nodes.unknown(select.getClass(), " with an alias");
        }
        return unnamed(select);
    }

    /** Translates a query whose alias somebody else reads. */
    SqlNode unnamed(net.sf.jsqlparser.statement.select.Select select) {
        Nodes.whole(select);
        SqlNode node = ordered(select, body(select));
        if (select.getForMode() != null) {
            node = Form.LOCKING.node(Translation.NOWHERE, node, SqlNodeList.of(lock(select)));
        } else if (select.isNoWait() || select.isSkipLocked() || select.getWait() != null) {
            throw Nodes.unknown(select.getClass(), " that waits for no lock");
        }
        return with(select.getWithItemsList(), node);
    }

    private SqlNode body(net.sf.jsqlparser.statement.select.Select select) {
        if (select instanceof PlainSelect plain) {
            return plain(plain);
        }
        if (select instanceof SetOperationList list) {
            return new SetOperations(this).fold(list);
        }
        if (select instanceof ParenthesedSelect parentheses) {
            return query(parentheses.getSelect());
        }
        if (select instanceof Values values) {
            return values(values);
        }
        if (select instanceof TableStatement table) {
            return Expressions.call(
                    SqlStdOperatorTable.EXPLICIT_TABLE, translation.tables().target(table.getTable()));
        }
        throw Nodes.unknown(select.getClass(), "");
    }

    /** Wraps WITH around a statement. */
    SqlNode with(@Nullable List<WithItem<?>> items, SqlNode statement) {
        if (items == null || items.isEmpty()) {
            return statement;
        }
        boolean recursive = items.stream().anyMatch(WithItem::isRecursive);
        List<SqlNode> list = new ArrayList<>();
        for (WithItem<?> item : items) {
            Nodes.whole(item);
            if (item.getAlias() == null || item.getStatement() == null) {
                throw Nodes.unknown(WithItem.class, " without a name or a query");
            }
            list.add(new SqlWithItem(
                    Translation.NOWHERE,
                    translation.name(item.getAlias().getName()),
                    columns(item),
                    translation.writes().inner(item.getStatement()),
                    SqlLiteral.createBoolean(recursive, Translation.NOWHERE)));
        }
        return new SqlWith(Translation.NOWHERE, new SqlNodeList(list, Translation.NOWHERE), statement);
    }

    private @Nullable SqlNodeList columns(WithItem<?> item) {
        Nodes.whole(item.getAlias());
        if (item.getAlias().getAliasColumns() != null
                && !item.getAlias().getAliasColumns().isEmpty()) {
            throw Nodes.unknown(WithItem.class, " with columns in its alias");
        }
        return item.getWithItemList() == null || item.getWithItemList().isEmpty()
                ? null
                : items(item.getWithItemList());
    }

    private SqlNode plain(PlainSelect select) {
        List<SqlLiteral> keywords = new ArrayList<>();
        SqlNodeList distinctOn = null;
        Distinct distinct = select.getDistinct();
        if (distinct != null) {
            Nodes.whole(distinct);
            boolean on = distinct.getOnSelectItems() != null
                    && !distinct.getOnSelectItems().isEmpty();
            distinctOn = on ? items(distinct.getOnSelectItems()) : null;
            keywords.add(SqlSelectKeyword.DISTINCT.symbol(Translation.NOWHERE));
        }
        Expressions expressions = translation.expressions();
        List<SqlNode> windows = new ArrayList<>();
        if (select.getWindowDefinitions() != null) {
            select.getWindowDefinitions().forEach(window -> windows.add(new Windows(translation).declared(window)));
        }
        SqlNode from = select.getFromItem() == null
                ? null
                : translation.tables().from(select.getFromItem(), select.isUsingOnly(), select.getJoins());
        if (from == null
                && (select.isUsingOnly()
                        || (select.getJoins() != null && !select.getJoins().isEmpty()))) {
            throw Nodes.unknown(PlainSelect.class, " with joins of nothing");
        }
        return new Select(
                Translation.NOWHERE,
                new SqlNodeList(keywords, Translation.NOWHERE),
                items(select.getSelectItems()),
                from,
                expressions.ofNullable(select.getWhere()),
                select.getGroupBy() == null ? null : groupBy(select.getGroupBy()),
                expressions.ofNullable(select.getHaving()),
                new SqlNodeList(windows, Translation.NOWHERE),
                distinctOn,
                into(select));
    }

    /** Translates what is selected or returned. */
    SqlNodeList items(@Nullable List<? extends SelectItem<?>> items) {
        List<SqlNode> list = new ArrayList<>();
        if (items != null) {
            for (SelectItem<?> item : items) {
                Nodes.whole(item);
                if (item.getAlias() != null && item.getExpression() instanceof AllColumns) {
                    throw Nodes.unknown(AllColumns.class, " with an alias");
                }
                SqlNode value = translation.expressions().of(item.getExpression());
                list.add(item.getAlias() == null ? value : translation.tables().named(value, item.getAlias()));
            }
        }
        return new SqlNodeList(list, Translation.NOWHERE);
    }

    private SqlNodeList groupBy(GroupByElement group) {
        Nodes.whole(group);
        Expressions expressions = translation.expressions();
        List<SqlNode> keys = new ArrayList<>(expressions.elements(group.getGroupByExpressionList()));
        List<ExpressionList<Expression>> sets = group.getGroupingSets();
        if (sets != null && !sets.isEmpty()) {
            List<SqlNode> rows = new ArrayList<>();
            sets.forEach(set ->
                    rows.add(SqlStdOperatorTable.ROW.createCall(Translation.NOWHERE, expressions.elements(set))));
            keys.add(SqlStdOperatorTable.GROUPING_SETS.createCall(Translation.NOWHERE, rows));
        }
        if (group.isMysqlWithRollup()) {
            keys = List.of(SqlStdOperatorTable.ROLLUP.createCall(Translation.NOWHERE, keys));
        }
        return new SqlNodeList(keys, Translation.NOWHERE);
    }

    private @Nullable SqlNode into(PlainSelect select) {
        List<Table> tables = select.getIntoTables();
        MySqlSelectIntoClause into = select.getMySqlSelectIntoClause();
        if (into != null) {
            return intoOf(Nodes.whole(into));
        }
        if (tables == null || tables.isEmpty()) {
            return null;
        }
        if (tables.size() > 1) {
            throw Nodes.unknown(PlainSelect.class, " into several tables");
        }
        return Form.INTO_TABLE.node(Translation.NOWHERE, translation.tables().target(tables.get(0)));
    }

    private SqlNode intoOf(MySqlSelectIntoClause into) {
        if (into.getType() == MySqlSelectIntoClause.Type.VARIABLES) {
            return Form.INTO_VARIABLES.node(
                    Translation.NOWHERE,
                    translation.expressions().elements(into.getVariables()).toArray(new SqlNode[0]));
        }
        return Form.INTO_FILE.node(
                Translation.NOWHERE, translation.expressions().of(into.getFileName()));
    }

    private SqlNode values(Values values) {
        List<SqlNode> rows = new ArrayList<>();
        for (Expression row : rowsOf(values)) {
            List<SqlNode> fields = row instanceof ExpressionList<?> list
                    ? translation.expressions().elements(list)
                    : List.of(translation.expressions().of(row));
            rows.add(SqlStdOperatorTable.ROW.createCall(Translation.NOWHERE, fields));
        }
        return SqlStdOperatorTable.VALUES.createCall(Translation.NOWHERE, rows);
    }

    /** The rows of VALUES; JSqlParser gives a single one without a list around it. */
    private static List<? extends Expression> rowsOf(Values values) {
        ExpressionList<?> list = Nodes.whole(values.getExpressions());
        boolean one = list.getClass() != ExpressionList.class;
        return one ? List.of(list) : list;
    }

    private SqlNode ordered(net.sf.jsqlparser.statement.select.Select select, SqlNode body) {
        SqlNodeList order =
                select.getOrderByElements() == null ? SqlNodeList.EMPTY : order(select.getOrderByElements());
        Limit limit = select.getLimit();
        SqlNode offset = null;
        SqlNode fetch = null;
        if (limit != null) {
            Nodes.whole(limit);
            offset = translation.expressions().ofNullable(limit.getOffset());
            fetch = count(limit.getRowCount());
        }
        Offset skipped = select.getOffset();
        if (skipped != null) {
            if (offset != null) {
                throw Nodes.unknown(Offset.class, " beside another");
            }
            offset = translation.expressions().of(Nodes.whole(skipped).getOffset());
        }
        Fetch first = select.getFetch();
        if (first != null) {
            if (fetch != null) {
                throw Nodes.unknown(Fetch.class, " beside LIMIT");
            }
            Nodes.whole(first);
            fetch = first.getExpression() == null
                    ? SqlLiteral.createExactNumeric("1", Translation.NOWHERE)
                    : translation.expressions().of(first.getExpression());
        }
        return order.isEmpty() && offset == null && fetch == null
                ? body
                : new SqlOrderBy(Translation.NOWHERE, body, order, offset, fetch);
    }

    /** How many rows; null where ALL or NULL says that all are wanted. */
    @Nullable
    SqlNode count(@Nullable Expression count) {
        return count instanceof AllValue || count instanceof NullValue
                ? null
                : translation.expressions().ofNullable(count);
    }

    SqlNodeList order(List<OrderByElement> elements) {
        List<SqlNode> keys = new ArrayList<>();
        for (OrderByElement element : elements) {
            Nodes.whole(element);
            SqlNode key = translation.expressions().of(element.getExpression());
            key = element.isAsc() ? key : Expressions.call(SqlStdOperatorTable.DESC, key);
            if (element.getNullOrdering() != null) {
                boolean first = element.getNullOrdering() == OrderByElement.NullOrdering.NULLS_FIRST;
                key = Expressions.call(first ? SqlStdOperatorTable.NULLS_FIRST : SqlStdOperatorTable.NULLS_LAST, key);
            }
            keys.add(key);
        }
        return new SqlNodeList(keys, Translation.NOWHERE);
    }

    private SqlNode lock(net.sf.jsqlparser.statement.select.Select select) {
        ForMode mode = select.getForMode();
        String strength =
                switch (mode) {
                    case UPDATE -> "UPDATE";
                    case SHARE -> "SHARE";
                    case NO_KEY_UPDATE -> "NO KEY UPDATE";
                    case KEY_SHARE -> "KEY SHARE";
                    case READ_ONLY, FETCH_ONLY -> throw new Unreadable("FOR " + mode, 0);
                };
        List<SqlNode> tables = new ArrayList<>();
        if (select.getForUpdateTables() != null) {
            for (Table table : select.getForUpdateTables()) {
                tables.add(translation.tables().target(table));
            }
        }
        String wait = select.isNoWait() ? "NOWAIT" : select.isSkipLocked() ? "SKIP LOCKED" : "";
        return Form.LOCK.node(
                Translation.NOWHERE,
                Literals.word(strength),
                new SqlNodeList(tables, Translation.NOWHERE),
                Literals.word(wait));
    }
}
