package dev.gatehouse.analyzer.tree;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT, from its first word to its WINDOW clause. ORDER BY and LIMIT are a {@link org.apache.calcite.sql.SqlOrderBy}
 * around it, WITH a {@link org.apache.calcite.sql.SqlWith} around that. Its list may be empty.
 */
public final class Select extends SqlSelect {

    private final @Nullable SqlNodeList distinctOn;
    private final @Nullable SqlNode into;

    /**
     * Builds a SELECT.
     *
     * @param distinctOn what DISTINCT ON compares
     * @param into one of the {@code INTO} forms
     */
    @SuppressWarnings("NullAway")
    public Select(
            SqlParserPos position,
            @Nullable SqlNodeList keywords,
            SqlNodeList items,
            @Nullable SqlNode from,
            @Nullable SqlNode where,
            @Nullable SqlNodeList groupBy,
            @Nullable SqlNode having,
            @Nullable SqlNodeList windows,
            @Nullable SqlNodeList distinctOn,
            @Nullable SqlNode into) {
        super(position, keywords, items, from, where, groupBy, having, windows, null, null, null, null, null);
        this.distinctOn = distinctOn;
        this.into = into;
    }

    public @Nullable SqlNodeList distinctOn() {
        return distinctOn;
    }

    public @Nullable SqlNode into() {
        return into;
    }

    @Override
    public List<SqlNode> getOperandList() {
        List<SqlNode> operands = new ArrayList<>(super.getOperandList());
        operands.addAll(Form.operands(distinctOn, into));
        return operands;
    }
}
