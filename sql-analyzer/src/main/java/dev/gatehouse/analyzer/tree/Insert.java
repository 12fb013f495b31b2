package dev.gatehouse.analyzer.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** INSERT, and MySQL's REPLACE. */
public final class Insert extends SqlCall {

    private static final Form INSERT = new Form("INSERT");
    private static final Form REPLACE = new Form("REPLACE");

    private final boolean replaces;
    private final SqlNode target;
    private final @Nullable SqlNodeList columns;
    private final @Nullable SqlNode source;
    private final @Nullable SqlNode rowAlias;
    private final @Nullable Conflict conflict;
    private final @Nullable SqlNodeList returning;

    /**
     * Builds an INSERT.
     *
     * @param replaces whether rows in the way are deleted first: REPLACE
     * @param target the table's name, alone or in an AS with its alias
     * @param columns the columns that are filled, each a name or a part of one; null for all
     * @param source a query or VALUES, in which a value may be {@link Form#DEFAULT}; null for DEFAULT VALUES. MySQL's
     *     {@code SET a = 1} is columns and VALUES
     * @param rowAlias MySQL's name for the proposed row: an AS whose first operand is the target, maybe with columns
     * @param conflict ON CONFLICT, or ON DUPLICATE KEY UPDATE
     */
    public Insert(
            SqlParserPos position,
            boolean replaces,
            SqlNode target,
            @Nullable SqlNodeList columns,
            @Nullable SqlNode source,
            @Nullable SqlNode rowAlias,
            @Nullable Conflict conflict,
            @Nullable SqlNodeList returning) {
        super(position);
        this.replaces = replaces;
        this.target = target;
        this.columns = columns;
        this.source = source;
        this.rowAlias = rowAlias;
        this.conflict = conflict;
        this.returning = returning;
    }

    public boolean replaces() {
        return replaces;
    }

    public SqlNode target() {
        return target;
    }

    public @Nullable SqlNodeList columns() {
        return columns;
    }

    public @Nullable SqlNode source() {
        return source;
    }

    public @Nullable SqlNode rowAlias() {
        return rowAlias;
    }

    public @Nullable Conflict conflict() {
        return conflict;
    }

    public @Nullable SqlNodeList returning() {
        return returning;
    }

    @Override
    public SqlOperator getOperator() {
        return replaces ? REPLACE : INSERT;
    }

    @Override
    public SqlKind getKind() {
        return SqlKind.INSERT;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Form.operands(target, columns, source, rowAlias, conflict, returning);
    }
}
