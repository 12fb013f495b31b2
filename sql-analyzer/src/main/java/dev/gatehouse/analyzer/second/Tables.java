package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.tree.Form;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.MySQLIndexHint;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.LateralSubSelect;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.TableFunction;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Translates what stands in FROM. */
final class Tables {

    private final Translation translation;

    Tables(Translation translation) {
        this.translation = translation;
    }

    /** The parts of a table's name, in the order they were written. */
    static List<String> parts(Table table) {
        List<String> parts = new ArrayList<>(table.getNameParts());
        parts.removeIf(Objects::isNull);
        Collections.reverse(parts);
        return parts;
    }

    /** A table's bare name, as a statement that writes to it has it. */
    SqlIdentifier target(Table table) {
        Nodes.whole(table);
        if (table.getAlias() != null || table.getIndexHint() != null) {
            throw Nodes.unknown(Table.class, " with an alias");
        }
        return translation.path(parts(table));
    }

    /** A table with its joins; the commas between them bind least. */
    SqlNode from(FromItem first, boolean only, @Nullable List<Join> joins) {
        SqlNode tree = null;
        SqlNode group = item(first, only);
        for (Join join : joins == null ? List.<Join>of() : joins) {
            Nodes.whole(join);
            SqlNode right = item(join.getFromItem(), false);
            if (join.isSimple()) {
                refuseCondition(join);
                tree = tree == null ? group : comma(tree, group);
                group = right;
            } else {
                group = join(group, join, right);
            }
        }
        return tree == null ? group : comma(tree, group);
    }

    private static void refuseCondition(Join join) {
        if (!join.getOnExpressions().isEmpty()
                || !join.getUsingColumns().isEmpty()
                || join.isOuter()
                || join.isLeft()
                || join.isRight()
                || join.isFull()
                || join.isInner()
                || join.isCross()
                || join.isNatural()) {
            throw Nodes.unknown(Join.class, " by a comma, with a condition");
        }
    }

    static SqlNode comma(SqlNode left, SqlNode right) {
        return new SqlJoin(
                Translation.NOWHERE,
                left,
                SqlLiteral.createBoolean(false, Translation.NOWHERE),
                JoinType.COMMA.symbol(Translation.NOWHERE),
                right,
                JoinConditionType.NONE.symbol(Translation.NOWHERE),
                null);
    }

    private SqlNode join(SqlNode left, Join join, SqlNode right) {
        Collection<Expression> on = join.getOnExpressions();
        List<Column> using = join.getUsingColumns();
        if (on.size() > 1 || (!on.isEmpty() && !using.isEmpty())) {
            throw Nodes.unknown(Join.class, " with several conditions");
        }
        SqlNode condition = null;
        JoinConditionType kind = JoinConditionType.NONE;
        if (!on.isEmpty()) {
            condition = translation.expressions().of(on.iterator().next());
            kind = JoinConditionType.ON;
        } else if (!using.isEmpty()) {
            List<SqlNode> columns = new ArrayList<>();
            using.forEach(column -> columns.add(translation.expressions().of(column)));
            condition = new SqlNodeList(columns, Translation.NOWHERE);
            kind = JoinConditionType.USING;
        } else if (!join.isNatural() && (join.isLeft() || join.isRight() || join.isFull())) {
            throw Nodes.unknown(Join.class, " of an outer join without a condition");
        }
        return new SqlJoin(
                Translation.NOWHERE,
                left,
                SqlLiteral.createBoolean(join.isNatural(), Translation.NOWHERE),
                type(join).symbol(Translation.NOWHERE),
                right,
                kind.symbol(Translation.NOWHERE),
                condition);
    }

    private static JoinType type(Join join) {
        if (join.isLeft()) {
            return JoinType.LEFT;
        }
        if (join.isRight()) {
            return JoinType.RIGHT;
        }
        if (join.isFull()) {
            return JoinType.FULL;
        }
        if (join.isOuter()) {
            throw Nodes.unknown(Join.class, " that is outer on no side");
        }
        return join.isCross() ? JoinType.CROSS : JoinType.INNER;
    }

    private SqlNode item(FromItem item, boolean only) {
        Nodes.whole(item);
        if (item instanceof Table table) {
            return table(table, only);
        }
        SqlNode node = unnamed(item);
        SqlNode shown = only ? Form.ONLY.node(Translation.NOWHERE, node) : node;
        return item.getAlias() == null ? shown : named(shown, item.getAlias());
    }

    /** A table with its alias, as in FROM. */
    SqlNode table(Table table, boolean only) {
        Nodes.whole(table);
        SqlNode node = translation.path(parts(table));
        node = only ? Form.ONLY.node(Translation.NOWHERE, node) : node;
        MySQLIndexHint hint = table.getIndexHint();
        if (hint != null) {
            Nodes.whole(hint)
                    .getIndexNames()
                    .forEach(index -> translation.rendering().name(index));
        }
        return table.getAlias() == null ? node : named(node, table.getAlias());
    }

    private SqlNode unnamed(FromItem item) {
        if (item instanceof ParenthesedFromItem parentheses) {
            return from(parentheses.getFromItem(), false, parentheses.getJoins());
        }
        if (item instanceof TableFunction function) {
            return function(function);
        }
        if (item instanceof Select query) {
            SqlNode node = translation.queries().unnamed(query);
            boolean lateral = query instanceof LateralSubSelect;
            return lateral ? Expressions.call(SqlStdOperatorTable.LATERAL, node) : node;
        }
        throw Nodes.unknown(item.getClass(), "");
    }

    private SqlNode function(TableFunction table) {
        List<SqlNode> calls = new ArrayList<>();
        for (Function call : table.getFunctions()) {
            calls.add(translation.expressions().of(call));
        }
        SqlNode node = table.isRowsFrom()
                ? Form.ROWS_FROM.node(Translation.NOWHERE, calls.toArray(new SqlNode[0]))
                : calls.get(0);
        if (table.getWithClause() != null) {
            if (!table.getWithClause().equalsIgnoreCase("ordinality")) {
                throw Nodes.unknown(TableFunction.class, " with " + table.getWithClause());
            }
            node = Form.WITH_ORDINALITY.node(Translation.NOWHERE, node);
        }
        if (table.getPrefix() != null && !table.getPrefix().isEmpty()) {
            if (!table.getPrefix().equalsIgnoreCase("lateral")) {
                throw Nodes.unknown(TableFunction.class, " after " + table.getPrefix());
            }
            node = Expressions.call(SqlStdOperatorTable.LATERAL, node);
        }
        return node;
    }

    /** A value or table under another name, maybe with names for its columns. */
    SqlNode named(SqlNode node, Alias alias) {
        Nodes.whole(alias);
        List<SqlNode> operands = new ArrayList<>(List.of(node, translation.label(alias.getName())));
        if (alias.getAliasColumns() != null) {
            for (Alias.AliasColumn column : alias.getAliasColumns()) {
                Nodes.whole(column);
                SqlNode name = translation.name(column.name);
                operands.add(
                        column.colDataType == null
                                ? name
                                : Form.COLUMN.node(
                                        Translation.NOWHERE,
                                        name,
                                        translation.types().type(column.colDataType)));
            }
        }
        return SqlStdOperatorTable.AS.createCall(Translation.NOWHERE, operands);
    }
}
