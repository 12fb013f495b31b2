package dev.gatehouse.analyzer.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** UPDATE of one table, or of several in MySQL. */
public final class Update extends SqlCall {

    private static final Form OPERATOR = new Form("UPDATE");

    private final SqlNode tables;
    private final SqlNodeList assignments;
    private final @Nullable SqlNode from;
    private final @Nullable SqlNode where;
    private final @Nullable SqlNodeList order;
    private final @Nullable SqlNode limit;
    private final @Nullable SqlNodeList returning;

    /**
     * Builds an UPDATE.
     *
     * @param tables what may be assigned to: a table as in FROM, or MySQL's join of several
     * @param assignments {@link Form#ASSIGN} nodes
     * @param from PostgreSQL's further tables
     */
    public Update(
            SqlParserPos position,
            SqlNode tables,
            SqlNodeList assignments,
            @Nullable SqlNode from,
            @Nullable SqlNode where,
            @Nullable SqlNodeList order,
            @Nullable SqlNode limit,
            @Nullable SqlNodeList returning) {
        super(position);
        this.tables = tables;
        this.assignments = assignments;
        this.from = from;
        this.where = where;
        this.order = order;
        this.limit = limit;
        this.returning = returning;
    }

    public SqlNode tables() {
        return tables;
    }

    public SqlNodeList assignments() {
        return assignments;
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
        return SqlKind.UPDATE;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Form.operands(tables, assignments, from, where, order, limit, returning);
    }
}
