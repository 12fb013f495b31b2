package dev.gatehouse.analyzer.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** MERGE. */
public final class Merge extends SqlCall {

    /** An action. Operands: its condition or null; an {@link Insert}, {@link Update}, {@link Delete} or null for DO NOTHING. */
    public static final Form WHEN = new Form("WHEN");

    private static final Form OPERATOR = new Form("MERGE");

    private final SqlNode target;
    private final SqlNode source;
    private final SqlNode condition;
    private final SqlNodeList actions;
    private final @Nullable SqlNodeList returning;

    /**
     * Builds a MERGE.
     *
     * @param actions {@link #WHEN} nodes; the statements in them have the target's name as theirs, and no condition
     */
    public Merge(
            SqlParserPos position,
            SqlNode target,
            SqlNode source,
            SqlNode condition,
            SqlNodeList actions,
            @Nullable SqlNodeList returning) {
        super(position);
        this.target = target;
        this.source = source;
        this.condition = condition;
        this.actions = actions;
        this.returning = returning;
    }

    public SqlNode target() {
        return target;
    }

    public SqlNode source() {
        return source;
    }

    public SqlNode condition() {
        return condition;
    }

    public SqlNodeList actions() {
        return actions;
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
        return SqlKind.MERGE;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Form.operands(target, source, condition, actions, returning);
    }
}
