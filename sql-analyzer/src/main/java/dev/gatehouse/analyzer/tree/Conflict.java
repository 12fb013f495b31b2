package dev.gatehouse.analyzer.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What an INSERT does about rows that are in its way: ON CONFLICT, ON DUPLICATE KEY UPDATE. */
public final class Conflict extends SqlCall {

    private static final Form OPERATOR = new Form("ON CONFLICT");

    private final @Nullable SqlNodeList arbiters;
    private final @Nullable SqlNode arbiterWhere;
    private final @Nullable SqlNodeList assignments;
    private final @Nullable SqlNode where;

    /**
     * Builds the clause.
     *
     * @param arbiters the expressions of the unique index; null where none, or a constraint's name, is given
     * @param arbiterWhere the index's predicate
     * @param assignments {@link Form#ASSIGN} nodes; null for DO NOTHING
     * @param where which of the rows in the way are updated
     */
    public Conflict(
            SqlParserPos position,
            @Nullable SqlNodeList arbiters,
            @Nullable SqlNode arbiterWhere,
            @Nullable SqlNodeList assignments,
            @Nullable SqlNode where) {
        super(position);
        this.arbiters = arbiters;
        this.arbiterWhere = arbiterWhere;
        this.assignments = assignments;
        this.where = where;
    }

    public @Nullable SqlNodeList arbiters() {
        return arbiters;
    }

    public @Nullable SqlNode arbiterWhere() {
        return arbiterWhere;
    }

    public @Nullable SqlNodeList assignments() {
        return assignments;
    }

    public @Nullable SqlNode where() {
        return where;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Form.operands(arbiters, arbiterWhere, assignments, where);
    }
}
