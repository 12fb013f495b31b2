package dev.gatehouse.analyzer.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** DELETE from one table, or from several in MySQL. */
public final class Delete extends SqlCall {

    private static final Form OPERATOR = new Form("DELETE");

    private final SqlNodeList targets;
    private final boolean several;
    private final @Nullable SqlNode from;
    private final @Nullable SqlNode where;
    private final @Nullable SqlNodeList order;
    private final @Nullable SqlNode limit;
    private final @Nullable SqlNodeList returning;

    /**
     * Builds a DELETE.
     *
     * @param targets the one table as in FROM; or, of several, the names by which {@code from} knows them
     * @param several whether it is MySQL's form with names of tables and then a join
     * @param from PostgreSQL's USING, which comes beside the target; or MySQL's join, which holds the targets
     */
    public Delete(
            SqlParserPos position,
            SqlNodeList targets,
            boolean several,
            @Nullable SqlNode from,
            @Nullable SqlNode where,
            @Nullable SqlNodeList order,
            @Nullable SqlNode limit,
            @Nullable SqlNodeList returning) {
        super(position);
        this.targets = targets;
        this.several = several;
        this.from = from;
        this.where = where;
        this.order = order;
        this.limit = limit;
        this.returning = returning;
    }

    public SqlNodeList targets() {
        return targets;
    }

    public boolean several() {
        return several;
    }

    public @Nullable SqlNode from() {
        return from;
    }

    public @Nullable SqlNode where() {
        return where;
    }

    public @Nullable SqlNodeList order() {
        return order;
    }

    public @Nullable SqlNode limit() {
        return limit;
    }

    public @Nullable SqlNodeList returning() {
        return returning;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public SqlKind getKind() {
        return SqlKind.DELETE;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Form.operands(targets, from, where, order, limit, returning);
    }
}
